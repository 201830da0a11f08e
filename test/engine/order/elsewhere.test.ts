import { forgetOrders } from '../../inside';
import type { RunResult } from '../harness';
import { useFastClock } from '../support/fastClock';
import { items, seenError } from '../support/look';
import { useShop } from './support';

useFastClock(15);
const shop = useShop();

afterEach(() => {
	jest.restoreAllMocks();
	forgetOrders();
});

type Run = ReturnType<typeof shop.node>;

/** Begins a run, and forgets it while its order is on its way, as another process of n8n does not know of it. */
async function beginElsewhere(run: Run): Promise<{ end: Promise<RunResult> }> {
	shop.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 6000, book: false });
	const end = run();
	while (shop.sent().length === 0) await new Promise(setImmediate);
	forgetOrders();
	return { end };
}

/** Leaves numbers in doubt, in a process that is no more; `told` is whether it could write that down. */
async function leaveInDoubt(buy: Run, numbers: string[], told: boolean): Promise<void> {
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	const spy = jest.spyOn(duplicates, 'checkProcessedAndRecord');
	spy.mockImplementation(async (...given) => {
		if (!told && given[0].includes('doubt')) throw new Error('The process was killed.');
		return await record(...given);
	});
	for (const value of numbers) {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await buy({ input: items(value) });
	}
	spy.mockRestore();
	forgetOrders();
}

/** The numbers of whose end n8n's store is asked more than twice; a row's name is only there while it is asked. */
function numbersAskedAgain(): () => number {
	const asked = new Map<string, number>();
	const { duplicates } = shop.engine;
	const count = duplicates.getProcessedDataCount.bind(duplicates);
	jest.spyOn(duplicates, 'getProcessedDataCount').mockImplementation(async (...given) => {
		const { id } = given[1].node!;
		if (id.endsWith(':end')) asked.set(id, (asked.get(id) ?? 0) + 1);
		return await count(...given);
	});
	return () => [...asked.values()].filter((times) => times > 2).length;
}

describe('a number whose order is on its way in another process', () => {
	it('is waited for, and is a duplicate then', async () => {
		const buy = shop.node();
		const first = await beginElsewhere(buy);
		expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'bought' }]);
		expect((await first.end).json()[0]?.topup_id).toBe(shop.simulator.ledger[0]?.topup_id);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('is ordered here when it was refused there', async () => {
		const { balance } = shop.simulator;
		shop.simulator.balance = 0;
		const buy = shop.node();
		const first = await beginElsewhere(buy);
		const second = buy();
		seenError(await first.end);
		shop.simulator.balance = balance;
		expect((await second).json()[0]?.topup_id).toBe(shop.simulator.ledger[0]?.topup_id);
		expect(shop.booked()).toEqual(['1001-1']);
	});
});

describe('numbers that another process left in doubt', () => {
	it.each([
		['are errors at once', true, 0],
		[
			'are errors after a while where it was killed, and the first one alone is waited for',
			false,
			1,
		],
	] as const)('%s', async (_name, told, waitedFor) => {
		const numbers = ['a', 'b', 'c'];
		const buy = shop.node();
		await leaveInDoubt(buy, numbers, told);
		const askedAgain = numbersAskedAgain();
		const again = await buy({ input: items(...numbers, 'd'), onError: 'continueErrorOutput' });
		const errors = again.json('Node', 1).map(({ error }) => error);
		expect(errors).toEqual(numbers.map(() => expect.stringContaining('may have been bought')));
		expect(again.json('Node', 0)).toMatchObject([{ custom_order_no: 'd' }]);
		expect(askedAgain()).toBe(waitedFor);
	});
});
