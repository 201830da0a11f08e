import type { IExecuteFunctions } from 'n8n-workflow';

import { refusal } from '../errors/refusal';
import { Once } from '../once/once';
import { stillInDoubt } from './doubt';
import type { OrderGuard } from './guard';
import { guardedNumber } from './guardedNumber';
import type { WantedOrder } from './purchase';
import { inDatabase } from './unwritten';

/*
 * An order of two and its two single orders have different numbers: 1001, and 1001-1 and 1001-2. So that the option
 * can be switched between two deliveries of 1001 without both being bought, the split of a number is noted under
 * it. Each side writes before it looks for the other: of two at the same moment at least one sees the other.
 */

const splitOf = (name: string): string => `${name} split`;

/** Notes that a number is ordered in parts, each with a number of its own. */
async function markSplit(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): Promise<void> {
	const once = new Once(context);
	const mark = splitOf(name);
	await inDatabase(context, itemIndex, async () => {
		if ((await once.look(mark)) === 'free') await once.take(mark);
	});
}

/** Whether a number was ever noted so. @throws NodeOperationError when n8n's database cannot be read */
export async function isSplit(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): Promise<boolean> {
	const look = async () => await new Once(context).look(splitOf(name));
	return (await inDatabase(context, itemIndex, look)) !== 'free';
}

/** Notes that a number is split. @throws NodeOperationError where it was ordered whole, UnknownOutcome where it may be; nothing was sent then */
export async function refuseIfWhole(
	context: IExecuteFunctions,
	guard: OrderGuard,
	wanted: WantedOrder,
): Promise<void> {
	const { givenNumber, itemIndex } = wanted;
	const given = await guardedNumber(context, givenNumber, itemIndex);
	await markSplit(context, given.name, itemIndex);
	const whole = await guard.lookUp(given, itemIndex);
	if (!whole) return;
	if (whole.outcome === 'unknown') {
		const asWhole = { ...wanted, order: { ...wanted.order, custom_order_no: givenNumber } };
		const why =
			'It was sent as an order of its own, so nothing was sent in single orders behind it';
		throw stillInDoubt(context, asWhole, whole, false, why);
	}
	const id = whole.topupId === undefined ? '' : ` (${whole.topupId})`;
	throw refusal(
		context,
		itemIndex,
		`The Custom Order Number "${givenNumber}" was bought as an order of its own${id}, so nothing was sent in single orders behind it`,
		'"Split Quantity Into Single Orders" may have been off then. To buy more eSIMs on purpose, use another number.',
	);
}

/** @throws NodeOperationError where a claimed number was split before, with nothing sent */
export async function refuseIfSplit(
	context: IExecuteFunctions,
	{ order, itemIndex }: WantedOrder,
): Promise<void> {
	const { name } = await guardedNumber(context, order.custom_order_no, itemIndex);
	if (!(await isSplit(context, name, itemIndex))) return;
	throw refusal(
		context,
		itemIndex,
		`The Custom Order Number "${order.custom_order_no}" was used while "Split Quantity Into Single Orders" was on, so nothing was sent as one order`,
		'Switch the option on again, and what is missing is bought. Or use another number.',
	);
}
