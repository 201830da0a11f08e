import type { Fault } from '../../../simulator';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';
import { items, seenError, sentTo, textOf } from '../support/look';
import { useStranger } from '../support/stranger';
import { useTimeouts } from '../support/timeouts';

const bench = useBench();
const stranger = useStranger();
const waitAtMost = useTimeouts();

const order = { planId: planById(SAMPLE_PLAN), customOrderNo: '={{ $json.value ?? "1001-1" }}' };

interface Case {
	fault: Fault | (() => Fault);
	says: string;
	/** Orders that stand in MicroeSIM's books afterwards. */
	booked: number;
}

const redirect = (status: number) => () =>
	({
		kind: 'http',
		status,
		headers: { Location: `${stranger.url}/allesim/v1/esimSubscribe` },
	}) as const;

const unknown: Record<string, Case> = {
	'a web page for HTTP 502 after booking': {
		fault: { kind: 'html502', booked: true },
		says: 'a web page instead of data (HTTP 502)',
		booked: 1,
	},
	'a web page for HTTP 502 without booking': {
		fault: { kind: 'html502' },
		says: '(HTTP 502)',
		booked: 0,
	},
	'a failure of the server in JSON': {
		fault: {
			kind: 'http',
			status: 500,
			body: '{"code":500,"msg":"carrier down"}',
			contentType: 'application/json',
			booked: true,
		},
		says: '"carrier down"',
		booked: 1,
	},
	'a web page with HTTP 200': {
		fault: { kind: 'html200', booked: true },
		says: 'a web page instead of data (HTTP 200)',
		booked: 1,
	},
	'an empty body': {
		fault: { kind: 'emptyBody', booked: true },
		says: 'an empty answer',
		booked: 1,
	},
	'JSON cut off': { fault: { kind: 'badJson', booked: true }, says: 'not the JSON', booked: 1 },
	'a connection cut before booking': {
		fault: { kind: 'cutBefore' },
		says: 'closed the connection',
		booked: 0,
	},
	'a connection cut after booking': {
		fault: { kind: 'cutAfter' },
		says: 'closed the connection',
		booked: 1,
	},
	'an answer cut in the middle': {
		fault: { kind: 'cutMidBody' },
		says: 'closed the connection',
		booked: 1,
	},
	'no answer in time': {
		fault: { kind: 'slow', ms: 20_000 },
		says: 'did not answer in time',
		booked: 1,
	},
	'HTTP 302': { fault: redirect(302), says: '(HTTP 302)', booked: 0 },
	'HTTP 307': { fault: redirect(307), says: '(HTTP 307)', booked: 0 },
	'HTTP 401 without an envelope': {
		fault: { kind: 'http', status: 401, body: '' },
		says: '(HTTP 401)',
		booked: 0,
	},
	'a success without an order ID': {
		fault: { kind: 'code', code: 1, msg: 'Success', booked: true },
		says: 'gave no order ID',
		booked: 1,
	},
};

const refused: Record<string, Case> = {
	'HTTP 401': { fault: { kind: 'unauthorized401' }, says: '"Unauthorized" (code 9401)', booked: 0 },
	'HTTP 429': {
		fault: { kind: 'tooMany429', retryAfterSeconds: 0.01 },
		says: '"Too many requests" (code 9429429)',
		booked: 0,
	},
	'a code nobody knows': {
		fault: { kind: 'code', code: 31337, msg: 'Nope' },
		says: '"Nope" (code 31337)',
		booked: 0,
	},
	'a code that is text': {
		fault: { kind: 'code', code: 'E-17', msg: 'Nope' },
		says: '"Nope" (code E-17)',
		booked: 0,
	},
};

const meet = (fault: Case['fault']): void => {
	waitAtMost('subscribe', 400);
	bench.simulator.faults.always('esimSubscribe', typeof fault === 'function' ? fault() : fault);
};

