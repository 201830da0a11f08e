import { forgetOrders } from '../../inside';
import { useFastClock } from '../support/fastClock';
import { items, seenError } from '../support/look';
import { onTaking as onEachTaking } from '../support/onTaking';
import { useShop } from './support';

useFastClock(15);
const shop = useShop();

afterEach(() => jest.restoreAllMocks());

/** What n8n's database does the first so many times that a number is written down. */
function onTaking(act: (record: () => Promise<unknown>) => Promise<never>, times = Infinity): void {
	onEachTaking(shop.engine, async (record, call) =>
		call > times ? await record() : await act(record),
	);
}

const fail = async (): Promise<never> =>
	await Promise.reject(new Error('SQLITE_BUSY: database is locked'));

/** Once per process the store is tried out: that is no number. */
beforeAll(async () => {
	await shop.buy({ input: items('first') });
});

it('a database that does not take the number is said in our words, and the next run buys', async () => {
	const buy = shop.node();
	onTaking(fail);
	const error = seenError(await buy());
	expect(error.message).toContain('could not be written down');
	expect(error.description).toContain('database is locked');
	expect(shop.sent()).toEqual([]);
	jest.restoreAllMocks();
	await buy();
	expect(shop.booked()).toEqual(['1001-1']);
});

it('a database that is locked for a moment is asked again', async () => {
	onTaking(fail, 2);
	expect((await shop.buy()).json()).toHaveLength(1);
	expect(shop.booked()).toEqual(['1001-1']);
});

describe('a database that wrote the number down, but whose answer was lost', () => {
	const lose = () =>
		onTaking(async (record) => {
			await record();
			throw new Error('Connection terminated unexpectedly');
		}, 1);

	it('is no duplicate: the error says that the number could not be written down', async () => {
		lose();
		const error = seenError(await shop.buy());
		expect(error.message).toContain('could not be written down');
		expect(error.description).toContain('Nothing was sent');
		expect(shop.sent()).toEqual([]);
	});

	it('is no duplicate either where it is written a moment later', async () => {
		let late: (() => Promise<unknown>) | undefined;
		onTaking(async (record) => {
			late = record;
			return await Promise.reject(new Error('Connection terminated unexpectedly'));
		}, 1);
		const { duplicates } = shop.engine;
		const count = duplicates.getProcessedDataCount.bind(duplicates);
		jest.spyOn(duplicates, 'getProcessedDataCount').mockImplementation(async (...given) => {
			// The next look after the fault still sees nothing; what was lost is written behind it.
			const seen = await count(...given);
			await late?.();
			return seen;
		});
		expect(seenError(await shop.buy()).message).toContain('could not be written down');
		expect(shop.sent()).toEqual([]);
	});

	it('is told by the next run, too, instead of a duplicate that nobody has bought', async () => {
		const buy = shop.node();
		lose();
		await buy();
		const error = seenError(await buy());
		expect(error.message).toContain('An earlier try, whose order was not sent');
		expect(error.description).toContain('Look for the number at MicroeSIM');
		expect(shop.sent()).toEqual([]);
	});
});

it('another process that is faster by a moment has the number', async () => {
	const buy = shop.node();
	onTaking(async (record) => {
		await record();
		throw new Error('duplicate key value violates unique constraint "PK_processed_data"');
	}, 1);
	expect(seenError(await buy()).message).toContain('may have been bought');
	expect(shop.sent()).toEqual([]);
});

it('a database that says free and taken at once is said, and the run ends', async () => {
	onTaking(
		async () => await Promise.reject(new Error('duplicate key value violates a unique constraint')),
	);
	expect(seenError(await shop.buy()).message).toContain('could not be written down');
	expect(shop.sent()).toEqual([]);
});

it('a database that cannot be read is said, and nothing is sent', async () => {
	const buy = shop.node();
	await buy();
	forgetOrders();
	jest
		.spyOn(shop.engine.duplicates, 'getProcessedDataCount')
		.mockRejectedValue(new Error('ECONNRESET'));
	expect(seenError(await buy()).message).toContain('could not be written down');
	expect(shop.booked()).toEqual(['1001-1']);
});

it('a number that could not be freed says so, and the order that was refused is no doubt', async () => {
	const buy = shop.node();
	shop.simulator.faults.next('esimSubscribe', {
		kind: 'code',
		code: 7,
		msg: 'Insufficient balance',
	});
	jest
		.spyOn(shop.engine.duplicates, 'clearAllProcessedItems')
		.mockRejectedValue(new Error('SQLITE_BUSY'));
	const error = seenError(await buy());
	expect(error.message).toContain('Insufficient balance');
	expect(error.description).toContain('could not be freed (SQLITE_BUSY)');
	jest.restoreAllMocks();
	expect(seenError(await buy()).message).toContain('An earlier try, whose order was not sent');
	expect(shop.booked()).toEqual([]);
});

it('what failed before the order left keeps no number', async () => {
	const buy = shop.node({ mustBeOnSale: true });
	shop.simulator.faults.always('esimDataplanListPage', {
		kind: 'code',
		code: 9,
		msg: 'System error',
	});
	seenError(await buy());
	shop.simulator.faults.clear();
	forgetOrders();
	expect((await buy()).json()[0]).not.toHaveProperty('duplicate');
	expect(shop.booked()).toEqual(['1001-1']);
});
