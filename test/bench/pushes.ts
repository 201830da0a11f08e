/**
 * Pushes a second in a real n8n: MicroeSIM Trigger by the URL token and by looking up the eSIM, against n8n's Webhook
 * node. Each flow ends in a node that does nothing; a turn is over when the last of its runs is. Pushes come from ten
 * senders at once, each waiting for its answer, over a new connection each time.
 *
 *   npm run bench -- pushes [pushes in each turn]
 */
import { startBench, type Bench } from '../e2e/bench';
import { saveCredential, type CredentialRef } from '../e2e/harness';
import { inTurns, paired } from './support/paired';
import {
	activateTrigger,
	activateWebhookNode,
	madeUpPushes,
	push,
	REMOVE_DUPLICATES,
	speedOf,
	TOKEN,
	truePushes,
	turnsInWords,
	type Turn,
} from './support/pushing';
import { LAZY_ENGINE, runsThatEnded, type ActiveFlow } from './support/realFlows';
import { isSmoke, report } from './support/report';

const PUSHES = Number(process.argv[2] ?? 100);
const REPEATS = isSmoke ? 1 : 5;
/** What a trigger remembers at most; they come in pushes of so many eSIMs. */
const REMEMBERED = isSmoke ? 200 : 10_000;
const IN_ONE_PUSH = 100;

type Measured = Record<'webhook' | 'token' | 'lookup', Turn[]>;

/** All flows side by side in one n8n. */
async function measure(bench: Bench, credential: CredentialRef, pushes: number): Promise<Measured> {
	const webhook = await activateWebhookNode(bench);
	const token = await activateTrigger(bench, credential, 'token');
	const lookup = await activateTrigger(bench, credential, 'lookup');
	const turnOf = (flow: ActiveFlow) => async () =>
		await push(bench, flow, await truePushes(bench, pushes));
	return await inTurns(
		{ token: turnOf(token), webhook: turnOf(webhook), lookup: turnOf(lookup) },
		REPEATS,
	);
}

/** @param ended how its runs may end */
async function alone(bench: Bench, flow: ActiveFlow, ended?: string[]): Promise<string> {
	const turns: Turn[] = [];
	for (let repeat = 0; repeat <= REPEATS; repeat++)
		turns.push(await push(bench, flow, await truePushes(bench, PUSHES), ended));
	return turnsInWords(turns.slice(1));
}

/** What n8n's own Webhook node does with one expression in it. What it answers makes no difference. */
async function limitOfEngine(bench: Bench): Promise<string> {
	const flow = await activateWebhookNode(bench, { responseData: '={{ "Received" }}' });
	return `n8n starts an expression engine for each push to a node that is not its own Webhook node; that one, with a single expression in it, takes ${await alone(bench, flow)}`;
}

/** What n8n's own nodes do when each eSIM is to be handed on once, as the trigger sees to. Some of their runs fail. */
async function limitOfOnce(bench: Bench): Promise<string> {
	const flow = await activateWebhookNode(bench, {}, [REMOVE_DUPLICATES]);
	const figures = await alone(bench, flow, ['success', 'error']);
	const failed = await runsThatEnded(bench.n8n.api, flow.id, ['error']);
	return `n8n's Webhook node hands on what comes twice; with n8n's Remove Duplicates behind it, so that it does not, it takes ${figures}, and ${failed} of ${PUSHES * (REPEATS + 1)} executions failed`;
}

const TARGETS = [
	['token', 'the URL token', 0.9],
	['lookup', 'look-up', 0.6],
] as const;

function compare(turns: Measured, where: string, why?: string): void {
	const most = speedOf(turns.webhook).median;
	for (const [flow, name, least] of TARGETS) {
		const ratio = speedOf(turns[flow]).median / most;
		report({
			work: `Pushes by ${name}, real n8n, ${where}`,
			against: "n8n's Webhook node",
			measured: `${ratio.toFixed(2)} × its speed, ${turnsInWords(turns[flow])}, against ${turnsInWords(turns.webhook)}`,
			target: `≥ ${least} ×`,
			reached: ratio >= least,
			why,
		});
	}
}

/** Whether a memory that is full makes pushes slower. */
async function growth(bench: Bench, credential: CredentialRef): Promise<void> {
	const full = await activateTrigger(bench, credential, 'token');
	await push(bench, full, madeUpPushes(REMEMBERED / IN_ONE_PUSH, IN_ONE_PUSH));
	const fresh = await activateTrigger(bench, credential, 'token');
	const { ours, theirs } = await paired(
		{
			ours: async () => await push(bench, full, madeUpPushes(PUSHES)),
			theirs: async () => await push(bench, fresh, madeUpPushes(PUSHES)),
		},
		REPEATS,
	);
	const ratio = speedOf(ours).median / speedOf(theirs).median;
	report({
		work: `Pushes to a trigger that remembers ${REMEMBERED.toLocaleString('en-US')} eSIMs, real n8n`,
		against: 'a trigger that is new',
		measured: `${ratio.toFixed(2)} × its speed, ${turnsInWords(ours)}, against ${turnsInWords(theirs)}`,
		target: '1 ×, at least 0.9',
		reached: ratio >= 0.9,
	});
}

async function withBench(
	env: Record<string, string>,
	work: (bench: Bench, credential: CredentialRef) => Promise<void>,
): Promise<void> {
	const bench = await startBench({}, env);
	try {
		const { n8n, simulator } = bench;
		await work(bench, await saveCredential(n8n.api, simulator, { urlToken: TOKEN }));
	} finally {
		await bench.stop();
	}
}

async function main(): Promise<void> {
	await withBench({}, async (bench, credential) =>
		compare(await measure(bench, credential, PUSHES), 'as it comes', await limitOfEngine(bench)),
	);
	await withBench(LAZY_ENGINE, async (bench, credential) => {
		// as long as the turns before: it is three times as fast
		const turns = await measure(bench, credential, 3 * PUSHES);
		compare(turns, 'engine only when needed', await limitOfOnce(bench));
		await growth(bench, credential);
	});
}

void main();
