import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { startsWithOrder, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';
import { catalogueOfRun } from '../catalogue/catalogue';
import { refusal } from '../errors/refusal';
import { hintThatItStarts } from './activation';
import { readAccount, type Account } from './money';
import type { PlanChecks } from './orderOptions';
import type { OrderRequest } from './orderRequest';
import { faultOfPlan, noSuchPlan, unreadablePrice } from './planFaults';
import type { WantedOrder } from './purchase';

const UNTOUCHED = 'Nothing was sent to MicroeSIM for this item.';

/** An order that passed its checks. */
interface Passed {
	/** Name and price of the plan, where they were read. */
	read: IDataObject;
	giveBack(): void;
}

/** What a check finds: plan and account as they are now, and what stands against the order. */
export interface Found {
	plan?: VendorPlan;
	account: Account;
	fault?: string;
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
	 * @returns what was read of the plan, and what takes its price back, for an order that was refused then
	 * @throws NodeOperationError that says what was found; nothing was bought then
	 */
	async pass(wanted: WantedOrder): Promise<Passed> {
		const { order, options, itemIndex } = wanted;
		const { checks } = options;
		if (Object.values(checks).every((check) => check === undefined))
			return { read: {}, giveBack: () => {} };
		const plan = await this.planOf(order, itemIndex);
		const fault = await this.faultOf(plan, wanted);
		if (fault !== undefined) {
			throw refusal(this.context, itemIndex, `The order was not placed: ${fault}`, UNTOUCHED);
		}
		if (startsAtOnce(plan, wanted)) hintThatItStarts(this.context, plan);
		const cost =
			checks.keepBalanceAbove === undefined ? 0 : (numberOrNull(plan.price) ?? 0) * order.number;
		return {
			read: {
				channel_dataplan_name: textOrNull(plan.channel_dataplan_name),
				price: numberOrNull(plan.price),
				currency: textOrNull(plan.currency),
			},
			giveBack: () => {
				this.spent -= cost;
			},
		};
	}

	/**
	 * What a check of one order finds, and what it would cost, for somebody who only wants to know. Its price counts as
	 * spent when it would pass.
	 */
	async look(wanted: WantedOrder): Promise<Found> {
		const { order, itemIndex } = wanted;
		const planId = order.channel_dataplan_id;
		const catalogue = catalogueOfRun(this.context);
		const plan = await catalogue.find(planId, itemIndex);
		const account = await this.readAccount(itemIndex);
		const fault = plan
			? await this.faultOf(plan, wanted)
			: noSuchPlan(planId, catalogue.named(planId));
		return { plan, account, fault };
	}

	private async faultOf(plan: VendorPlan, wanted: WantedOrder): Promise<string | undefined> {
		const { order, options, itemIndex } = wanted;
		const { checks } = options;
		return (
			faultOfPlan(plan, checks, startsAtOnce(plan, wanted)) ??
			(await this.faultOfCurrency(plan, checks, itemIndex)) ??
			(await this.faultOfBalance(plan, order, checks, itemIndex))
		);
	}

	private async planOf(
		{ channel_dataplan_id: planId }: OrderRequest,
		itemIndex: number,
	): Promise<VendorPlan> {
		const catalogue = catalogueOfRun(this.context);
		const plan = await catalogue.find(planId, itemIndex);
		if (plan) return plan;
		throw refusal(
			this.context,
			itemIndex,
			`The order was not placed: ${noSuchPlan(planId, catalogue.named(planId))}`,
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
		if (price === null) return unreadablePrice(plan);
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
		this.account ??= readAccount(this.context, itemIndex);
		return await this.account;
	}
}

const startsAtOnce = (plan: VendorPlan, { isDated }: WantedOrder): boolean =>
	startsWithOrder(plan) && !isDated;
