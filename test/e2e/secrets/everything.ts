import type { IDataObject, INode } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Fault, Order, Simulator } from '../../../simulator';
import { buy, http } from '../../unit/simulator/client';
import { orderOf, post, pushFields } from '../bench';
import {
	activateFlow,
	chain,
	draftNode,
	freePorts,
	publish,
	saveCredential,
	until,
	type CredentialRef,
	type EditorApi,
} from '../harness';
import { startWire, type Wire } from './wire';

/** An n8n in which everything is to happen. */
export interface Stage {
	api: EditorApi;
	/** The addresses of the processes that serve its webhooks. */
	urls: string[];
	simulator: Simulator;
	/** Between n8n and MicroeSIM, and between MicroeSIM and n8n. */
	wires: Wire[];
	urlToken: string;
	credential: CredentialRef;
}

const PLAN = 'b1a926e1-d770-4e03-804e-c527b9397eb9';

/** What MicroeSIM may do in place of answering. */
const FAULTS: Fault[] = [
	{ kind: 'unauthorized401' },
	{ kind: 'tooMany429', retryAfterSeconds: 1 },
	{ kind: 'http', status: 500, body: 'broken' },
	{ kind: 'html502' },
	{ kind: 'badJson' },
	{ kind: 'code', code: 9401, msg: 'Signature error' },
	{ kind: 'cutBefore' },
	{ kind: 'cutMidBody' },
];

/** Sets a stage: MicroeSIM is reached by a wire. */
export async function setStage(
	n8n: { api: EditorApi; urls: string[] },
	simulator: Simulator,
	urlToken: string,
): Promise<Stage> {
	const wire = await startWire(simulator.url);
	const credential = await saveCredential(n8n.api, simulator, { baseUrl: wire.url, urlToken });
	return { ...n8n, simulator, wires: [wire], urlToken, credential };
}

/** A workflow that is set off by a call and answers when it has ended. @returns its path */
export async function callable(
	{ api, urls }: Pick<Stage, 'api' | 'urls'>,
	name: string,
	...nodes: INode[]
): Promise<string> {
	const path = randomUUID();
	const parameters = { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} };
	const line = [draftNode('Webhook', 'webhook', 2, parameters, { webhookId: path }), ...nodes];
	await publish(api, name, line, chain(...line.map((node) => node.name)));
	for (const url of urls) await untilTaken(`${url}/webhook/${path}`);
	return `/webhook/${path}`;
}

/** Publishing goes on after n8n has answered: what does not exist yet is 404, by another method, too. */
async function untilTaken(url: string): Promise<void> {
	await until(async () => {
		const { text } = await http(url, 'GET', {}).catch(() => ({ text: '' }));
		return text.includes('POST') || text.includes('not registered for GET');
	}, `n8n serves ${url}`);
}

const microesim = (
	name: string,
	credential: CredentialRef,
	parameters: IDataObject,
	more: Partial<INode> = {},
): INode =>
	draftNode(name, 'n8n-nodes-microesim.microesim', 1, parameters, {
		credentials: { microesimApi: credential },
		...more,
	});

const NUMBER = '={{ $execution.id }}';
const OPERATIONS: Array<[string, IDataObject]> = [
	['Balance', { resource: 'account', operation: 'getBalance' }],
	[
		'Create',
		{
			resource: 'order',
			operation: 'create',
			planId: { __rl: true, mode: 'id', value: PLAN },
			customOrderNo: NUMBER,
			// gets the token on its way
			options: { notifyUrl: 'http://127.0.0.1:9/webhook/microesim?token=' },
		},
	],
	[
		'Terminate',
		{
			resource: 'esim',
			operation: 'terminate',
			topupId: '202308161431187762753800',
			deviceId: '9000051733800000',
		},
	],
];

/**
 * Lets everything happen that n8n and MicroeSIM have to do with each other, well and badly: all operations, pushes,
 * looks of the Watch Trigger, tests of the credential, the list of plans, a sleep until a callback, retries.
 */
export async function playEverything(stage: Stage): Promise<void> {
	const { api, urls, simulator, credential, wires } = stage;
	const [port] = await freePorts(1);
	const nobody = await saveCredential(api, simulator, {
		baseUrl: `http://127.0.0.1:${port}`,
		urlToken: stage.urlToken,
	});
	const paths: string[] = [];
	for (const [name, parameters] of OPERATIONS) {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const node = microesim(name, credential, parameters, { onError });
			paths.push(await callable(stage, `${name} ${onError}`, node));
		}
		paths.push(await callable(stage, `${name}, nobody there`, microesim(name, nobody, parameters)));
	}
	const pushes = await openTriggers(stage);
	await watch(stage);

	let calls = 0;
	const call = async (path: string) => await post(`${urls[calls++ % urls.length]}${path}`, '{}');
	const all = async () => await Promise.all(paths.map(call));
	await all();
	for (const fault of FAULTS) {
		simulator.faults.always('*', fault);
		await Promise.all([all(), pushes(), search(stage), test(stage, simulator.secret)]);
		simulator.faults.clear();
	}
	// longer than the trigger waits for a look-up
	simulator.faults.always('*', { kind: 'slow', ms: 12_000 });
	await pushes();
	simulator.faults.clear();
	await Promise.all([pushes(), search(stage), test(stage, simulator.secret)]);
	await test(stage, 'another secret');
	await sleepUntilCallback(stage);
	await retryAll(stage);
	if (wires.every(({ seen }) => seen.length === 0)) throw new Error('Nothing went over the wire.');
}

