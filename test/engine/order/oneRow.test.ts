import '../harness/environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import { ExecuteContext } from 'n8n-core';
import { createHash } from 'node:crypto';

import { forgetOnce, forgetOrders } from '../../inside';
import type { RunResult } from '../harness';
import { items, seenError } from '../support/look';
import { useShop } from './support';

const shop = useShop();

/** The numbers that items say to be in doubt. */
const doubtsIn = (result: RunResult) =>
	result
		.json()
		.map(({ outcome, custom_order_no }) => (outcome === 'unknown' ? custom_order_no : undefined));

beforeEach(() => forgetOnce());
afterEach(() => {
	jest.restoreAllMocks();
	forgetOrders();
});

const calls = () => {
	const { duplicates } = shop.engine;
	const spies = [
		jest.spyOn(duplicates, 'checkProcessedAndRecord'),
		jest.spyOn(duplicates, 'getProcessedDataCount'),
	] as const;
	return {
		nodeIds: () =>
			spies
				.flatMap((spy) =>
					spy.mock.calls.map(
						(given) => (given as unknown[])[spy === spies[0] ? 2 : 1] as { node: { id: string } },
					),
				)
				.map(({ node }) => node.id),
	};
};

describe('the row of a number', () => {
	it('is one per number, beside that of its end, and the node has its own id again behind each call', async () => {
		const { duplicates } = shop.engine;
		const before = duplicates.size;
		await shop.buy({ input: items('a', 'b', 'c'), node: { id: 'the-node' } });
		expect(duplicates.size - before).toBe(6);
		const seen = calls();
		await shop.buy({ input: items('d'), node: { id: 'the-node' } });
		expect(seen.nodeIds().every((id) => id === 'the-node')).toBe(true);
	});

	it('is gone when the order was refused', async () => {
		const { duplicates } = shop.engine;
		await shop.buy({ input: items('first') });
		const before = duplicates.size;
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'Insufficient balance',
		});
		await shop.buy({ input: items('a') });
		expect(duplicates.size).toBe(before);
	});

	it('tells after a restart that its order was bought', async () => {
		const buy = shop.node();
		await buy();
		forgetOrders();
		expect((await buy()).json()).toMatchObject([{ duplicate: true, outcome: 'bought' }]);
	});

	it('tells after a restart that its order was left in doubt', async () => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await buy();
		forgetOrders();
		expect(seenError(await buy()).message).toContain('may have been bought');
	});

	it('stays, however many numbers come after it', async () => {
		const workflowId = 'many-numbers';
		const id = '00000000-0000-4000-8000-000000000002';
		const buy = async () => await shop.node()({ workflowId, node: { id } });
		await buy();
		const context = { workflow: { id: workflowId, active: true }, node: { id } as never };
		const others = Array.from({ length: 10_000 }, (_, index) => `other-${index}`);
		await shop.engine.duplicates.checkProcessedAndRecord(others, 'node', context, {
			mode: 'entries',
			maxEntries: 10_000,
		});
		forgetOrders();
		expect((await buy()).json()).toMatchObject([{ duplicate: true }]);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('costs the same, however many numbers are kept', async () => {
		const buy = shop.node();
		await buy({ input: items('first') });
		const cost = async (number: string) => {
			const spies = [
				jest.spyOn(shop.engine.duplicates, 'checkProcessedAndRecord'),
				jest.spyOn(shop.engine.duplicates, 'getProcessedDataCount'),
			];
			await buy({ input: items(number) });
			const sum = spies.reduce((total, spy) => total + spy.mock.calls.length, 0);
			jest.restoreAllMocks();
			return sum;
		};
		const early = await cost('a');
		await buy({ input: items(...Array.from({ length: 200 }, (_, index) => index)) });
		expect(await cost('b')).toBe(early);
	});
});

