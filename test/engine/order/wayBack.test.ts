import { forgetOnce, forgetOrders } from '../../inside';
import { useFastClock } from '../support/fastClock';
import { items, seenError } from '../support/look';
import { useShop } from './support';

/** Somebody goes back to version 0.1.0, which keeps numbers in a list and sees no rows, and comes again. */

useFastClock(15);
const shop = useShop();
const ID = '00000000-0000-4000-8000-000000000001';

beforeEach(() => forgetOnce());
afterEach(() => forgetOrders());

async function orderedByFirstVersion(workflowId: string, number: string): Promise<void> {
	const context = { workflow: { id: workflowId, active: true }, node: { id: ID } as never };
	const name = JSON.stringify(['custom', shop.credential.account, number]);
	const list = { mode: 'entries', maxEntries: 10_000 } as const;
	await shop.engine.duplicates.checkProcessedAndRecord([name], 'node', context, list);
}

it.each(['refused', 'stopped by a check'])(
	'a number that 0.1.0 bought after this version had it %s is not bought again',
	async (how) => {
		const workflowId = `there and back, ${how}`;
		await orderedByFirstVersion(workflowId, 'old-1');
		const given = { workflowId, node: { id: ID }, input: items('n-1') };
		if (how === 'refused') {
			const fault = { kind: 'code', code: 7, msg: 'Insufficient balance' } as const;
			shop.simulator.faults.next('esimSubscribe', fault);
			seenError(await shop.node()(given));
		} else seenError(await shop.node({ maximumUnitPrice: 0.01 })(given));
		expect(shop.booked()).toEqual([]);
		await orderedByFirstVersion(workflowId, 'n-1');
		forgetOrders();
		forgetOnce();
		expect(seenError(await shop.node()(given)).message).toContain('may have been bought');
		expect(shop.booked()).toEqual([]);
	},
);
