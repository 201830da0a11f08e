import type { IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { isOnSale, startsWithOrder, type VendorPlan } from '../answers/plan';
import { recordOf } from '../answers/shapes';
import { asText, cleanText, textOrNull } from '../answers/text';
import { catalogueOfRun } from '../catalogue/catalogue';
import { refusal } from '../errors/refusal';
import { ENDPOINTS } from '../transport/endpoints';
import { request } from '../transport/request';
import { hintThatItStarts } from './activation';
import type { PlanChecks } from './orderOptions';
import type { OrderRequest } from './orderRequest';
import type { WantedOrder } from './purchase';

const UNTOUCHED = 'Nothing was sent to MicroeSIM for this item.';

/** What accountBalance tells; null where it does not. */
interface Account {
	balance: number | null;
	currency: string | null;
}

/** The checks of one run before money is spent: the catalogue and the account are read at most once. */
export class Checks {
	private account: Promise<Account> | undefined;

	/** What the orders of this run cost so far; MicroeSIM's own figure may lag behind. */
	private spent = 0;

	constructor(private readonly context: IExecuteFunctions) {}

	/**
	 * Checks one order, and counts its price as spent when it passes.
	 *
	 * @returns takes the price back, for an order that was refused then
	 * @throws NodeOperationError that says what was found; nothing was bought then
	 */
	async pass({ order, options, isDated, itemIndex }: WantedOrder): Promise<() => void> {
		const { checks } = options;
		if (Object.values(checks).every((check) => check === undefined)) return () => {};
		const plan = await this.planOf(order, itemIndex);
		const startsAtOnce = startsWithOrder(plan) && !isDated;
		const fault =
			faultOfPlan(plan, checks, startsAtOnce) ??
			(await this.faultOfCurrency(plan, checks, itemIndex)) ??
			(await this.faultOfBalance(plan, order, checks, itemIndex));
		if (fault !== undefined) {
			throw refusal(this.context, itemIndex, `The order was not placed: ${fault}`, UNTOUCHED);
		}
		if (startsAtOnce) hintThatItStarts(this.context, plan);
		const cost =
			checks.keepBalanceAbove === undefined ? 0 : (numberOrNull(plan.price) ?? 0) * order.number;
		return () => {
			this.spent -= cost;
		};
	}

	private async planOf(
		{ channel_dataplan_id: planId }: OrderRequest,
		itemIndex: number,
	): Promise<VendorPlan> {
		const plan = await catalogueOfRun(this.context).find(planId, itemIndex);
		if (plan) return plan;
		throw refusal(
			this.context,
			itemIndex,
			`The order was not placed: MicroeSIM has no data plan with the ID "${planId}"`,
			`Plans come and go: choose another one. ${UNTOUCHED}`,
		);
	}

	/** Amounts in two currencies say nothing about each other; where one of them is not known, nothing can differ. */
	private async faultOfCurrency(
		plan: VendorPlan,
		{ maximumUnitPrice, keepBalanceAbove }: PlanChecks,
		itemIndex: number,
	): Promise<string | undefined> {
		const label = maximumUnitPrice === undefined ? 'Keep Balance Above' : 'Maximum Unit Price';
		const ofPlan = textOrNull(plan.currency)?.toUpperCase();
		if (ofPlan === undefined || (maximumUnitPrice ?? keepBalanceAbove) === undefined)
			return undefined;
		const ofAccount = (await this.readAccount(itemIndex)).currency?.toUpperCase();
		return ofAccount === undefined || ofAccount === ofPlan
			? undefined
			: `the plan is priced in ${ofPlan}, but the account is kept in ${ofAccount}, so "${label}" cannot be compared with it`;
	}

	private async faultOfBalance(
		plan: VendorPlan,
		{ number }: OrderRequest,
		{ keepBalanceAbove }: PlanChecks,
		itemIndex: number,
	): Promise<string | undefined> {
		if (keepBalanceAbove === undefined) return undefined;
		const price = numberOrNull(plan.price);
		if (price === null) return `its price "${asText(plan.price)}" cannot be read`;
		const { balance } = await this.readAccount(itemIndex);
		if (balance === null) return 'MicroeSIM did not tell the balance';
		const left = balance - this.spent - price * number;
		if (left < keepBalanceAbove) {
			return `it would leave a balance of ${left.toFixed(2)}, and "Keep Balance Above" is ${keepBalanceAbove}`;
		}
		this.spent += price * number;
		return undefined;
	}

	private async readAccount(itemIndex: number): Promise<Account> {
		this.account ??= request(this.context, ENDPOINTS.balance, {}, itemIndex).then(({ result }) => {
			const { balance, currency } = recordOf(result);
			return { balance: numberOrNull(balance), currency: textOrNull(currency) };
		});
		return await this.account;
	}
}

function faultOfPlan(
	plan: VendorPlan,
	{ maximumUnitPrice, mustBeOnSale, expectedName, requireActivationDate }: PlanChecks,
	startsAtOnce: boolean,
): string | undefined {
	const name = textOrNull(plan.channel_dataplan_name) ?? '';
	if (mustBeOnSale && !isOnSale(plan)) return `the plan "${name}" is not on sale`;
	if (expectedName !== undefined && cleanText(name) !== expectedName) {
		return `the plan is called "${name}" now, and "Expected Plan Name" is "${expectedName}"`;
	}
	if (requireActivationDate && startsAtOnce) {
		return `the plan "${name}" becomes active with the order: set the field "Activation Date", because "Require Activation Date" is on`;
	}
	if (maximumUnitPrice === undefined) return undefined;
	const price = numberOrNull(plan.price);
	if (price === null) return `its price "${asText(plan.price)}" cannot be read`;
	return price > maximumUnitPrice
		? `the plan costs ${price} ${textOrNull(plan.currency) ?? ''}, and "Maximum Unit Price" is ${maximumUnitPrice}`
		: undefined;
}
