import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { json, log, TestApi, TestNode, type Answer } from './fixtures';
import { chain, createEngine, type Engine } from './index';
import { brokenDown, needsField, nobodyListens } from './olderN8n';

let answer: Answer;
let seen: Array<{ url: string; nonce: unknown }> = [];
let server: Server;
let baseUrl: string;
let engine: Engine;

const TYPE = 'test.test';
const node = (parameters: Record<string, string>) => ({
	type: TYPE,
	parameters,
	credentials: { testApi: { baseUrl } },
});

beforeAll(async () => {
	server = createServer((request, response) => {
		seen.push({ url: request.url ?? '', nonce: request.headers['x-nonce'] });
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	engine = await createEngine({
		nodeTypes: { [TYPE]: TestNode },
		credentialTypes: { testApi: TestApi },
	});
});

beforeEach(() => {
	seen = [];
	Object.assign(log, { nonces: 0, executions: 0 });
	answer = json({ result: 'fine' });
});

afterAll(() => {
	server.closeAllConnections();
	server.close();
});

describe('runNode', () => {
	it('resolves expressions per item, with defaults and the newest version', async () => {
		const text =
			'={{ $json.x }} {{ $itemIndex }} {{ $runIndex }} {{ $execution.id }} {{ $now.zoneName }}';
		const input = [{ json: { x: 'a' } }, { json: { x: 'b' } }];
		const result = await engine.runNode({ ...node({ text }), input, executionId: '77' });
		expect(result.json()).toEqual([{ text: 'a 0 0 77 UTC' }, { text: 'b 1 0 77 UTC' }]);
		expect(result.workflow.getNode('Node')?.typeVersion).toBe(2);
		expect((await engine.runNode(node({}))).json()).toEqual([{ text: 'default' }]);
	});

	it('signs each request with the credential and its defaults', async () => {
		const result = await engine.runNode(node({ action: 'request' }));
		expect(result.json()[0]?.body).toEqual({ result: 'fine' });
		expect(seen).toEqual([{ url: '/post', nonce: '1-json' }]);
	});

	it('sends again with a fresh signature after a 401', async () => {
		answer = (...args) => json({ result: 'late' }, seen.length === 1 ? 401 : 200)(...args);
		const result = await engine.runNode(node({ action: 'request' }));
		expect(result.error()).toBeUndefined();
		expect(seen.map(({ nonce }) => nonce)).toEqual(['1-json', '2-json']);
	});

	it('reports a failing node', async () => {
		const result = await engine.runNode(node({ text: 'bad' }));
		expect(result.error()?.message).toBe('Bad item');
		expect(result.error('Node')?.message).toBe('Bad item');
		expect(result.run.status).toBe('error');
		expect(result.items()).toEqual([]);
	});

	it('runs the whole node again on Retry On Fail', async () => {
		const options = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await engine.runNode({ ...node({ text: 'bad' }), ...options });
		expect(log.executions).toBe(3);
		expect(result.error()?.message).toBe('Bad item');
	});

	it('diverts failed items to the error output', async () => {
		const input = [{ json: { x: 'good' } }, { json: { x: 'bad' } }];
		const options = { input, onError: 'continueErrorOutput' as const };
		const result = await engine.runNode({ ...node({ text: '={{ $json.x }}' }), ...options });
		expect(result.json()).toEqual([{ text: 'good' }]);
		expect(result.items('Node', 1)[0]?.json.error).toBe('Bad item');
	});

	it('starts without a credential, as n8n does, and fails where it is needed', async () => {
		const result = await engine.runNode({ type: TYPE, parameters: { action: 'request' } });
		expect(result.error()?.message).toBe('Node does not have any credentials set');
	});

	it('refuses to start when a required parameter is empty', async () => {
		const started = engine.runNode(node({ text: '' }));
		await expect(started).rejects.toThrow(needsField('Text'));
	});

	it('keeps binary data, its type recognised from its bytes', async () => {
		const result = await engine.runNode(node({ action: 'binary' }));
		const [item] = result.items();
		expect(item?.binary?.data).toMatchObject({ mimeType: 'image/png', data: 'filesystem-v2' });
		expect((await result.binary(item)).subarray(1, 4).toString()).toBe('PNG');
	});

	it('is cancelled by its signal', async () => {
		const stop = new AbortController();
		answer = () => stop.abort();
		const result = await engine.runNode({ ...node({ action: 'request' }), signal: stop.signal });
		expect(result.run.status).toBe('canceled');
	});

	it('remembers duplicates between executions of one workflow', async () => {
		const once = async () => (await engine.runNode(node({ action: 'dedupe' }))).json()[0]?.known;
		expect([await once(), await once()]).toEqual([false, true]);
		engine.duplicates.reset();
		expect(await once()).toBe(false);
	});
});

it.each([
	...[
		'httpRequest',
		'set',
		'if',
		'switch',
		'merge',
		'wait',
		'emailSend',
		'removeDuplicates',
		'noOp',
	],
	...['scheduleTrigger', 'manualTrigger', 'webhook', 'shopify', 'shopifyTrigger', 'splitInBatches'],
])('loads the stock node %s under jest', (name) => {
	const { description } = engine.nodeTypes.getByNameAndVersion(`n8n-nodes-base.${name}`);
	expect(description.name).toBe(name);
});

describe('runWorkflow', () => {
	it('runs stock nodes, and HTTP Request with our credential', async () => {
		const result = await engine.runWorkflow({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.scheduleTrigger' },
				{
					name: 'HTTP',
					type: 'n8n-nodes-base.httpRequest',
					parameters: {
						url: `${baseUrl}/http`,
						authentication: 'predefinedCredentialType',
						nodeCredentialType: 'testApi',
					},
				},
				{
					name: 'Set',
					type: 'n8n-nodes-base.set',
					parameters: {
						assignments: {
							assignments: [{ id: '1', name: 'x', value: '={{ $json.result }}', type: 'string' }],
						},
					},
				},
			],
			connections: chain('Start', 'HTTP', 'Set'),
			credentials: { testApi: { baseUrl } },
		});
		expect(result.error()).toBeUndefined();
		expect(result.json()).toEqual([{ x: 'fine' }]);
		expect(seen).toEqual([{ url: '/http', nonce: '1-json' }]);
	});

	it.each(['trigger', 'manual'] as const)(
		'starts a trigger with given items (%s)',
		async (mode) => {
			const result = await engine.runWorkflow({
				nodes: [
					{
						name: 'Order',
						type: 'n8n-nodes-base.shopifyTrigger',
						parameters: { topic: 'orders/create' },
					},
					{ name: 'Duplicates', type: 'n8n-nodes-base.removeDuplicates' },
					{ name: 'End', type: 'n8n-nodes-base.noOp' },
				],
				connections: chain('Order', 'Duplicates', 'End'),
				startNode: 'Order',
				input: [{ json: { id: 1 } }, { json: { id: 1 } }],
				credentials: {
					shopifyApi: { apiKey: 'k', password: 'p', shopSubdomain: 's', sharedSecret: 's' },
				},
				mode,
			});
			expect(result.error()).toBeUndefined();
			expect(result.json('End')).toEqual([{ id: 1 }]);
		},
	);

	it('runs an exported workflow with changes', async () => {
		const file = {
			nodes: [
				{ name: 'When clicking', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Test', type: TYPE, parameters: { action: 'echo', text: 'file' } },
			],
			connections: chain('When clicking', 'Test'),
		};
		const overrides = { Test: { parameters: { text: 'changed' } } };
		const credentials = { testApi: {} };
		const result = await engine.runExample(file, { overrides, credentials, mode: 'manual' });
		expect(result.json('Test')).toEqual([{ text: 'changed' }]);
		await expect(engine.runExample(file, { overrides: { Typo: {} } })).rejects.toThrow('Typo');
	});
});

it('tests a credential as its form does', async () => {
	const test = async () => await engine.testCredential('testApi', { baseUrl });
	expect(await test()).toEqual({ status: 'OK', message: 'Connection successful!' });
	expect(seen).toEqual([{ url: '/test', nonce: '1-json' }]);
	answer = json({ code: 7 });
	expect(await test()).toEqual({ status: 'Error', message: 'No result' });
	answer = json({}, 500);
	expect(await test()).toEqual({ status: 'Error', message: brokenDown });
	const refused = await engine.testCredential('testApi', { baseUrl: 'http://127.0.0.1:1' });
	expect(refused).toEqual({ status: 'Error', message: nobodyListens });
});

it('fills a list with the node as it stands in the editor', async () => {
	const request = {
		...node({ text: 'chosen' }),
		method: 'plans',
		filter: 'jp',
		paginationToken: '2',
	};
	expect(await engine.listSearch(request)).toEqual({
		results: [{ name: '{"result":"fine"}', value: 'chosen' }],
		paginationToken: 'next',
	});
	expect(seen).toEqual([{ url: '/plans/jp/2', nonce: '1-json' }]);
});