/** Where n8n hides or copies its node, the helpers cannot be led to a row. */
const HIDDEN: Array<[string, () => unknown]> = [
	['shows no node', () => ({})],
	['shows nothing at all', () => undefined],
	['shows a copy of its node', () => ({ node: { id: 'copy' } })],
	['shows a node that cannot be changed', () => ({ node: Object.freeze({ id: 'frozen' }) })],
];

describe.each(HIDDEN)('an n8n that %s', (_name, shown) => {
	beforeEach(() => {
		jest.spyOn(ExecuteContext.prototype, 'getExecuteData').mockImplementation(shown as never);
	});

	it('is noticed: numbers are kept in a list, which is said in the log once', async () => {
		const warn = jest.spyOn(Container.get(Logger), 'warn');
		const before = shop.engine.duplicates.size;
		const buy = shop.node();
		await buy({ input: items('a', 'b') });
		await buy({ input: items('c') });
		forgetOrders();
		const again = await buy({ input: items('a', 'b', 'c'), onError: 'continueRegularOutput' });
		expect(doubtsIn(again)).toEqual(['a', 'b', 'c']);
		expect(shop.booked()).toEqual(['a', 'b', 'c']);
		expect(shop.engine.duplicates.size - before).toBe(1);
		expect(warn.mock.calls.filter(([text]) => text.includes('one list per node'))).toHaveLength(1);
	});

	it('tells a lost answer of the list from a duplicate', async () => {
		const { duplicates } = shop.engine;
		const buy = shop.node();
		await buy({ input: items('first') });
		const record = duplicates.checkProcessedAndRecord.bind(duplicates);
		let times = 0;
		jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
			const output = await record(...given);
			if (++times === 1) throw new Error('Connection terminated unexpectedly');
			return output;
		});
		expect(seenError(await buy({ input: items('a') })).message).toContain('could not be written');
		expect(shop.booked()).toEqual(['first']);
	});

	it('frees the number of a refused order, and buys a number once at the same moment', async () => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'Insufficient balance',
		});
		await buy();
		forgetOrders();
		await Promise.all([buy(), buy(), buy()]);
		expect(shop.booked()).toEqual(['1001-1']);
	});
});

it('an n8n that reads the changed id and takes no notice of it is found out', async () => {
	const { duplicates } = shop.engine;
	for (const method of [
		'checkProcessedAndRecord',
		'removeProcessed',
		'getProcessedDataCount',
		'clearAllProcessedItems',
	] as const) {
		const original = (duplicates[method] as (...given: unknown[]) => Promise<unknown>).bind(
			duplicates,
		);
		jest.spyOn(duplicates, method).mockImplementation((async (...given: unknown[]) => {
			const at = given.findIndex(
				(one) => typeof one === 'object' && one !== null && 'workflow' in one,
			);
			const { workflow, node } = given[at] as { workflow: unknown; node: { id: string } };
			given[at] = { workflow, node: { id: node.id.slice(0, 0) } };
			return await original(...given);
		}) as never);
	}
	const buy = shop.node();
	await buy({ input: items('a') });
	await buy({ input: items('b') });
	forgetOrders();
	await buy({ input: items('a', 'b') });
	expect(shop.booked()).toEqual(['a', 'b']);
});

it('a trial whose answer was lost decides nothing', async () => {
	const buy = shop.node();
	const { duplicates } = shop.engine;
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	await buy({ input: items('a') });
	forgetOnce();
	forgetOrders();
	let times = 0;
	jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
		if (++times > 1) return await record(...given);
		await record(...given);
		throw new Error('Connection terminated unexpectedly');
	});
	seenError(await buy({ input: items('b') }));
	await buy({ input: items('a', 'b') });
	expect(shop.booked()).toEqual(['a', 'b']);
});