describe.each(Object.entries(unknown))('%s', (_name, { fault, says, booked }) => {
	it('leaves the order in doubt: sent exactly once, and the number to look for is named', async () => {
		meet(fault);
		const error = seenError(await bench.run('order', 'create', order));
		expect(error.message).toContain(says);
		expect(error.message).toContain('may have been bought');
		expect(error.message).toContain('"1001-1"');
		expect(error.message).toContain('[item 0]');
		expect(error.description).toContain('not sent again');
		expect(sentTo(bench.simulator, 'esimSubscribe')).toHaveLength(1);
		expect(bench.simulator.ledger).toHaveLength(booked);
		expect(stranger.seen).toEqual([]);
	});
});

describe.each(Object.entries(refused))('%s', (_name, { fault, says }) => {
	it('is a plain refusal: sent exactly once, nothing in doubt', async () => {
		meet(fault);
		const error = seenError(await bench.run('order', 'create', order));
		expect(error.message).toContain(says);
		expect(error.message).not.toContain('may have been bought');
		expect(sentTo(bench.simulator, 'esimSubscribe')).toHaveLength(1);
		expect(bench.simulator.ledger).toEqual([]);
	});
});

it('sends one request per item, goes on after a refusal and sends no more after a doubt, when it continues on fail', async () => {
	waitAtMost('subscribe', 400);
	const { faults } = bench.simulator;
	faults.after('esimSubscribe', 1, { kind: 'code', code: 7, msg: 'This plan is gone' });
	faults.after('esimSubscribe', 3, { kind: 'slow', ms: 20_000 });
	const result = await bench.run('order', 'create', order, {
		input: items('a', 'b', 'c', 'd', 'e', 'f'),
		onError: 'continueRegularOutput',
	});
	const sent = sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields.custom_order_no);
	expect(sent).toEqual(['a', 'b', 'c', 'd']);
	const [a, b, c, d, e, f] = result.json();
	expect([a?.topup_id, c?.topup_id]).toEqual(
		bench.simulator.ledger.slice(0, 2).map(({ topup_id }) => topup_id),
	);
	expect(textOf(b, 'error')).toContain('"This plan is gone"');
	expect(d).toMatchObject({ outcome: 'unknown', custom_order_no: 'd' });
	for (const [item, number] of [
		[e, 'e'],
		[f, 'f'],
	] as const) {
		expect(textOf(item, 'error')).toContain(
			`"${number}" was not sent, because the order "d" of item 3 failed before it`,
		);
	}
	expect(bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no)).toEqual([
		'a',
		'c',
		'd',
	]);
});

it('says plainly that an order did not leave when nobody listens', async () => {
	const credentials = { microesimApi: { ...bench.credential, baseUrl: 'http://127.0.0.1:9' } };
	const error = seenError(await bench.run('order', 'create', order, { credentials }));
	expect(error.message).toContain('the connection was refused');
	expect(error.message).not.toContain('may have been bought');
});

it('orders nothing more once the execution is stopped', async () => {
	const stop = new AbortController();
	bench.simulator.faults.after('esimSubscribe', 1, { kind: 'slow', ms: 20_000, book: false });
	const watch = setInterval(() => {
		if (sentTo(bench.simulator, 'esimSubscribe').length === 2) stop.abort();
	}, 10);
	const result = await bench.run('order', 'create', order, {
		input: items('a', 'b', 'c', 'd'),
		onError: 'continueRegularOutput',
		signal: stop.signal,
	});
	clearInterval(watch);
	expect(result.run.status).toBe('canceled');
	expect(
		sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields.custom_order_no),
	).toEqual(['a', 'b']);
});

it('says that an order may have been bought when the execution is stopped while it is on its way', async () => {
	const stop = new AbortController();
	bench.simulator.faults.always('esimSubscribe', { kind: 'slow', ms: 20_000 });
	const watch = setInterval(() => {
		if (bench.simulator.ledger.length === 1) stop.abort();
	}, 10);
	const result = await bench.run('order', 'create', order, { signal: stop.signal });
	clearInterval(watch);
	const error = result.error('Node');
	expect(error?.message).toContain('the execution was canceled');
	expect(error?.message).toContain('may have been bought');
	expect(error?.message).toContain('"1001-1"');
	expect(result.run.status).toBe('canceled');
});
