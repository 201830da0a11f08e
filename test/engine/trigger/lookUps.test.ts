import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { useFastClock } from '../support/fastClock';
import { post, pushFields, useTriggerBench } from './support';

/** What pushes, true or forged, cost MicroeSIM, and how long their senders wait. */

useFastClock(2);
const sleep = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

const bench = useTriggerBench();
beforeEach(() => bench.simulator.forgetMostOpen());

const UNKNOWN = { kind: 'code', code: 9420, msg: 'No results were found' } as const;
const forged = (index: number) => ({
	topup_id: String(202_308_161_431_187_000_000_000n + BigInt(index)),
	device_id: String(9_000_024_000_000_000 + index),
	lpa_str: 'LPA:1$smdp.example.com$A',
});
const lookUps = () =>
	bench.simulator.requests.filter(({ endpoint }) => endpoint === 'deviceDetail').length;

describe('an eSIM that MicroeSIM does not know', () => {
	it('is looked up once more, because a push can be faster than the order', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		bench.simulator.faults.next('deviceDetail', UNKNOWN);
		expect((await post(webhook.url, body)).status).toBe(200);
		expect(lookUps()).toBe(2);
		expect(webhook.runs).toHaveLength(1);
	});

	it('must come again after the second look, and is not asked for again at once', async () => {
		const webhook = await bench.serve();
		const body = pushFields(await bench.buy());
		bench.simulator.faults.next('deviceDetail', UNKNOWN, 2);
		const statuses = [];
		for (let delivery = 0; delivery < 4; delivery++)
			statuses.push((await post(webhook.url, body)).status);
		expect(statuses).toEqual([503, 503, 503, 503]);
		expect(lookUps()).toBe(2);
		// MicroeSIM sends it again after five seconds: by then it is asked for
		await sleep(5000);
		expect((await post(webhook.url, body)).status).toBe(200);
		expect(lookUps()).toBe(3);
		expect(webhook.runs).toHaveLength(1);
	});

	it('is asked for once where many deliveries of it come at the same moment', async () => {
		const webhook = await bench.serve();
		const answers = await Promise.all(
			Array.from({ length: 30 }, async () => await post(webhook.url, forged(1))),
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
		expect(lookUps()).toBe(2);
	});

	it.each(['topup_id', 'device_id'])('is not asked for where its %s can be none', async (field) => {
		const webhook = await bench.serve();
		for (const id of [
			'1 2',
			'../etc',
			'<b>',
			"1'--",
			'ä',
			'9'.repeat(65),
			'1&x=2',
			'1\n2',
			'null',
			'None',
		]) {
			const { status } = await post(webhook.url, { ...forged(2), [field]: id });
			expect([id, status]).toEqual([id, 400]);
		}
		expect(bench.simulator.requests).toEqual([]);
	});
});

it('300 forged pushes at once: at most five look-ups at a time, the rest must come again', async () => {
	bench.simulator.faults.always('deviceDetail', { kind: 'slow', ms: 150, untilOpen: 5 });
	const webhook = await bench.serve();
	const answers = await Promise.all(
		Array.from({ length: 300 }, async (_, index) => await post(webhook.url, forged(100 + index))),
	);
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
	expect(bench.simulator.mostOpen('deviceDetail')).toBe(5);
	expect(webhook.executions).toEqual([]);
});

describe('a push of many eSIMs', () => {
	const pushOf = async (quantity: number) => {
		const order = await bench.buy(quantity);
		return {
			topup_id: order.topup_id,
			device_id: order.esims.map(({ device_id }) => device_id),
			lpa_str: order.esims.map(({ lpa_str }) => lpa_str),
		};
	};

	it('is looked up side by side: 50 that take 400 ms each are one run', async () => {
		bench.simulator.faults.always('deviceDetail', { kind: 'slow', ms: 400, untilOpen: 5 });
		const webhook = await bench.serve();
		expect((await post(webhook.url, await pushOf(50))).status).toBe(200);
		expect(bench.simulator.mostOpen('deviceDetail')).toBe(5);
		expect(webhook.runs.map((items) => items.length)).toEqual([50]);
	});

	it('is handed on in parts where that takes too long, each eSIM once, and none is asked for twice', async () => {
		bench.simulator.faults.always('deviceDetail', { kind: 'slow', ms: 1500 });
		const webhook = await bench.serve();
		const body = await pushOf(60);
		const statuses = [];
		do statuses.push((await post(webhook.url, body)).status);
		while (statuses.at(-1) !== 200 && statuses.length < 10);
		expect([statuses[0], statuses.at(-1)]).toEqual([503, 200]);
		const handedOn = webhook.runs.flat().map(({ json }) => json.device_id);
		expect([...handedOn].sort()).toEqual([...body.device_id].sort());
		// those whose turn had come when the time was over are cut off, and asked for again
		expect(lookUps()).toBeLessThanOrEqual(60 + 5 * statuses.length);
	});
});

describe('an answer of MicroeSIM that never ends', () => {
	let server: Server;
	let open = 0;
	let url: string;
	beforeAll(async () => {
		server = createServer((request, response) => {
			open++;
			request.resume();
			response.writeHead(200, { 'Content-Type': 'application/json' });
			const drip = setInterval(() => response.write(' '), 100);
			response.on('close', () => {
				clearInterval(drip);
				open--;
			});
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	it('is cut off, the push must come again, and later ones are looked up', async () => {
		const credential = { ...bench.credential, baseUrl: url };
		const webhook = await bench.serve({}, { credential });
		const answers = await Promise.all(
			Array.from({ length: 6 }, async (_, index) => await post(webhook.url, forged(1000 + index))),
		);
		expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(503));
		while (open > 0) await sleep(20);
		const other = await bench.serve();
		expect((await post(other.url, pushFields(await bench.buy()))).status).toBe(200);
	});
});
