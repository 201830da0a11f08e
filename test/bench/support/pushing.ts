import { randomUUID } from 'node:crypto';

import { post, pushFields, type Bench } from '../../e2e/bench';
import { NOTHING, type CredentialRef } from '../../e2e/harness';
import { quantile } from '../acrossProcesses/figures';
import { figuresOf, inWords, type Figures } from './figures';
import { activateChain, runsThatEnded, type ActiveFlow, type FlowNode } from './realFlows';

export const TOKEN = 'benchUrlToken0123456789';
const SENDERS = 10;

/** What one turn measured. */
export interface Turn {
	/** Over the whole turn. */
	perSecond: number;
	/** Milliseconds until the answer, of each push. */
	answers: number[];
}

/** MicroeSIM Trigger, and a node that does nothing. */
export async function activateTrigger(
	{ n8n }: Bench,
	credential: CredentialRef,
	verifyBy: string,
): Promise<ActiveFlow> {
	const webhookId = randomUUID();
	const trigger: FlowNode = {
		name: 'MicroeSIM Trigger',
		type: 'n8n-nodes-microesim.microesimTrigger',
		typeVersion: 1.1,
		parameters: { verifyBy },
		webhookId,
		credentials: { microesimApi: credential },
	};
	return await activateChain(n8n.api, `${webhookId}/microesim`, [trigger, NOTHING]);
}

/** Lets each eSIM through once, by what n8n has for it. */
export const REMOVE_DUPLICATES: FlowNode = {
	name: 'Remove Duplicates',
	type: 'n8n-nodes-base.removeDuplicates',
	typeVersion: 2,
	parameters: {
		operation: 'removeItemsSeenInPreviousExecutions',
		dedupeValue: '={{ $json.body.topup_id }}-{{ $json.body.device_id }}',
		options: {},
	},
};

/** n8n's Webhook node, and a node that does nothing. @param options of the Webhook node @param between nodes before the last */
export async function activateWebhookNode(
	{ n8n }: Bench,
	options: Record<string, string> = {},
	between: FlowNode[] = [],
): Promise<ActiveFlow> {
	const path = randomUUID();
	const webhook: FlowNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, options },
		webhookId: path,
	};
	return await activateChain(n8n.api, path, [webhook, ...between, NOTHING]);
}

/**
 * Sends the bodies, and waits until their runs are over.
 *
 * @param ended how the runs may end
 * @throws Error when one is refused, or has no run of its own
 */
export async function push(
	{ n8n }: Bench,
	flow: ActiveFlow,
	bodies: string[],
	ended?: string[],
): Promise<Turn> {
	const before = await runsThatEnded(n8n.api, flow.id, ended);
	const waiting = bodies[Symbol.iterator]();
	const answers: number[] = [];
	const since = performance.now();
	const send = async () => {
		for (const body of waiting) {
			const sent = performance.now();
			const { status } = await post(`${flow.url}?token=${TOKEN}`, body);
			if (status !== 200) throw new Error(`A push was answered with ${status}`);
			answers.push(performance.now() - sent);
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, send));
	const runs = (await runsThatEnded(n8n.api, flow.id, ended)) - before;
	const seconds = (performance.now() - since) / 1000;
	if (runs !== bodies.length) throw new Error(`${bodies.length} pushes, ${runs} runs`);
	return { perSecond: bodies.length / seconds, answers };
}

/** The pushes of so many fresh orders. */
export async function truePushes(bench: Bench, count: number): Promise<string[]> {
	const bodies: string[] = [];
	for (let index = 0; index < count; index++)
		bodies.push(JSON.stringify(pushFields(await bench.buy())));
	return bodies;
}

let made = 0;

/** Pushes of so many eSIMs each that nobody has sold. */
export const madeUpPushes = (count: number, esims = 1): string[] =>
	Array.from({ length: count }, () => {
		const order = ++made;
		const each = (of: (index: number) => string) => Array.from({ length: esims }, (_, i) => of(i));
		return JSON.stringify({
			topup_id: String(202_308_161_431_187_000_000_000n + BigInt(order)),
			device_id: each((index) => String(9_000_024_000_000_000 + order * 1000 + index)),
			lpa_str: each((index) => `LPA:1$smdp.example.com$${order}-${index}`),
		});
	});

export const speedOf = (turns: Turn[]): Figures =>
	figuresOf(turns.map(({ perSecond }) => perSecond));

/** In words: pushes a second, and the time that 95 % of the answers keep. */
export function turnsInWords(turns: Turn[]): string {
	const p95 = quantile(
		turns.flatMap(({ answers }) => answers),
		0.95,
	);
	return `${inWords(speedOf(turns), 'a second', 1)}, 95 % answered within ${p95.toFixed(0)} ms`;
}
