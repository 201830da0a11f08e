import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Fault } from '../../../simulator';
import { post } from '../bench';
import { chain, draftNode, freePorts, publish, saveCredential, until } from '../harness';
import { retryAll, search, testCredential } from './editor';
import { openTriggers } from './pushes';
import { callable, microesim, type Stage } from './stage';

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

/** How long who calls waits for an answer. */
const PATIENCE_MS = 60_000;

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
	const pushes = await openTriggers(stage, FAULTS.length + 2);
	await watch(stage);

	let calls = 0;
	// in queue mode n8n has been seen to end a run and never answer who had called; he hangs up then
	const call = async (path: string) => {
		const url = `${urls[calls++ % urls.length]}${path}`;
		const answered = await Promise.race([post(url, '{}'), sleep(PATIENCE_MS)]);
		if (!answered) process.stdout.write(`n8n did not answer a call of ${path}\n`);
	};
	const all = async () => await Promise.all(paths.map(call));
	await all();
	for (const fault of FAULTS) {
		simulator.faults.always('*', fault);
		await Promise.all([all(), pushes(), search(stage), testCredential(stage, simulator.secret)]);
		simulator.faults.clear();
	}
	// longer than the trigger waits for a look-up
	simulator.faults.always('*', { kind: 'slow', ms: 12_000 });
	await pushes();
	simulator.faults.clear();
	await Promise.all([pushes(), search(stage), testCredential(stage, simulator.secret)]);
	await testCredential(stage, 'another secret');
	await sleepUntilCallback(stage);
	await retryAll(stage);
	if (wires.every(({ seen }) => seen.length === 0)) throw new Error('Nothing went over the wire.');
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
