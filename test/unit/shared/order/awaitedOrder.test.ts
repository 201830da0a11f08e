import type { RequestContext } from '../../../../nodes/Microesim/shared/context';
import { AwaitedOrder } from '../../../../nodes/Microesim/shared/order/awaitedOrder';
import { forgetBookings, noteBooking } from '../../../../nodes/Microesim/shared/order/bookings';
import { forgetUsualAge, usualFirstLook } from '../../../../nodes/Microesim/shared/order/looks';

const FIRST_MS = 5000;

beforeEach(() => {
	jest.useFakeTimers({ now: 1_000_000_000 });
	answers.length = 0;
	forgetBookings();
	forgetUsualAge();
});
afterEach(() => jest.useRealTimers());

/** What MicroeSIM answers to the next looks. */
const answers: object[] = [];
const context = {
	getCredentials: async () => ({
		environment: 'custom',
		baseUrl: 'http://127.0.0.1:1',
		account: 'account',
		secret: 'secret',
		salt: '0011223344556677',
	}),
	getNode: () => ({ name: 'Node' }),
	helpers: {
		httpRequestWithAuthentication: async () => ({
			body: JSON.stringify(answers.shift()),
			statusCode: 200,
			headers: {},
		}),
	},
} as unknown as RequestContext;

const order = () => new AwaitedOrder(context, 'T1', 0);

const shows = (result: object) =>
	answers.push({ code: 1, msg: 'Success', result: { topup_id: 'T1', ...result } });
const isNotKnown = () => answers.push({ code: 9404, msg: 'No results were found' });

const READY = { number: 1, device_id: ['1'], device_ids: ['1'], lpa_str: ['LPA:1$a.b$c'] };
const OPEN = { number: 1, device_ids: [], lpa_str: [] };

describe('an order that this process placed', () => {
	beforeEach(() => noteBooking('T1'));

	it('is first looked at by its age, however late the wait begins', () => {
		expect(order().firstPauseMs()).toBe(FIRST_MS);
		jest.advanceTimersByTime(3000);
		expect(order().firstPauseMs()).toBe(FIRST_MS - 3000);
		jest.advanceTimersByTime(60_000);
		expect(order().firstPauseMs()).toBe(0);
	});

	it('has its age from the booking, whatever the clock of MicroeSIM says', async () => {
		const one = order();
		shows({ ...OPEN, create_time: '1970-01-01 08:00:00' });
		jest.advanceTimersByTime(50_000);
		await one.look();
		expect(one.pauseMs(0)).toBe(5000);
	});

	/** The first look, then another one that finds the order ready. */
	async function looks(first: () => void): Promise<number> {
		const one = order();
		jest.advanceTimersByTime(one.firstPauseMs());
		first();
		await one.look();
		shows(READY);
		jest.advanceTimersByTime(one.pauseMs(FIRST_MS));
		await one.look();
		return usualFirstLook.ageMs;
	}

	it.each([
		['not ready', () => shows(OPEN), FIRST_MS + 100],
		['not known yet', isNotKnown, FIRST_MS + 100],
		['ready', () => shows(READY), FIRST_MS - 900],
		['of a "Local" plan', () => shows({ ...OPEN, channel_dataplan_name: 'Local 5' }), FIRST_MS],
	])('that its first look finds %s teaches when to look at the next', async (_, first, age) => {
		expect(await looks(first)).toBe(age);
	});

	it('teaches nothing when it is looked at before its time', async () => {
		const one = order();
		one.firstPauseMs();
		shows(READY);
		await one.look();
		expect(usualFirstLook.ageMs).toBe(FIRST_MS);
	});
});

describe('an order of another process', () => {
	it('is looked at at once, and then when an order of its age can be ready', async () => {
		const one = order();
		expect(one.firstPauseMs()).toBe(0);
		shows({ ...OPEN, create_time: '1970-01-12 21:46:39' });
		await one.look();
		expect(one.pauseMs(0)).toBe(4000);
	});

	it('that is not known yet is as old as the wait', async () => {
		const one = order();
		isNotKnown();
		await one.look();
		expect(one.pauseMs(50_000)).toBe(5000);
	});
});
