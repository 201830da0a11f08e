import 'reflect-metadata';

import { PackageDirectoryLoader } from 'n8n-core';
import type { INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { startSimulator } from '../../simulator';
import { createEngine } from '../engine/harness';
import { credentialOf, planById, SAMPLE_PLAN } from '../engine/support/microesim';

const root = join(__dirname, '../..');

/** The operations of DESIGN, by resource: what users' saved workflows hold. */
const OPERATIONS: Record<string, string[]> = {
	account: ['getBalance'],
	dataPlan: ['findBest', 'get', 'getMany'],
	esim: ['get', 'getAlerts', 'getEvents', 'getQrCode', 'terminate'],
	order: ['create', 'get', 'requestCallback', 'waitForDelivery'],
};

let loader: PackageDirectoryLoader;

const nodeOf = (name: string) => loader.getNode(name).type as INodeType;

const valuesOf = (field: INodeProperties | undefined): string[] =>
	((field?.options ?? []) as INodePropertyOptions[]).map(({ value }) => String(value)).sort();

beforeAll(async () => {
	expect(existsSync(join(root, 'dist'))).toBe(true);
	loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
});

describe('the built package in n8n', () => {
	it('offers the nodes and the credential under the names that saved workflows hold', () => {
		expect(loader.packageName).toBe('n8n-nodes-microesim');
		expect(Object.keys(loader.known.nodes).sort()).toEqual([
			'microesim',
			'microesimTrigger',
			'microesimWatchTrigger',
		]);
		expect(Object.keys(loader.known.credentials)).toEqual(['microesimApi']);
	});

	it('shows every operation of every resource', () => {
		const { properties } = nodeOf('microesim').description;
		expect(valuesOf(properties.find(({ name }) => name === 'resource'))).toEqual(
			Object.keys(OPERATIONS),
		);
		for (const [resource, operations] of Object.entries(OPERATIONS)) {
			const field = properties.find(
				({ name, displayOptions }) =>
					name === 'operation' && displayOptions?.show?.resource?.includes(resource),
			);
			expect(valuesOf(field)).toEqual(operations);
		}
	});

	it('keeps the default Custom Order Number different for execution, node, run and item', () => {
		const field = nodeOf('microesim').description.properties.find(
			({ name }) => name === 'customOrderNo',
		);
		for (const part of ['$execution.id', '$nodeId', '$runIndex', '$itemIndex']) {
			expect(field?.default).toContain(part);
		}
	});

	it('buys an eSIM with the bundled code', async () => {
		const simulator = await startSimulator({ deliveryMs: 0 });
		const engine = await createEngine({
			nodeTypes: {
				'n8n-nodes-microesim.microesim': nodeOf('microesim').constructor as new () => INodeType,
			},
		});
		const result = await engine.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters: { resource: 'order', operation: 'create', planId: planById(SAMPLE_PLAN) },
			credentials: { microesimApi: credentialOf(simulator) },
		});
		await simulator.stop();
		expect(result.json()).toMatchObject([{ topup_id: simulator.ledger[0]?.topup_id, number: 1 }]);
	});
});
