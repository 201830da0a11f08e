import type { Resource } from '../operation';
import { findBest } from './findBest';
import { get } from './get';
import { getMany } from './getMany';

export const dataPlan: Resource = {
	name: 'Data Plan',
	value: 'dataPlan',
	operations: [findBest, get, getMany],
	usual: 'getMany',
};