/** Triggers of each way to check a push. @returns what pushes to all of them, rightly and wrongly */
async function openTriggers(stage: Stage): Promise<() => Promise<void>> {
	const { api, urls, simulator, credential, wires, urlToken } = stage;
	const paths: Record<string, string> = {};
	for (const verifyBy of ['lookup', 'order', 'signature', 'token']) {
		const given = { at: urls };
		paths[verifyBy] = (await activateFlow(api, credential, { verifyBy }, given)).path;
	}
	const back = await Promise.all(urls.map(startWire));
	wires.push(...back);
	const orders: Order[] = [];
	for (let left = FAULTS.length + 2; left > 0; left--)
		orders.push(orderOf(simulator, await buy(simulator)));
	return async () => {
		const order = orders.pop()!;
		// each process in turn
		const { url } = back[orders.length % back.length]!;
		const body = JSON.stringify(pushFields(order));
		const token = `?token=${urlToken}`;
		await Promise.all(
			Object.values(paths).map(async (path) => {
				await post(`${url}${path}${token}`, body);
				await post(`${url}${path}?token=wrong`, body);
				await post(`${url}${path}${token}`, '{broken');
				await post(`${url}${path}`, body);
			}),
		);
		const signed = { url: `${url}${paths.signature}${token}`, signed: true };
		await simulator.pushNow(order.topup_id, signed);
		await simulator.pushNow(order.topup_id, { ...signed, encoding: 'json' });
	};
}

/** A Watch Trigger that looks every five seconds. */
async function watch({ api, credential }: Stage): Promise<void> {
	const item = [{ mode: 'custom', cronExpression: '*/5 * * * * *' }];
	const parameters = { pollTimes: { item }, events: ['balance_below', 'new_plan'], threshold: 1 };
	const trigger = draftNode('Watch', 'n8n-nodes-microesim.microesimWatchTrigger', 1, parameters, {
		credentials: { microesimApi: credential },
	});
	const nothing = draftNode('Nothing', 'noOp', 1, {});
	await publish(api, 'Watch', [trigger, nothing], chain('Watch', 'Nothing'));
}

/** Opens the list of the field "Plan", as the editor does. */
async function search({ api, credential }: Stage): Promise<void> {
	const asked = {
		path: 'parameters.planId',
		methodName: 'searchPlans',
		nodeTypeAndVersion: { name: 'n8n-nodes-microesim.microesim', version: 1 },
		currentNodeParameters: { resource: 'order', operation: 'create' },
		credentials: { microesimApi: credential },
	};
	const path = '/dynamic-node-parameters/resource-locator-results';
	await api.call('POST', path, asked).catch(() => undefined);
}

/** Tests a credential that has not been saved with this secret, as the editor does. */
async function test({ api, simulator, wires, credential }: Stage, secret: string): Promise<void> {
	const { account, salt } = simulator;
	const data = { environment: 'custom', baseUrl: wires[0]!.url, account, secret, salt };
	const credentials = { ...credential, type: 'microesimApi', data };
	await api.call('POST', '/credentials/test', { credentials });
}

/** Orders, and sleeps until MicroeSIM calls back. */
async function sleepUntilCallback(stage: Stage): Promise<void> {
	const { simulator, credential, urls } = stage;
	const [, create] = OPERATIONS.find(([name]) => name === 'Create')!;
	const path = await callable(
		stage,
		'Sleep',
		microesim('Create', credential, {
			...create,
			options: { notifyUrl: '={{ $execution.resumeUrl }}' },
		}),
		microesim('Wait', credential, {
			resource: 'order',
			operation: 'waitForDelivery',
			topupId: '={{ $json.topup_id }}',
			waitFor: 'callback',
		}),
	);
	const before = simulator.ledger.length;
	await post(`${urls[0]}${path}`, '{}');
	const order = simulator.ledger[before];
	if (!order) throw new Error('Nothing was ordered.');
	// MicroeSIM calls back by itself; once it is awake, the execution reads the order
	const isRead = () =>
		simulator.requests.some(
			({ endpoint, fields }) => endpoint === 'topupDetail' && fields.topup_id === order.topup_id,
		);
	await until(async () => {
		if (isRead()) return true;
		await simulator.pushNow(order.topup_id);
		await sleep(500);
		return isRead();
	}, 'the execution is woken');
}

/** Retries what has failed, as a person does in the list of executions. */
async function retryAll({ api }: Stage): Promise<void> {
	const filter = encodeURIComponent(JSON.stringify({ status: ['error'] }));
	const { results } = await api.call<{ results: Array<{ id: string }> }>(
		'GET',
		`/executions?limit=30&filter=${filter}`,
	);
	for (const { id } of results) {
		const how = { loadWorkflow: false };
		await api.call('POST', `/executions/${id}/retry`, how).catch(() => undefined);
	}
}
