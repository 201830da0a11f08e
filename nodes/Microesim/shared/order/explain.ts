import type { IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { textOrNull } from '../answers/text';
import { catalogueOfRun } from '../catalogue/catalogue';
import type { NodeFailure } from '../errors/refusal';
import { waitAtMost } from '../pause';
import { saidIn } from '../transport/failure';
import { readAccount } from './money';
import { reasonIn } from './place';
import { noSuchPlan } from './planFaults';
import type { Purchase, WantedOrder } from './purchase';

const ABOUT_MONEY = /balance|funds|credits?\b|money|余额|餘額|额度|額度|资金|資金/i;
const ABOUT_THE_PLAN = /plan\b|package|product|goods|套餐|产品|產品|商品/i;
const LIKE_AN_ID = /^[0-9a-f-]{16,}$/i;

/** What is paid must be told, whatever MicroeSIM lets wait for. */
const LONGEST_MS = 8_000;

/**
 * Adds to MicroeSIM's refusals of orders what makes them clear: price and balance where one is about money, the
 * plan's ID where its name was given for it. Only reads, after all is settled, and for seconds: what cannot be read
 * by then is left out.
 *
 * @param purchases of a run; the errors among them get a longer description
 */
export async function explainRefusals(
	context: IExecuteFunctions,
	purchases: readonly Purchase[],
): Promise<void> {
	const failed = purchases.filter((purchase) => 'error' in purchase);
	if (failed.length === 0) return;
	let isOver = false;
	const explain = async () => {
		for (const { error, wanted } of failed) {
			const more = await explanation(context, error, wanted);
			if (isOver) return;
			if (more) error.description = `${more} ${error.description ?? ''}`.trim();
		}
	};
	// One that cannot be explained is no reason to ask for the others, and none to fail.
	await waitAtMost(
		context,
		LONGEST_MS,
		explain().catch(() => {}),
	);
	isOver = true;
}

async function explanation(
	context: IExecuteFunctions,
	error: NodeFailure,
	wanted: WantedOrder,
): Promise<string | undefined> {
	const said = saidIn(error) ?? '';
	const reason = reasonIn(error);
	if (reason === 'account' && ABOUT_MONEY.test(said)) return await money(context, wanted);
	if (reason === 'order' && ABOUT_THE_PLAN.test(said)) return await planNamed(context, wanted);
	return undefined;
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
