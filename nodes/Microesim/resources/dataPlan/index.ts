import type { Resource } from '../operation';
import { get } from './get';
import { getMany } from './getMany';

export const dataPlan: Resource = {
	name: 'Data Plan',
	value: 'dataPlan',
	operations: [get, getMany],
	usual: 'getMany',
};
