import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';

import { account } from './account';
import { dataPlan } from './dataPlan';
import { esim } from './esim';
import type { Operation, Resource } from './operation';
import { order } from './order';

const RESOURCES: Resource[] = [account, dataPlan, esim, order];

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: RESOURCES.map(({ name, value }) => ({ name, value })),
	default: 'order',
};

const operationField = ({ value, operations, usual }: Resource): INodeProperties => ({
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: [value] } },
	options: operations.map(({ name, value: operation, action, description }) => ({
		name,
		value: operation,
		action,
		description,
	})),
	default: usual,
});

const fieldsOf = ({ value: resource, operations }: Resource): INodeProperties[] =>
	operations.flatMap(({ value: operation, fields }) =>
		updateDisplayOptions({ show: { resource: [resource], operation: [operation] } }, fields),
	);

/** All fields of the node: resource, operations, then the fields of each operation. */
export const properties: INodeProperties[] = [
	resourceField,
	...RESOURCES.map(operationField),
	...RESOURCES.flatMap(fieldsOf),
];

/** @returns the operation of that name, or undefined where a workflow was written by hand and names none */
export const findOperation = (resource: string, operation: string): Operation | undefined =>
	RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
