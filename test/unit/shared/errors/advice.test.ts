import {
	adviceFor,
	adviceForStatus,
	isUnknownOrder,
} from '../../../../nodes/Microesim/shared/errors/advice';

const MONEY = /Top up the account/;
const CREDENTIAL = /Account, Secret and Salt in the credential/;
const CLOCK = /clock of the machine/;
const PLAN = /Data Plan → Get Many/;
const SLOWER = /fewer requests/;

describe('advice on a refusal', () => {
	it.each([
		['Insufficient balance', MONEY],
		['balance is not enough', MONEY],
		['Credit limit reached', MONEY],
		['sign error', CREDENTIAL],
		['Signature verification failed', CREDENTIAL],
		['Unauthorized', CREDENTIAL],
		['account error', CREDENTIAL],
		['No permission', CREDENTIAL],
		['timestamp expired', CLOCK],
		['The timestamp is out of range', CLOCK],
		['nonce already used', /fresh nonce/],
		['activation_date is required', /Activation Date/],
		['Activation Date must be within 30 days', /Activation Date/],
		['data plan not found', PLAN],
		['The product is off the shelf', PLAN],
		['channel_dataplan_id error', PLAN],
		['No results were found', /Order ID and the Device ID/],
		['invalid topup_id', /Order ID and the Device ID/],
		['Too many requests', SLOWER],
		['System busy, try again later', SLOWER],
	])('fits what was said: %s', (text, expected) => {
		expect(adviceFor(text)).toMatch(expected);
	});

	// The most frequent refusals of all name the account, too.
	it.each([
		'Insufficient account balance',
		'Account balance is not enough',
		'The balance of your account is insufficient',
	])('is about money, not about the credential: %s', (text) => {
		expect(adviceFor(text)).toMatch(MONEY);
	});

	it.each(['The data plan has expired', 'This plan is expired'])(
		'is about the plan, not about the clock: %s',
		(text) => {
			expect(adviceFor(text)).toMatch(PLAN);
		},
	);

	it('is about the activation date, not about the clock', () => {
		expect(adviceFor('activation_date has expired')).toMatch(/Activation Date/);
	});

	it('is about the plan, not about the signature, when a word only contains "sign"', () => {
		expect(adviceFor('The designated plan is off sale')).toMatch(PLAN);
	});

	it('is about the pace, not about the credential', () => {
		expect(adviceFor('Too many requests for this account')).toMatch(SLOWER);
	});

	it('does not ask for money when a refund failed', () => {
		expect(adviceFor('Refund failed') ?? '').not.toMatch(MONEY);
	});

	it.each(['', 'fail', 'System error', '系统错误'])(
		'is missing where the text says nothing: %j',
		(text) => {
			expect(adviceFor(text)).toBeUndefined();
		},
	);
});

describe('advice on an HTTP status', () => {
	it.each([
		[401, CREDENTIAL],
		[403, CREDENTIAL],
		[404, /Environment and Base URL/],
		[429, SLOWER],
		[301, /redirected/],
		[302, /redirected/],
		[307, /redirected/],
		[500, /trouble of its own/],
		[502, /trouble of its own/],
		[504, /trouble of its own/],
	])('is given for %d', (status, expected) => {
		expect(adviceForStatus(status)).toMatch(expected);
	});

	it.each([200, 204, 400, 418])('is missing for %d, which says nothing by itself', (status) => {
		expect(adviceForStatus(status)).toBeUndefined();
	});
});

describe('an order that is not known yet', () => {
	it.each([
		'No results were found',
		'no result',
		'Order not found',
		'topup_id does not exist',
		'Invalid topup_id',
	])('is seen in "%s"', (text) => {
		expect(isUnknownOrder(text)).toBe(true);
	});

	it.each(['', 'sign error', 'Insufficient balance', 'Processing', 'System error'])(
		'is not seen in "%s"',
		(text) => {
			expect(isUnknownOrder(text)).toBe(false);
		},
	);

	// Waiting for such an order would take minutes and end with "it is paid and will come".
	it.each([
		'Account does not exist',
		'Account not found',
		'The secret of this account was not found',
	])('is not seen where the account is unknown: "%s"', (text) => {
		expect(isUnknownOrder(text)).toBe(false);
	});
});
