import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { isOnSale } from '../answers/plan';
import { textOrNull } from '../answers/text';
import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import { Checks, type Found } from './checks';
import { usedBefore } from './doubt';
import { OrderGuard } from './guard';
import { guardedNumber } from './guardedNumber';
import type { EarlierOrder } from './numberMemory';
import { whatWasAsked, type WantedOrder } from './purchase';
import { isSplit } from './split';

/** What would become of an order, or why that cannot be said. */
export interface Preview {
	wanted: WantedOrder;
	items: IDataObject[];
	error?: NodeFailure;
}

/**
 * Goes through all that happens before an order leaves, for each in turn: its number is looked up, and plan, price and
 * balance are read and checked. Nothing is bought, and no number is taken.
 */
export async function previewOrders(
	context: IExecuteFunctions,
	orders: WantedOrder[],
): Promise<Preview[]> {
	const checks = new Checks(context);
	const previews: Preview[] = [];
	let spent = 0;
	for (const wanted of orders) {
		try {
			const earlier = await earlierOf(context, wanted);
			const found = await checks.look(wanted);
			const item = itemOf(wanted, found, spent, earlier);
			if (item.checks_passed) spent += (item.total_price as number | null) ?? 0;
			previews.push({ wanted, items: [item] });
		} catch (thrown) {
			const error = nodeErrorOf(context, thrown, wanted.itemIndex);
			previews.push({ wanted, items: [], error });
		}
	}
	return previews;
}

/** Why a number cannot be ordered, and what is known of the order that has it. */
interface Earlier {
	reason: string;
	order?: EarlierOrder;
}

async function earlierOf(
	context: IExecuteFunctions,
	{ order, givenNumber, options, itemIndex }: WantedOrder,
): Promise<Earlier | undefined> {
	if (!options.guarded) return undefined;
	const guard = new OrderGuard(context);
	const number = await guardedNumber(context, order.custom_order_no, itemIndex);
	const earlier = await guard.lookUp(number, itemIndex);
	if (earlier) return { reason: usedBefore(order.custom_order_no, earlier), order: earlier };
	if (!options.split) {
		return (await isSplit(context, number.name, itemIndex))
			? { reason: `"${order.custom_order_no}" was ordered in single orders before` }
			: undefined;
	}
	const whole = await guard.lookUp(await guardedNumber(context, givenNumber, itemIndex), itemIndex);
	return whole && { reason: usedBefore(givenNumber, whole), order: whole };
}

function itemOf(
	{ order }: WantedOrder,
	{ plan, account, fault }: Found,
	spent: number,
	earlier: Earlier | undefined,
): IDataObject {
	const price = numberOrNull(plan?.price);
	const total = price === null ? null : inCents(price * order.number);
	const balance = account.balance === null ? null : inCents(account.balance - spent);
	const reason = earlier?.reason ?? fault?.reason ?? null;
	const { custom_order_no, ...asked } = whatWasAsked(order);
	return {
		preview: true,
		checks_passed: reason === null,
		reason,
		custom_order_no,
		channel_dataplan_name: textOrNull(plan?.channel_dataplan_name),
		price,
		currency: textOrNull(plan?.currency),
		total_price: total,
		balance,
		balance_after: balance === null || total === null ? null : inCents(balance - total),
		on_sale: plan !== undefined && isOnSale(plan),
		active_type: textOrNull(plan?.active_type),
		...asked,
		...(earlier && {
			duplicate: true,
			...(earlier.order && { outcome: earlier.order.outcome }),
			...(earlier.order?.topupId !== undefined && { topup_id: earlier.order.topupId }),
		}),
	};
}

const inCents = (amount: number): number => Math.round(amount * 100) / 100;