describe('numbers in the list of version 0.1.0', () => {
	const nameThen = (account: unknown, number: string) =>
		JSON.stringify(['custom', account, number]);
	const id = '00000000-0000-4000-8000-000000000001';

	async function keep(workflowId: string, ...numbers: string[]): Promise<void> {
		const context = { workflow: { id: workflowId, active: true }, node: { id } as never };
		const names = numbers.map((number) => nameThen(shop.credential.account, number));
		await shop.engine.duplicates.checkProcessedAndRecord(names, 'node', context, {
			mode: 'entries',
			maxEntries: 10_000,
		});
	}

	it('are not bought again, and new ones are', async () => {
		const workflowId = 'with-a-list';
		await keep(workflowId, 'old-1', 'old-2');
		const buy = shop.node();
		const input = items('old-1', 'new-1', 'old-2', 'new-2');
		const onError = 'continueRegularOutput';
		const result = await buy({ workflowId, node: { id }, input, onError });
		expect(doubtsIn(result)).toEqual(['old-1', undefined, 'old-2', undefined]);
		expect(shop.booked()).toEqual(['new-1', 'new-2']);
	});

	it('count in the list of an n8n without rows, too', async () => {
		const workflowId = 'with-a-list-alone';
		await keep(workflowId, 'old-1');
		jest.spyOn(ExecuteContext.prototype, 'getExecuteData').mockReturnValue(undefined as never);
		const input = items('old-1', 'new-1');
		const onError = 'continueRegularOutput';
		const result = await shop.node()({ workflowId, node: { id }, input, onError });
		expect(doubtsIn(result)).toEqual(['old-1', undefined]);
	});

	it('do not disturb who looks at the same moment', async () => {
		const workflowId = 'with-a-list-at-once';
		await keep(workflowId, 'old-1');
		const split = shop.node({ splitQuantity: true, concurrentOrders: 3 }, { quantity: 3 });
		await split({ workflowId, node: { id }, input: items('parts') });
		expect(shop.booked().sort()).toEqual(['parts-1', 'parts-2', 'parts-3']);
		const buy = shop.node();
		const twice = { workflowId, node: { id }, input: items('twice') };
		const results = await Promise.all([buy(twice), buy(twice)]);
		expect(new Set(results.map((result) => result.json()[0]?.topup_id)).size).toBe(1);
	});

	it('leave a full list as it was', async () => {
		const workflowId = 'with-a-full-list';
		await keep(workflowId, ...Array.from({ length: 10_000 }, (_, index) => `old-${index}`));
		const buy = shop.node();
		await buy({ workflowId, node: { id }, input: items('new-1', 'new-2') });
		const input = items('old-0', 'old-1');
		const onError = 'continueRegularOutput';
		const again = await buy({ workflowId, node: { id }, input, onError });
		expect(doubtsIn(again)).toEqual(['old-0', 'old-1']);
		expect(shop.booked()).toEqual(['new-1', 'new-2']);
	});

	it('do not keep a new number where the look at them was broken off', async () => {
		const workflowId = 'with-a-broken-look';
		await keep(workflowId, 'old-1');
		const buy = shop.node();
		jest
			.spyOn(shop.engine.duplicates, 'removeProcessed')
			.mockRejectedValueOnce(new Error('SQLITE_BUSY'));
		await buy({ workflowId, node: { id }, input: items('new-1') });
		expect(
			(await buy({ workflowId, node: { id }, input: items('new-1') })).json()[0],
		).not.toHaveProperty('duplicate');
		expect(shop.booked()).toEqual(['new-1']);
	});

	it('leave the list as it was, also where an order is refused and then bought', async () => {
		const workflowId = 'with-a-list-2';
		await keep(workflowId, 'old-1');
		const list = () => shop.engine.duplicates.row(workflowId, id);
		const before = list();
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'Insufficient balance',
		});
		for (let run = 0; run < 2; run++) {
			await buy({ workflowId, node: { id }, input: items('new-1') });
			forgetOrders();
		}
		expect(shop.booked()).toEqual(['new-1']);
		expect(list()).toEqual(before);
		expect(before).toEqual([
			createHash('md5').update(nameThen(shop.credential.account, 'old-1')).digest('base64'),
		]);
	});
});
