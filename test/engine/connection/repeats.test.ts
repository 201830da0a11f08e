import type { Fault } from '../../../simulator';
import { useFastClock } from '../support/fastClock';
import { seenError, sentTo } from '../support/look';
import { useStranger } from '../support/stranger';
import { useTimeouts } from '../support/timeouts';
import { useBench } from '../support/useBench';

useFastClock(10);

const bench = useBench({ balance: 1234.5 });
const stranger = useStranger();
const waitAtMost = useTimeouts();

const read = async () => await bench.run('account', 'getBalance');
const asked = () => sentTo(bench.simulator, 'accountBalance');

/** A server asks to come back soon, so that the tests need not sleep. */
const soon = { 'Retry-After': '0.01' };
const http = (status: number, body = '', contentType = 'application/json'): Fault => ({
	kind: 'http',
	status,
	body,
	contentType,
	headers: soon,
});

it('sends a request without fields with a valid signature and no body', async () => {
	expect((await read()).json()).toEqual([
		{ balance: 1234.5, currency: 'HKD', account: 'simulator-account' },
	]);
	expect(asked()).toHaveLength(1);
	expect(asked()[0]).toMatchObject({
		method: 'POST',
		fields: {},
		signature: 'valid',
		transferEncoding: undefined,
	});
});

describe('a read is repeated, freshly signed,', () => {
	it.each([
		['HTTP 500', http(500)],
		['HTTP 502 with a web page', http(502, '<html></html>', 'text/html')],
		['HTTP 503 with JSON', http(503, '{"code":503,"msg":"busy"}')],
		['HTTP 429', http(429, '{"code":1029,"msg":"Too many requests"}')],
		['HTTP 429 without JSON', http(429, 'slow down', 'text/plain')],
	])('three times after %s, and may succeed the third time', async (_name, fault) => {
		bench.simulator.faults.next('accountBalance', fault, 3);
		const result = await read();
		expect(result.error()).toBeUndefined();
		expect(result.json()[0]?.balance).toBe(1234.5);
		expect(asked().map(({ signature }) => signature)).toEqual(['valid', 'valid', 'valid', 'valid']);
	});

	it('at most three times, then says what came last', async () => {
		bench.simulator.faults.always('accountBalance', http(503, '<html>down</html>', 'text/html'));
		const error = seenError(await read());
		expect(error.message).toContain(
			'MicroeSIM answered reading the balance with a web page instead of data (HTTP 503)',
		);
		expect(error.message).toContain('[item 0]');
		expect(error.description).toContain('Try again in a few minutes');
		expect(error.httpCode).toBe('503');
		expect(asked()).toHaveLength(4);
	});

	it('after a cut connection and after a slow answer', async () => {
		waitAtMost('balance', 3000);
		bench.simulator.faults.next('accountBalance', { kind: 'cutBefore' });
		bench.simulator.faults.next('accountBalance', { kind: 'slow', ms: 20_000 });
		expect((await read()).json()[0]?.balance).toBe(1234.5);
		expect(asked().map(({ signature }) => signature)).toEqual(['valid', 'valid', 'valid']);
	});

	it('when the answer is cut in the middle, and then says so', async () => {
		bench.simulator.faults.always('accountBalance', { kind: 'cutMidBody' });
		const error = seenError(await read());
		expect(error.message).toContain(
			'closed the connection before its answer was complete (reading the balance)',
		);
		expect(error.description).toContain('Check the network');
		expect(asked()).toHaveLength(4);
	});
});

it('says that no answer came in time, after as many attempts', async () => {
	waitAtMost('balance', 5000);
	bench.simulator.faults.always('accountBalance', { kind: 'slow', ms: 20_000 });
	const error = seenError(await read());
	expect(error.message).toContain('MicroeSIM did not answer in time (reading the balance)');
	expect(error.description).toContain('Check the network');
	expect(asked()).toHaveLength(4);
});

describe('a read is not repeated', () => {
	const envelope = '{"code":77,"msg":"Not today"}';
	it.each([
		[400, envelope, '"Not today" (code 77)', 'what MicroeSIM said'],
		[401, envelope, '"Not today" (code 77)', 'Check Environment, Account, Secret and Salt'],
		[403, '', 'an empty answer (HTTP 403)', 'Check Environment, Account, Secret and Salt'],
		[404, '<html></html>', 'a web page instead of data (HTTP 404)', 'Base URL'],
		[409, 'no', '(HTTP 409)', 'try again'],
	])('after HTTP %i', async (status, body, says, advice) => {
		bench.simulator.faults.always('accountBalance', http(status, body));
		const error = seenError(await read());
		expect(error.message).toContain(says);
		expect(error.description).toContain(advice);
		expect(error.httpCode).toBe(String(status));
		expect(asked()).toHaveLength(1);
	});

	it.each([301, 302, 303, 307, 308])('and not sent elsewhere after HTTP %i', async (status) => {
		const headers = { Location: `${stranger.url}/allesim/v1/accountBalance` };
		bench.simulator.faults.always('accountBalance', { kind: 'http', status, headers });
		const error = seenError(await read());
		expect(error.message).toContain(`(HTTP ${status})`);
		expect(error.description).toContain('redirected, which is not followed');
		expect(asked()).toHaveLength(1);
		expect(stranger.seen).toEqual([]);
	});

	it.each<[Fault, string]>([
		[{ kind: 'html200' }, 'a web page instead of data (HTTP 200)'],
		[{ kind: 'emptyBody' }, 'an empty answer (HTTP 200)'],
		[{ kind: 'badJson' }, 'an answer that is not the JSON the API document describes (HTTP 200)'],
		[http(200, '[1,2]'), 'not the JSON the API document describes'],
		[http(200, 'null'), 'not the JSON the API document describes'],
		[http(200, '{"code":null,"msg":"x"}'), 'not the JSON the API document describes'],
		[http(200, '{"status":"UP"}'), 'not the JSON the API document describes'],
	])('after %j, which is no answer of MicroeSIM', async (fault, says) => {
		bench.simulator.faults.always('accountBalance', fault);
		const error = seenError(await read());
		expect(error.message).toContain(says);
		expect(error.description).toContain('Check Environment and Base URL');
		expect(asked()).toHaveLength(1);
	});
});

describe('calls that change something are never repeated:', () => {
	it.each([
		['terminate', 'esim', 'terminate', { topupId: '1', deviceId: '2' }],
		[
			'topupDetail-async',
			'order',
			'requestCallback',
			{ topupId: '1', callbackUrl: 'http://127.0.0.1:9/x' },
		],
	])('%s', async (endpoint, resource, operation, parameters) => {
		for (const fault of [http(502), http(429), { kind: 'cutAfter' } as const]) {
			bench.forgetRequests();
			bench.simulator.faults.always(endpoint, fault);
			expect((await bench.run(resource, operation, parameters)).error()).toBeDefined();
			expect(sentTo(bench.simulator, endpoint)).toHaveLength(1);
		}
	});
});
