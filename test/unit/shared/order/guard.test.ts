import type { IExecuteFunctions } from 'n8n-workflow';

import { forgetOnce } from '../../../../nodes/Microesim/shared/once/once';
import { OrderGuard } from '../../../../nodes/Microesim/shared/order/guard';
import { forgetOrders } from '../../../../nodes/Microesim/shared/order/numberMemory';

const rows = new Map<string, Set<string>>();

/** The helpers of an execution, over rows by the id of its node. */
function contextOf(): IExecuteFunctions {
	const node = { id: 'node', name: 'Buy' };
	const helpers = {
		checkProcessedAndRecord: async ([value]: string[]) => {
			const row = rows.get(node.id) ?? new Set<string>();
			rows.set(node.id, row);
			const isNew = !row.has(value!);
			row.add(value!);
			return await Promise.resolve({ new: isNew ? [value] : [], processed: isNew ? [] : [value] });
		},
		getProcessedDataCount: async () => await Promise.resolve(rows.get(node.id)?.size ?? 0),
		clearAllProcessedItems: async () => {
			rows.delete(node.id);
			await Promise.resolve();
		},
	};
	return {
		helpers,
		getExecuteData: () => ({ node }),
		getExecutionId: () => '1',
		getNode: () => ({ ...node }),
		getWorkflow: () => ({ id: 'workflow' }),
	} as unknown as IExecuteFunctions;
}

beforeEach(() => {
	rows.clear();
	forgetOrders();
	forgetOnce();
});

it.each([
	['bought', { outcome: 'bought', topupId: '1' }],
	['unknown', { outcome: 'unknown', topupId: '1' }],
	['notBought', undefined],
] as const)(
	'a claim that another instance settles as %s lets those who wait go on',
	async (outcome, known) => {
		await new OrderGuard(contextOf()).claim('a', 0);
		const waiting = new OrderGuard(contextOf()).claim('a', 0);
		await new OrderGuard(contextOf()).settle('a', outcome, { topupId: '1' });
		expect(await waiting).toEqual(known);
	},
);

it('gives a number to one of many instances, and to the next one when it was not bought', async () => {
	const guards = Array.from({ length: 10 }, () => new OrderGuard(contextOf()));
	let orders = 0;
	await Promise.all(
		guards.map(async (guard) => {
			if (await guard.claim('a', 0)) return;
			orders++;
			await guard.settle('a', orders === 1 ? 'notBought' : 'bought');
		}),
	);
	expect(orders).toBe(2);
});

it('claims a number that another process has taken, and given back, just before', async () => {
	const context = contextOf();
	const { helpers } = context;
	const count = helpers.getProcessedDataCount.bind(helpers);
	const one = new OrderGuard(context);
	await one.claim('first', 0);
	let looks = 0;
	// The first look at the number still sees the row that is gone at the second one.
	helpers.getProcessedDataCount = async (...given) => {
		const seen = await count(...given);
		return ++looks === 2 ? 1 : seen;
	};
	const guard = new OrderGuard(context);
	expect(await guard.claim('a', 0)).toBeUndefined();
	expect(rows.size).toBe(2);
});

it('knows nothing of a number that is on its way, until it is settled', async () => {
	const guard = new OrderGuard(contextOf());
	await guard.claim('a', 0);
	expect(guard.peek('a')).toBeUndefined();
	await guard.settle('a', 'bought', { topupId: '7' });
	expect(guard.peek('a')).toEqual({ outcome: 'bought', topupId: '7' });
});
