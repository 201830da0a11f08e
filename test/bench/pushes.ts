/**
 * Pushes a second in a real n8n: MicroeSIM Trigger by the URL token and by looking up the eSIM, against n8n's Webhook
 * node. Each flow ends in a node that does nothing; a turn is over when the last of its runs is. Pushes come from ten
 * senders at once, each waiting for its answer, over a new connection each time.
 *
 *   npm run bench -- pushes [pushes in each turn]
 */
import { randomUUID } from 'node:crypto';

import { post, pushFields, startBench, type Bench } from '../e2e/bench';
import { saveCredential, type CredentialRef } from '../e2e/harness';
import { figuresOf, inWords } from './support/figures';
import { paired } from './support/paired';
import {
	activateChain,
	NOTHING,
	runsThatEnded,
	type ActiveFlow,
	type FlowNode,
} from './support/realFlows';
import { isSmoke, report } from './support/report';

const PUSHES = Number(process.argv[2] ?? 300);
const SENDERS = 10;
const REPEATS = isSmoke ? 1 : 5;
const TOKEN = 'benchUrlToken0123456789';
/** What a trigger remembers at most; they come in pushes of so many eSIMs. */
const REMEMBERED = isSmoke ? 200 : 10_000;
const IN_ONE_PUSH = 100;

/** What one turn measured. */
interface Turn {
	/** Over the whole turn. */
	perSecond: number;
	/** Milliseconds until the answer, of each push. */
	answers: number[];
}

function triggerNode(credential: CredentialRef, verifyBy: string): FlowNode {
	return {
		name: 'MicroeSIM Trigger',
		type: 'n8n-nodes-microesim.microesimTrigger',
		typeVersion: 1,
		parameters: { verifyBy },
		webhookId: randomUUID(),
		credentials: { microesimApi: credential },
	};
}

async function activateTrigger(
	{ n8n }: Bench,
	credential: CredentialRef,
	verifyBy: string,
): Promise<ActiveFlow> {
	const trigger = triggerNode(credential, verifyBy);
	const path = `${trigger.webhookId}/microesim`;
	return await activateChain(n8n.api, path, [trigger, NOTHING]);
}

async function activateWebhookNode({ n8n }: Bench): Promise<ActiveFlow> {
	const path = randomUUID();
	const webhook: FlowNode = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, options: {} },
		webhookId: path,
	};
	return await activateChain(n8n.api, path, [webhook, NOTHING]);
}

/** Sends the bodies, and waits until their runs are over. @throws Error when one is refused, or has no run of its own */
async function push({ n8n }: Bench, flow: ActiveFlow, bodies: string[]): Promise<Turn> {
	const before = await runsThatEnded(n8n.api, flow.id);
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
	const runs = (await runsThatEnded(n8n.api, flow.id)) - before;
	const seconds = (performance.now() - since) / 1000;
	if (runs !== bodies.length) throw new Error(`${bodies.length} pushes, ${runs} runs`);
	return { perSecond: bodies.length / seconds, answers };
}

/** The pushes of so many fresh orders. */
async function truePushes(bench: Bench, count = PUSHES): Promise<string[]> {
	const bodies: string[] = [];
	for (let index = 0; index < count; index++)
		bodies.push(JSON.stringify(pushFields(await bench.buy())));
	return bodies;
}

let made = 0;

/** A push of so many eSIMs that nobody has sold. */
function madeUp(esims: number): string {
	const order = ++made;
	return JSON.stringify({
		topup_id: String(202_308_161_431_187_000_000_000n + BigInt(order)),
		device_id: Array.from({ length: esims }, (_, index) => `90000240${order * 1000 + index}`),
		lpa_str: Array.from(
			{ length: esims },
			(_, index) => `LPA:1$smdp.example.com$${order}-${index}`,
		),
	});
}

const madeUpPushes = (count: number, esims = 1) =>
	Array.from({ length: count }, () => madeUp(esims));

const speedOf = (turns: Turn[]) => figuresOf(turns.map(({ perSecond }) => perSecond));

/** In words: pushes a second, and the time that 95 % of the answers keep. */
function shown(turns: Turn[]): string {
	const answers = turns.flatMap((turn) => turn.answers).sort((one, other) => one - other);
	const p95 = answers[Math.floor(0.95 * answers.length)]!;
	return `${inWords(speedOf(turns), 'a second', 0)}, 95 % answered within ${p95.toFixed(0)} ms`;
}

async function main(): Promise<void> {
	const bench = await startBench();
	const credential = await saveCredential(bench.n8n.api, bench.simulator, { urlToken: TOKEN });
	const webhookNode = await activateWebhookNode(bench);
	const compare = async (name: string, verifyBy: string, least: number) => {
		const trigger = await activateTrigger(bench, credential, verifyBy);
		const turns = await paired(
			{
				ours: async () => await push(bench, trigger, await truePushes(bench)),
				theirs: async () => await push(bench, webhookNode, await truePushes(bench)),
			},
			REPEATS,
		);
		const ratio = speedOf(turns.ours).median / speedOf(turns.theirs).median;
		report({
			work: `Pushes by ${name}, real n8n`,
			against: "n8n's Webhook node",
			measured: `${ratio.toFixed(2)} × its speed, ${shown(turns.ours)}, against ${shown(turns.theirs)}`,
			target: `≥ ${least} ×`,
			reached: ratio >= least,
		});
	};
	await compare('URL token', 'token', 0.9);
	await compare('look-up', 'lookup', 0.6);
	await growth(bench, credential);
	await bench.stop();
}

/** Whether a memory that is full makes pushes slower. */
async function growth(bench: Bench, credential: CredentialRef): Promise<void> {
	const full = await activateTrigger(bench, credential, 'token');
	await push(bench, full, madeUpPushes(REMEMBERED / IN_ONE_PUSH, IN_ONE_PUSH));
	const fresh = await activateTrigger(bench, credential, 'token');
	const turns = await paired(
		{
			ours: async () => await push(bench, full, madeUpPushes(PUSHES)),
			theirs: async () => await push(bench, fresh, madeUpPushes(PUSHES)),
		},
		REPEATS,
	);
	const ratio = speedOf(turns.ours).median / speedOf(turns.theirs).median;
	report({
		work: `Pushes to a trigger that remembers ${REMEMBERED} eSIMs, real n8n`,
		against: 'a trigger that is new',
		measured: `${ratio.toFixed(2)} × its speed, ${shown(turns.ours)}, against ${shown(turns.theirs)}`,
		target: '1 ×, at least 0.9',
		reached: ratio >= 0.9,
	});
}

void main();
