import type { IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { textOrNull } from '../answers/text';
import { catalogueOfRun } from '../catalogue/catalogue';
import type { NodeFailure } from '../errors/refusal';
import { readAccount } from './money';
import { noSuchPlan } from './planFaults';
import type { WantedOrder } from './purchase';

const ABOUT_MONEY = /balance|funds|credits?\b|money|余额|餘額|额度|額度|资金|資金/i;
const ABOUT_THE_PLAN = /plan\b|package|product|goods|套餐|产品|產品|商品/i;
const LIKE_AN_ID = /^[0-9a-f-]{16,}$/i;

/**
 * Adds to MicroeSIM's refusal of an order what makes it clear: price and balance where it is about money, the plan's
 * ID where its name was given for it. Only reads, after all is settled; what cannot be read is left out.
 *
 * @param said MicroeSIM's own words
 */
export async function explainRefusal(
	context: IExecuteFunctions,
	error: NodeFailure,
	said: string,
	wanted: WantedOrder,
): Promise<void> {
	try {
		const more = ABOUT_MONEY.test(said)
			? await money(context, wanted)
			: ABOUT_THE_PLAN.test(said)
				? await planNamed(context, wanted)
				: undefined;
		if (more) error.description = [more, error.description].filter(Boolean).join(' ');
	} catch {
		// The refusal is what there is to tell; what would explain it is not worth another error.
	}
}

async function money(
	context: IExecuteFunctions,
	{ order, itemIndex }: WantedOrder,
): Promise<string | undefined> {
	const { balance, currency } = await readAccount(context, itemIndex);
	// only where it was seen: no catalogue is read for it
	const plan = await catalogueOfRun(context).find(order.channel_dataplan_id, itemIndex, () => true);
	const price = numberOrNull(plan?.price);
	const sentences = [
		balance !== null && `The account has ${amount(balance, currency)}.`,
		price !== null &&
			`The order costs ${amount(price * order.number, plan?.currency)} (${order.number} × ${price}).`,
	];
	return sentences.filter(Boolean).join(' ');
}

const amount = (value: number, currency: unknown): string =>
	`${value.toFixed(2)} ${textOrNull(currency) ?? ''}`.trim();

async function planNamed(
	context: IExecuteFunctions,
	{ order, itemIndex }: WantedOrder,
): Promise<string | undefined> {
	const planId = order.channel_dataplan_id;
	if (LIKE_AN_ID.test(planId)) return undefined;
	const catalogue = catalogueOfRun(context);
	if (await catalogue.find(planId, itemIndex)) return undefined;
	const named = catalogue.named(planId);
	return named.length === 0 ? undefined : `${noSuchPlan(planId, named)}.`;
}
