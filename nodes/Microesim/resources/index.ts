import type { INodeProperties } from 'n8n-workflow';

import { FROM_VERSION_2, IN_VERSION_1 } from '../shared/versions';
import { account } from './account';
import { dataPlan } from './dataPlan';
import { esim } from './esim';
import type { Operation, Resource } from './operation';
import { order } from './order';

const RESOURCES: Resource[] = [account, dataPlan, esim, order];

const resourceField = (
	usual: string,
	displayOptions: INodeProperties['displayOptions'],
): INodeProperties => ({
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	displayOptions,
	options: RESOURCES.map(({ name, value }) => ({ name, value })),
	default: usual,
});

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

/** n8n's updateDisplayOptions does the same with a deep copy of each field, which costs a fifth of loading the node. */
const shownWith = (
	field: INodeProperties,
	show: NonNullable<INodeProperties['displayOptions']>['show'],
): INodeProperties => ({
	...field,
	displayOptions: { ...field.displayOptions, show: { ...field.displayOptions?.show, ...show } },
});

const fieldsOf = ({ value: resource, operations }: Resource): INodeProperties[] =>
	operations.flatMap(({ value: operation, fields }) =>
		fields.map((field) => shownWith(field, { resource: [resource], operation: [operation] })),
	);

/** All fields of the node: resource, operations, then the fields of each operation. */
export const properties: INodeProperties[] = [
	// A fresh node reads. Version 1 began with an order: n8n saves no value that is the default.
	resourceField('dataPlan', { show: FROM_VERSION_2 }),
	resourceField('order', { show: IN_VERSION_1 }),
	...RESOURCES.map(operationField),
	...RESOURCES.flatMap(fieldsOf),
];

const subtitles = Object.fromEntries(
	RESOURCES.flatMap(({ value: resource, operations }) =>
		operations.map(({ value, subtitle }) => [`${resource}.${value}`, subtitle]),
	),
);

/** What stands below the node on the canvas: an expression, which the editor works out for each node. */
export const subtitle = `={{ (${JSON.stringify(subtitles)})[$parameter["resource"] + "." + $parameter["operation"]] }}`;

/** @returns the operation of that name, or undefined where a workflow was written by hand and names none */
export const findOperation = (resource: string, operation: string): Operation | undefined =>
	RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
