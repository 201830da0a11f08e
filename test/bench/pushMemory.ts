/**
 * What a push costs a trigger that remembers few others, and one whose memory is full (10,000): all are different
 * eSIMs, one after another, with one run each.
 *
 *   npm run bench -- pushMemory [pushes]
 */
import { startBench } from '../engine/support/microesim';

const PUSHES = Number(process.argv[2] ?? 11_000);
/** Compared at either end. */
const SOME = Math.min(500, Math.floor(PUSHES / 2));

const median = (times: number[]): number =>
	[...times].sort((one, other) => one - other)[Math.floor(times.length / 2)]!;

async function main(): Promise<void> {
	const { engine, credential, stop } = await startBench();
	const webhook = await engine.serveWebhook({
		node: {
			name: 'MicroeSIM Trigger',
			type: 'n8n-nodes-microesim.microesimTrigger',
			parameters: { verifyBy: 'nothing', urlToken: 'abc' },
		},
		credentials: { microesimApi: credential },
	});
	const times: number[] = [];
	for (let index = 0; index < PUSHES; index++) {
		const since = performance.now();
		const { status } = await fetch(`${webhook.url}?token=abc`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({
				topup_id: String(202_308_161_431_187_000_000_000n + BigInt(index)),
				device_id: String(9_000_024_000_000_000 + index),
				lpa_str: 'LPA:1$smdp.example.com$A',
			}),
		});
		times.push(performance.now() - since);
		if (status !== 200) throw new Error(`push ${index} was answered ${status}`);
		for (const kept of [webhook.runs, webhook.executions]) kept.length = 0;
	}
	const [first, last] = [times.slice(SOME, 2 * SOME), times.slice(-SOME)].map(median);
	process.stdout.write(
		`${PUSHES} pushes: with some ${SOME} received before ${first!.toFixed(2)} ms, with ${PUSHES - SOME} ${last!.toFixed(2)} ms: ${(last! / first!).toFixed(2)} ×\n`,
	);
	await webhook.stop();
	await stop();
	engine.close();
}

void main();
