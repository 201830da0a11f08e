import type { Fault } from '../../../simulator';
import { forgetOrders } from '../../inside';
import { seenError, sentTo } from '../support/look';
import { SAMPLE_PLAN } from '../support/microesim';
import { useStranger } from '../support/stranger';
import { useTimeouts } from '../support/timeouts';
import { useShop } from './support';

const shop = useShop();
const stranger = useStranger();
const waitAtMost = useTimeouts();

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
	'a code and a text nobody knows': {
		fault: { kind: 'code', code: 31337, msg: 'Nope' },
		says: '"Nope" (code 31337)',
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
	'a text that is known': {
		fault: { kind: 'code', code: 31337, msg: '余额不足' },
		says: '"余额不足" (code 31337)',
		booked: 0,
	},
	'a code that is text': {
		fault: { kind: 'code', code: 'E-17', msg: 'Parameter error' },
		says: '"Parameter error" (code E-17)',
		booked: 0,
	},
};

const meet = (fault: Case['fault']): void => {
	const met = typeof fault === 'function' ? fault() : fault;
	if (met.kind === 'slow') waitAtMost('subscribe', 2000);
	shop.simulator.faults.always('esimSubscribe', met);
};

describe.each(Object.entries(unknown))('%s', (_name, { fault, says, booked }) => {
	it('leaves the order in doubt: sent exactly once, and the number to look for is named', async () => {
		meet(fault);
		const error = seenError(await shop.buy());
		expect(error.message).toBe(
			'The order "1001-1" may have been bought: look for it at MicroeSIM before ordering again [item 0]',
		);
		expect(error.description).toMatch(
			new RegExp(`^MicroeSIM .*\\. Plan ${SAMPLE_PLAN}, quantity 1, `),
		);
		expect(error.description).toContain(says);
		expect(error.description).toContain('not sent again');
		expect(sentTo(shop.simulator, 'esimSubscribe')).toHaveLength(1);
		expect(shop.simulator.ledger).toHaveLength(booked);
		expect(stranger.seen).toEqual([]);
	});
});

describe.each(Object.entries(refused))('%s', (_name, { fault, says }) => {
	it('is a plain refusal: sent exactly once, nothing in doubt', async () => {
		meet(fault);
		const error = seenError(await shop.buy());
		expect(error.message).toContain(says);
		expect(error.message).not.toContain('may have been bought');
		expect(sentTo(shop.simulator, 'esimSubscribe')).toHaveLength(1);
		expect(shop.simulator.ledger).toEqual([]);
	});
});

it('says plainly that an order did not leave when nobody listens', async () => {
	const credentials = { microesimApi: { ...shop.credential, baseUrl: 'http://127.0.0.1:9' } };
	const error = seenError(await shop.buy({ credentials }));
	expect(error.message).toContain('the connection was refused');
	expect(error.message).not.toContain('may have been bought');
});

describe('an order in doubt', () => {
	it.each([
		['cut after it was booked', { kind: 'cutAfter' }, 1],
		['cut before it was booked', { kind: 'cutBefore' }, 0],
		['answered with a web page', { kind: 'html502', booked: true }, 1],
	] as const)('keeps its number when it was %s', async (_name, fault, booked) => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', fault);
		seenError(await buy());
		expect(seenError(await buy()).message).toContain('may have been bought');
		forgetOrders();
		expect(seenError(await buy()).message).toContain('may have been bought');
		expect(shop.simulator.ledger).toHaveLength(booked);
	});

	it.each([
		['continueRegularOutput', 0],
		['continueErrorOutput', 1],
	] as const)(
		'is told beside its error (%s), and so is that nothing was bought',
		async (onError, output) => {
			const told = async (fault: Fault) => {
				shop.simulator.faults.next('esimSubscribe', fault);
				const [item] = (await shop.buy({ onError })).json('Node', output);
				return item!.details ?? item;
			};
			expect(await told({ kind: 'code', code: 7, msg: 'Insufficient balance' })).toMatchObject({
				outcome: 'not_bought',
				custom_order_no: '1001-1',
			});
			expect(await told({ kind: 'cutAfter' })).toMatchObject({
				outcome: 'unknown',
				custom_order_no: '1001-1',
			});
		},
	);

	it('a JSON answer HTTP 408 from a gateway does not free the number', async () => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'http',
			status: 408,
			body: '{"code":408,"msg":"Request timeout"}',
			contentType: 'application/json',
			booked: true,
		});
		await buy();
		await buy();
		expect(shop.booked()).toHaveLength(1);
	});
});

describe('a duplicate of an order in doubt', () => {
	it('does not say for certain that it was ordered', async () => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutBefore' });
		const buy = shop.node({ ifDuplicate: 'error' });
		await buy();
		expect(seenError(await buy()).message).toContain('may have been');
	});
});
