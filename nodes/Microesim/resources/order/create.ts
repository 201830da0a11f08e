import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { inColumns } from '../../shared/answers/columns';
import { asText } from '../../shared/answers/text';
import type { NodeFailure } from '../../shared/errors/refusal';
import { buyAll } from '../../shared/order/buyAll';
import { deliver, type Delivery } from '../../shared/order/deliver';
import { hintAtLongFields } from '../../shared/order/longFields';
import { concurrentOrders } from '../../shared/order/orderOptions';
import { previewOrders } from '../../shared/order/preview';
import type { WantedOrder } from '../../shared/order/purchase';
import { readOrders, type Asked } from '../../shared/order/readOrders';
import { hintAtStarts } from '../../shared/order/startsAtOnce';
import { notSent, whatCame } from '../../shared/order/whatCame';
import { withQrCodes } from '../../shared/qrCode/attach';
import type { Failed, Operation, Outcome, Result } from '../operation';
import { createFields } from './createFields';

export const create: Operation = {
	name: 'Create',
	value: 'create',
	action: 'Buy eSIMs (costs money)',
	subtitle: 'Create order',
	description: 'Buy eSIMs of a plan. This costs real money in production.',
	fields: createFields,
	executeAll: buyItems,
	noteOnFailure: boughtNote,
};

/** Reads all items before the first order leaves: one bad item in ten must not leave three bought. */
async function buyItems(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]> {
	const concurrency = concurrentOrders(context);
	const asked = readOrders(context);
	if (!continues && asked.some(({ error }) => error !== undefined)) {
		return asked.map((item) => ({
			itemIndex: item.itemIndex,
			results: [],
			errors: notRead(item),
		}));
	}
	const all = asked.flatMap(({ orders }) => orders);
	hintAtLongFields(context, all);
	const previews = await previewOrders(
		context,
		all.filter(({ previewOnly }) => previewOnly),
	);
	const goesOn = continues || previews.every(({ error }) => error === undefined);
	const bought = goesOn
		? await buy(
				context,
				all.filter(({ previewOnly }) => !previewOnly),
				{ concurrency, continues },
			)
		: [];
	const endsOf = byItem([...previews, ...bought]);
	return await Promise.all(
		asked.map(async (item): Promise<Outcome> => {
			const { itemIndex } = item;
			const ends = endsOf.get(itemIndex) ?? [];
			const results = ends.map(async (end) => await resultsOf(context, end));
			return {
				itemIndex,
				results: (await Promise.all(results)).flat(),
				errors: [...notRead(item), ...ends.flatMap(failedOf)],
			};
		}),
	);
}

const notRead = ({ error, number }: Asked): Failed[] =>
	error ? [{ error, known: notSent(number) }] : [];

/** What came of one order. */
type End = Delivery & { wanted: WantedOrder };

/** Buys, and waits where it is asked for. @returns what failed before what was bought */
async function buy(
	context: IExecuteFunctions,
	wanted: WantedOrder[],
	{ concurrency, continues }: { concurrency: number; continues: boolean },
): Promise<End[]> {
	const purchases = await buyAll(context, wanted, concurrency, !continues);
	const failed = purchases.flatMap((purchase) =>
		'error' in purchase ? [{ ...purchase, items: [] }] : [],
	);
	const bought = purchases.flatMap((purchase) => ('bought' in purchase ? [purchase] : []));
	// Where the run ends with an error anyway, its orders are told at once and not waited for.
	const waits = continues || failed.length === 0;
	const [deliveries] = waits
		? await Promise.all([deliver(context, bought), hintAtStarts(context, bought)])
		: [bought.map(({ bought: one }): Delivery => ({ items: [one] }))];
	return [
		...failed,
		...deliveries.map((delivery, index) => ({ ...delivery, wanted: bought[index]!.wanted })),
	];
}

const resultsOf = async (context: IExecuteFunctions, { items, wanted }: End): Promise<Result[]> =>
	await Promise.all(
		items.map(async (json) => await withQrCodes(context, inColumns(json), wanted.qrCodeField)),
	);

/** An order's error, with its number and what came of it; of one that was only shown nothing came. */
function failedOf({ error, items, wanted }: End): Failed[] {
	if (!error) return [];
	return [{ error, ...(!wanted.previewOnly && { known: whatCame(error, items, wanted) }) }];
}

/** The ends of each item's orders, in their sequence. */
function byItem(ends: readonly End[]): Map<number, End[]> {
	const grouped = new Map<number, End[]>();
	for (const end of ends) {
		const { itemIndex } = end.wanted;
		const before = grouped.get(itemIndex);
		if (before) before.push(end);
		else grouped.set(itemIndex, [end]);
	}
	return grouped;
}

/** The ids of orders that were paid before another item failed, so that none is lost; a late one names itself. */
function boughtNote(done: IDataObject[], { message }: NodeFailure): string | undefined {
	const list = done
		.filter(({ topup_id, preview }) => topup_id !== undefined && preview !== true)
		.filter(({ topup_id }) => !message.includes(`The order ${asText(topup_id)} `))
		.map(({ topup_id, custom_order_no }) => `${asText(topup_id)} (${asText(custom_order_no)})`);
	if (list.length === 0) return undefined;
	return `Bought before this item failed, order ID and Custom Order Number: ${list.join(', ')}.`;
}
