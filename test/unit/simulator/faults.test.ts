import { startSimulator, type Fault, type Simulator } from '../../../simulator/index';
import { get, JAPAN_3, post, type Received } from './client';

let sim: Simulator;
beforeEach(async () => {
	sim = await startSimulator({ clock: { mode: 'manual' } });
});
afterEach(() => sim.stop());

const subscribe = (giveUp?: AbortSignal) =>
	post(sim, 'esimSubscribe', { number: '1', channel_dataplan_id: JAPAN_3 }, undefined, giveUp);
const codeOf = ({ text }: Received) => (JSON.parse(text) as { code: unknown }).code;

describe('bad answers', () => {
	const cases: Array<[string, Fault, (answer: Received) => void]> = [
		[
			'http',
			{ kind: 'http', status: 503, body: '{}', headers: { 'Retry-After': '7' } },
			({ status, headers, text }) =>
				expect([status, headers['retry-after'], text]).toEqual([503, '7', '{}']),
		],
		[
			'a redirect',
			{ kind: 'http', status: 307, headers: { Location: 'http://127.0.0.1:9/' } },
			({ status, headers }) =>
				expect([status, headers.location]).toEqual([307, 'http://127.0.0.1:9/']),
		],
		[
			'html502',
			{ kind: 'html502' },
			({ status, headers, text }) =>
				expect([status, headers['content-type'], text]).toEqual([
					502,
					expect.stringContaining('text/html'),
					expect.stringContaining('<html>'),
				]),
		],
		[
			'html200',
			{ kind: 'html200' },
			({ status, text }) =>
				expect([status, text]).toEqual([200, expect.stringContaining('<html>')]),
		],
		['unauthorized401', { kind: 'unauthorized401' }, ({ status }) => expect(status).toBe(401)],
		[
			'tooMany429',
			{ kind: 'tooMany429', retryAfterSeconds: 3 },
			({ status, headers }) => expect([status, headers['retry-after']]).toEqual([429, '3']),
		],
		[
			'badJson',
			{ kind: 'badJson' },
			({ status, text }) => {
				expect(status).toBe(200);
				expect(() => JSON.parse(text) as unknown).toThrow();
			},
		],
		[
			'emptyBody',
			{ kind: 'emptyBody' },
			({ status, text }) => expect([status, text]).toEqual([200, '']),
		],
		[
			'code',
			{ kind: 'code', code: '-7', msg: 'no', result: null },
			({ status, text }) =>
				expect([status, text]).toEqual([200, '{"code":"-7","msg":"no","result":null}']),
		],
	];

	it.each(cases)('%s, nothing booked', async (_name, fault, check) => {
		sim.faults.next('esimSubscribe', fault);
		check(await subscribe());
		expect(sim.ledger).toHaveLength(0);
		expect(sim.requests[0]?.fault).toBe(fault.kind);
		expect(codeOf(await subscribe())).toBe(1);
	});

	it.each(
		cases.filter(([, fault]) => fault.kind !== 'unauthorized401' && fault.kind !== 'tooMany429'),
	)('%s, after booking', async (_name, fault, check) => {
		sim.faults.next('esimSubscribe', { ...fault, booked: true } as Fault);
		check(await subscribe());
		expect(sim.ledger).toHaveLength(1);
	});

	it('work for reads too', async () => {
		sim.faults.next('esimDataplanListPage', { kind: 'html502' });
		expect((await get(sim, 'esimDataplanListPage?pageNo=1&pageSize=5')).status).toBe(502);
	});
});

describe('cut connections', () => {
	it.each([
		['cutBefore', 0],
		['cutAfter', 1],
		['cutMidBody', 1],
	] as const)('%s leaves %i booked', async (kind, booked) => {
		sim.faults.next('esimSubscribe', { kind });
		await expect(subscribe()).rejects.toThrow(/hang up|aborted|ECONNRESET/);
		expect(sim.ledger).toHaveLength(booked);
		expect(sim.requests[0]?.status).toBeNull();
	});

	it('books nothing for a wrong signature, whatever the fault', async () => {
		sim.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await expect(
			post(sim, 'esimSubscribe', { number: '1', channel_dataplan_id: JAPAN_3 }, {}),
		).rejects.toThrow();
		expect(sim.ledger).toHaveLength(0);
	});
});

describe('slow answers', () => {
	it('come after all', async () => {
		sim.faults.next('esimSubscribe', { kind: 'slow', ms: 5 });
		expect(codeOf(await subscribe())).toBe(1);
		expect(sim.ledger).toHaveLength(1);
	});

	const abandon = async (book: boolean) => {
		const lines: string[] = [];
		await sim.stop();
		sim = await startSimulator({ log: (line) => lines.push(line) });
		sim.faults.next('esimSubscribe', { kind: 'slow', ms: 3_600_000, book });
		const giveUp = new AbortController();
		const answer = subscribe(giveUp.signal);
		while (sim.requests[0]?.fault === undefined)
			await new Promise((resolve) => setImmediate(resolve));
		giveUp.abort();
		await expect(answer).rejects.toThrow();
		while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve));
		expect(lines).toEqual(['POST /allesim/v1/esimSubscribe connection cut, fault slow']);
	};

	it('are booked on arrival when the client gives up', async () => {
		await abandon(true);
		expect(sim.ledger).toHaveLength(1);
	});

	it('are never booked for a client that gave up, with book: false', async () => {
		await abandon(false);
		expect(sim.ledger).toHaveLength(0);
	});

	it('do not keep the simulator from ending', async () => {
		sim.faults.next('esimSubscribe', { kind: 'slow', ms: 3_600_000 });
		const answer = subscribe().catch(() => undefined);
		while (sim.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
		await sim.stop();
		await answer;
		expect(sim.ledger).toHaveLength(1);
	});
});

describe('which requests are hit', () => {
	const fault: Fault = { kind: 'http', status: 500 };
	const statuses = async (count: number) => {
		const found: number[] = [];
		for (let i = 0; i < count; i++) found.push((await post(sim, 'accountBalance')).status);
		return found;
	};

	it('next: so many, then none', async () => {
		sim.faults.next('accountBalance', fault, 2);
		expect(await statuses(3)).toEqual([500, 500, 200]);
	});

	it('next twice: one after the other', async () => {
		sim.faults.next('accountBalance', fault);
		sim.faults.next('accountBalance', { kind: 'html502' });
		expect(await statuses(3)).toEqual([500, 502, 200]);
	});

	it('after: some go well first', async () => {
		sim.faults.after('accountBalance', 2, fault);
		expect(await statuses(4)).toEqual([200, 200, 500, 200]);
	});

	it('always: until cleared', async () => {
		sim.faults.always('accountBalance', fault);
		expect(await statuses(2)).toEqual([500, 500]);
		sim.faults.clear();
		expect(await statuses(1)).toEqual([200]);
	});

	it('only the endpoint named, or any with *', async () => {
		sim.faults.next('topupDetail', fault);
		expect(await statuses(1)).toEqual([200]);
		sim.faults.next('*', { kind: 'html502' });
		expect(await statuses(1)).toEqual([502]);
	});
});
