import type { IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { orderOf, startBench, type Bench } from './bench';
import {
	AS_USERS_HAVE_IT,
	chain,
	draftNode,
	exampleNames,
	executionsOf,
	itemsOf,
	publish,
	readExample,
	readSetup,
	startShop,
	TRIGGER,
	until,
	activateFlow,
	type Shop,
} from './harness';

/**
 * Every operation, all triggers, the test of the credential and the import of every example, on whatever n8n it is:
 * `npm run test:compat` runs this on older ones, and e2e/orders, where Wait for Delivery by callback is, and e2e/once.
 */

const PLAN = { __rl: true, mode: 'id', value: 'b1a926e1-d770-4e03-804e-c527b9397eb9' };
const PACKAGE = 'n8n-nodes-microesim';

const ofCall = (field: string) => `={{ $json.body.${field} }}`;
const order = { topupId: ofCall('topup_id') };
const esim = { ...order, deviceId: ofCall('device_id') };

/** What each operation is asked; the fields of the call are read by expressions, as users do. */
const OPERATIONS: Record<string, IDataObject> = {
	'account getBalance': {},
	'dataPlan get': { planId: PLAN },
	'dataPlan getMany': { limit: 3 },
	'dataPlan findBest': { countryCodes: 'JP' },
	'order create': { planId: PLAN, customOrderNo: ofCall('number') },
	'order get': order,
	'order waitForDelivery': order,
	'order requestCallback': { ...order, callbackUrl: ofCall('url') },
	'esim get': esim,
	'esim getAlerts': { ...esim, alertOn: ['installed'] },
	'esim getEvents': esim,
	'esim getQrCode': { activationCode: ofCall('code') },
	'esim terminate': esim,
};

const { version } = readSetup();
let bench: Bench;
let shop: Shop;
/** The address by which each operation is called. */
const addresses = new Map<string, string>();

async function publishOperations(): Promise<void> {
	const webhooks = Object.keys(OPERATIONS).map((name) => {
		const path = randomUUID();
		addresses.set(name, `${bench.n8n.url}/webhook/${path}`);
		const answers = { responseMode: 'lastNode', responseData: 'allEntries' };
		const parameters = { httpMethod: 'POST', path, ...answers, options: {} };
		return draftNode(`Call ${name}`, 'webhook', 2, parameters, { webhookId: path });
	});
	const operations = Object.entries(OPERATIONS).map(([name, given]) => {
		const [resource, operation] = name.split(' ');
		const credentials = { microesimApi: bench.credential };
		const parameters = { resource, operation, ...given };
		return draftNode(name, `${PACKAGE}.microesim`, 2, parameters, { credentials });
	});
	const connections = Object.assign(
		{},
		...Object.keys(OPERATIONS).map((name) => chain(`Call ${name}`, name)),
	) as ReturnType<typeof chain>;
	await publish(bench.n8n.api, 'Operations', [...webhooks, ...operations], connections);
	// activation goes on after n8n has answered
	await until(async () => (await call('account getBalance', {}, false)).length > 0);
}

/** Calls an operation. @returns the items that come out */
async function call(name: string, body: IDataObject = {}, mustWork = true): Promise<IDataObject[]> {
	const response = await fetch(addresses.get(name)!, {
		method: 'POST',
		headers: { 'content-type': 'application/json', connection: 'close' },
		body: JSON.stringify(body),
	});
	const text = await response.text();
	if (response.ok) return JSON.parse(text) as IDataObject[];
	if (mustWork) throw new Error(`${name}: HTTP ${response.status} ${text}`);
	return [];
}

/** Buys an eSIM, which is delivered at once. */
async function buy(): Promise<{ topup_id: string; device_id: string; code: string }> {
	const [bought] = await call('order create', { number: randomUUID() });
	const { topup_id, esims } = orderOf(bench.simulator, bought!.topup_id as string);
	return { topup_id, device_id: esims[0]!.device_id, code: esims[0]!.lpa_str };
}

beforeAll(async () => {
	const env = { ...AS_USERS_HAVE_IT, N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem' };
	bench = await startBench({ clock: { mode: 'manual' } }, env);
	shop = await startShop(TRIGGER);
	await publishOperations();
});
afterAll(async () => {
	await shop?.stop();
	await bench?.stop();
});

type Known = { name: string; version: number | number[] };

/** All nodes that this n8n has, as its editor reads them. */
async function nodeTypes(): Promise<Known[]> {
	const { name, value } = bench.n8n.api.login;
	// n8n ends idle connections, also in the moment in which one is used again
	const headers = { cookie: `${name}=${value}`, connection: 'close' };
	return (await (await fetch(`${bench.n8n.url}/types/nodes.json`, { headers })).json()) as Known[];
}

it(`is n8n ${version}, which lists all nodes`, async () => {
	const settings = await bench.n8n.api.call<{ versionCli: string }>('GET', '/settings');
	expect(settings.versionCli).toBe(version);
	const ours = (await nodeTypes())
		.map(({ name }) => name)
		.filter((name) => name.startsWith(`${PACKAGE}.`));
	expect([...new Set(ours)].sort()).toEqual(
		['microesim', 'microesimTool', 'microesimTrigger', 'microesimWatchTrigger'].map(
			(name) => `${PACKAGE}.${name}`,
		),
	);
});

it.each([
	['right', 'OK'],
	['wrong', 'Error'],
])('tests a %s credential: %s', async (which, status) => {
	const { account, secret, salt, url } = bench.simulator;
	const data = {
		environment: 'custom',
		baseUrl: url,
		account,
		secret: which === 'right' ? secret : 'another',
		salt,
		bodyFormat: 'multipart',
	};
	const credentials = { id: bench.credential.id, name: 'Tested', type: 'microesimApi', data };
	const tested = await bench.n8n.api.call<IDataObject>('POST', '/credentials/test', {
		credentials,
	});
	expect(tested.status).toBe(status);
});

describe('every operation', () => {
	it('Account → Get Balance', async () => {
		expect(await call('account getBalance')).toMatchObject([
			{ balance: bench.simulator.balance, currency: 'HKD' },
		]);
	});

	it('Data Plan → Get, Get Many, Find Best', async () => {
		expect(await call('dataPlan get')).toMatchObject([{ channel_dataplan_id: PLAN.value }]);
		expect(await call('dataPlan getMany')).toHaveLength(3);
		const [best] = await call('dataPlan findBest');
		expect(best).toHaveProperty('channel_dataplan_id');
	});

	it('Order → Create, once for a number; Get, Wait for Delivery, Request Callback', async () => {
		const number = randomUUID();
		const [bought] = await call('order create', { number });
		const [again] = await call('order create', { number });
		const booked = bench.simulator.ledger.filter((one) => one.custom_order_no === number);
		expect(booked).toHaveLength(1);
		const { topup_id, esims } = booked[0]!;
		expect(bought).toMatchObject({ topup_id });
		expect(again).toMatchObject({ topup_id, duplicate: true });
		const [{ device_id, lpa_str }] = esims as [(typeof esims)[0]];
		for (const name of ['order get', 'order waitForDelivery']) {
			expect(await call(name, { topup_id })).toMatchObject([{ topup_id, device_id, lpa_str }]);
		}
		const { path } = await activateFlow(
			bench.n8n.api,
			bench.credential,
			{},
			{ after: shop.node, at: [bench.n8n.url] },
		);
		await call('order requestCallback', { topup_id, url: `${bench.n8n.url}${path}` });
		await bench.simulator.clock.advance(1000);
		// the trigger hands on what MicroeSIM pushes
		await until(() => shop.calls.get(`${topup_id}-${device_id}`) === 1);
	});

	it('eSIM → Get, Get Alerts, Get Events, Get QR Code, Terminate', async () => {
		const { code, ...bought } = await buy();
		await bench.simulator.clock.advance(86_400_000);
		expect(await call('esim get', bought)).toMatchObject([bought]);
		expect(await call('esim getAlerts', bought)).toMatchObject([{ alert: 'installed' }]);
		expect(await call('esim getAlerts', bought)).toEqual([]);
		expect((await call('esim getEvents', bought)).length).toBeGreaterThan(0);
		await call('esim getQrCode', { code });
		expect(await call('esim terminate', bought)).toMatchObject([{ terminated: true, ...bought }]);
	});
});

it('a QR code is a picture of some size', async () => {
	const { code } = await buy();
	const id = await publish(
		bench.n8n.api,
		'QR code',
		[
			draftNode('Call', 'webhook', 2, { httpMethod: 'POST', path: 'qr', options: {} }),
			draftNode(
				'QR',
				`${PACKAGE}.microesim`,
				2,
				{ resource: 'esim', operation: 'getQrCode', activationCode: code },
				{ credentials: { microesimApi: bench.credential } },
			),
		],
		chain('Call', 'QR'),
	);
	await until(async () => (await fetch(`${bench.n8n.url}/webhook/qr`, { method: 'POST' })).ok);
	const [execution] = await executionsOf(bench.n8n.api, id);
	const [item] = await itemsOf(bench.n8n.api, execution!.id, 'QR');
	expect(Object.values(item!.binary ?? {})).toMatchObject([{ mimeType: 'image/png' }]);
});

it('the Watch Trigger starts a run when the balance falls', async () => {
	const watch = draftNode(
		'Watch',
		`${PACKAGE}.microesimWatchTrigger`,
		1,
		{
			pollTimes: {
				item: Array.from({ length: 30 }, (_, index) => ({
					mode: 'custom',
					cronExpression: `${index * 2} * * * * *`,
				})),
			},
			events: ['balance_below'],
			threshold: 500,
		},
		{ credentials: { microesimApi: bench.credential } },
	);
	const id = await publish(
		bench.n8n.api,
		'Watch',
		[watch, draftNode('Nothing', 'noOp', 1, {})],
		chain('Watch', 'Nothing'),
	);
	const looks = () =>
		bench.simulator.requests.filter(({ endpoint }) => endpoint === 'accountBalance').length;
	const before = looks();
	await until(() => looks() >= before + 2);
	const { balance } = bench.simulator;
	bench.simulator.balance = 100;
	const executions = await until(async () => {
		const all = await executionsOf(bench.n8n.api, id);
		return all.length > 0 && all;
	});
	bench.simulator.balance = balance;
	expect(await itemsOf(bench.n8n.api, executions[0]!.id, 'Watch')).toMatchObject([
		{ json: { event: 'balance_below', balance: 100 } },
	]);
});

/** Whether the page of a workflow asks for a newer n8n than this one. */
function isTooOldFor(example: string): boolean {
	const page = readFileSync(join(__dirname, '../../docs/flows', `${example}.md`), 'utf8');
	const [, major, minor] = /^Needs n8n (\d+)\.(\d+) or newer/m.exec(page) ?? [];
	const [isMajor = 0, isMinor = 0] = version.split('.').map(Number);
	return isMajor < Number(major) || (isMajor === Number(major) && isMinor < Number(minor));
}

describe('every example', () => {
	it.each(exampleNames())('%s is imported, and all of its nodes are known', async (name) => {
		const example = readExample(name, { microesimApi: bench.credential });
		const saved = await bench.n8n.api.call<IWorkflowBase>('POST', '/workflows', example);
		// n8n gives its own ids to webhooks
		const written = ({ name, type, typeVersion, parameters }: INode) =>
			({ name, type, typeVersion, parameters }) as const;
		expect(saved.nodes.map(written)).toEqual(example.nodes.map(written));
		const known = await nodeTypes();
		const unknown = example.nodes.filter(
			({ type, typeVersion }) =>
				!known.some(({ name, version }) => name === type && [version].flat().includes(typeVersion)),
		);
		// what an older n8n does not know, the workflow's page says
		const types = unknown.map(({ type, typeVersion }) => `${type} ${typeVersion}`);
		if (isTooOldFor(name)) expect(types).not.toEqual([]);
		else expect(types).toEqual([]);
	});
});
