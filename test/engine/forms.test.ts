import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { createCredentialTypes, createNodeTypes } from './harness/registry';

/** What the forms show, by n8n's own rule for what is shown. What a browser sees of them is in e2e/editor. */

const TYPE = 'n8n-nodes-microesim.microesim';
const { description } = createNodeTypes().getByNameAndVersion(TYPE, 2);

interface Form {
	typeVersion?: number;
	isTool?: boolean;
	parameters?: INodeParameters;
}

const nodeOf = ({ typeVersion = 2, parameters = {} }: Form): INode => ({
	id: 'x',
	name: 'Node',
	type: TYPE,
	typeVersion,
	position: [0, 0],
	parameters,
});

/** The fields that are shown, with what else is in the form. */
function shown(form: Form): INodeProperties[] {
	const type = form.isTool ? { ...description, name: `${description.name}Tool` } : description;
	const node = nodeOf(form);
	const { properties } = type;
	const values = NodeHelpers.getNodeParameters(
		properties,
		node.parameters,
		true,
		false,
		node,
		type,
	)!;
	return properties.filter((field) => NodeHelpers.displayParameter(values, field, node, type));
}
const named = (form: Form) => shown(form).map(({ displayName }) => displayName);
const create = (more: INodeParameters = {}) => ({
	parameters: { resource: 'order', operation: 'create', ...more },
});
const optionsOf = (form: Form, name: string) =>
	(shown(form).find((field) => field.name === name)?.options ?? []) as INodeProperties[];

describe('Order → Create', () => {
	it('asks what to buy and whether to wait, and for the two options of waiting only then', () => {
		const always = [
			'Resource',
			'Operation',
			'Plan',
			'Quantity',
			'Activation Date',
			'Custom Order Number',
			expect.stringMatching(/Use your shop's order and line as Custom Order Number/),
			'Preview Only',
			expect.stringMatching(/it costs real money, at once, and cannot be taken back/),
			'Wait for Delivery',
		];
		const groups = ['Checks Before Buying', 'Delivery', 'Options'];
		expect(named(create())).toEqual([...always, ...groups]);
		expect(named(create({ waitForDelivery: true }))).toEqual([
			...always,
			'If Not Ready in Time',
			'Maximum Wait',
			...groups,
		]);
	});

	it('has its options in groups, each by the alphabet', () => {
		const all = ['checks', 'delivery', 'options'].map((group) =>
			optionsOf(create(), group).map(({ displayName }) => displayName),
		);
		for (const names of all) expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(all.every(({ length }) => length > 1)).toBe(true);
	});

	it('has no limit that refuses every order as it is added', () => {
		for (const name of ['maximumUnitPrice', 'keepBalanceAbove']) {
			const option = optionsOf(create(), 'checks').find((one) => one.name === name)!;
			if (name === 'maximumUnitPrice') expect(option.default).toBeGreaterThan(0);
			else expect(option.default).toBe(0);
		}
	});

	it('says nothing of money in a preview', () => {
		expect(named(create({ previewOnly: true })).join()).not.toContain('real money');
	});
});

it('Terminate says in the form that it is for good', () => {
	const form = { parameters: { resource: 'esim', operation: 'terminate' } };
	expect(named(form).join()).toContain('for good');
});

describe('a fresh node, and a fresh tool of an agent', () => {
	it.each([false, true])('reads plans (tool: %s)', (isTool) => {
		const fresh = named({ isTool });
		expect(fresh).toContain('Sort By');
		expect(fresh).not.toContain('Plan');
	});

	it('has filters as fields and a choice of output in a tool, and a collection elsewhere', () => {
		expect(named({ isTool: true })).toEqual(
			expect.arrayContaining(['Output', 'Country Codes', 'Days To', 'Price To', 'Name Contains']),
		);
		expect(named({ isTool: true })).not.toContain('Filters');
		expect(named({})).toEqual(expect.arrayContaining(['Simplify', 'Filters']));
		expect(named({})).not.toContain('Country Codes');
	});

	it('asks an agent for leave to buy, and nobody else', () => {
		expect(named({ ...create(), isTool: true })).toContain('Agent May Buy');
		expect(named(create())).not.toContain('Agent May Buy');
	});

	it('has no bound that lets no plan pass', () => {
		const bounds = shown({ isTool: true }).filter(({ name }) => /^(min|max)/.test(name));
		expect(bounds.map((field) => field.default)).toEqual(['', '', '', '']);
	});
});

describe('actions and subtitles', () => {
	const operations = description.properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			(options as INodePropertyOptions[]).map((option) => ({
				...option,
				resource: displayOptions!.show!.resource![0] as string,
			})),
		);

	it('say what costs money and what is for good', () => {
		const actions = operations.map(({ action }) => action);
		expect(actions).toContain('Buy eSIMs (costs money)');
		expect(actions).toContain('Terminate eSIM for good');
	});

	it.each(operations.map(({ resource, value }) => [resource, value as string]))(
		'%s %s has a subtitle in words',
		(resource, operation) => {
			const node = nodeOf({ parameters: { resource, operation } });
			const nodeTypes = createNodeTypes();
			const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
			const subtitle = workflow.expression.getSimpleParameterValue(
				node,
				description.subtitle,
				'internal',
				{},
			);
			expect(subtitle).toMatch(/^[A-Z][a-z]+ /);
			expect(subtitle).not.toContain(':');
		},
	);
});

it('the credential says where to ask for access, and ends with what hardly anybody needs', () => {
	const { properties } = createCredentialTypes()('microesimApi');
	expect(properties.at(-1)!.name).toBe('bodyFormat');
	const account = properties.find(({ name }) => name === 'account')!;
	expect(account.description).toContain('asks MicroeSIM for access to its API');
});
