import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { numberOrNull } from '../answers/numbers';
import { startsWithOrder, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';
import { catalogueOfRun } from '../catalogue/catalogue';
import { refusal } from '../errors/refusal';
import { hintThatItStarts } from './activation';
import { readAccount, type Account } from './money';
import { faultOfBalance, faultOfCurrency } from './moneyFaults';
import type { PlanChecks } from './orderOptions';
import type { OrderRequest } from './orderRequest';
import { faultOfPlan, noSuchPlan, unreadablePrice, type Fault } from './planFaults';
import type { WantedOrder } from './purchase';

const ANOTHER = 'Plans come and go: choose another one.';
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
	fault?: Fault;
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
			const { reason, advice } = fault;
			const message = `The order was not placed: ${reason}`;
			throw refusal(this.context, itemIndex, message, `${advice} ${UNTOUCHED}`);
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
			: { reason: noSuchPlan(planId, catalogue.named(planId)), advice: ANOTHER };
		return { plan, account, fault };
	}

	private async faultOf(plan: VendorPlan, wanted: WantedOrder): Promise<Fault | undefined> {
		const { order, options, itemIndex } = wanted;
		const { checks } = options;
		return (
			faultOfPlan(plan, checks, startsAtOnce(plan, wanted)) ??
			(await this.faultOfMoney(plan, order, checks, itemIndex))
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
			`${ANOTHER} ${UNTOUCHED}`,
		);
	}

	private async faultOfMoney(
		plan: VendorPlan,
		{ number }: OrderRequest,
		checks: PlanChecks,
		itemIndex: number,
	): Promise<Fault | undefined> {
		const { maximumUnitPrice, keepBalanceAbove } = checks;
		if (maximumUnitPrice === undefined && keepBalanceAbove === undefined) return undefined;
		if (textOrNull(plan.currency) !== null) {
			const fault = faultOfCurrency(plan, checks, await this.readAccount(itemIndex));
			if (fault) return fault;
		}
		if (keepBalanceAbove === undefined) return undefined;
		const price = numberOrNull(plan.price);
		if (price === null) return unreadablePrice(plan);
		const { balance } = await this.readAccount(itemIndex);
		const fault = faultOfBalance(balance, this.spent + price * number, keepBalanceAbove);
		if (!fault) this.spent += price * number;
		return fault;
	}

	private async readAccount(itemIndex: number): Promise<Account> {
		this.account ??= readAccount(this.context, itemIndex);
		return await this.account;
	}
}

const startsAtOnce = (plan: VendorPlan, { isDated }: WantedOrder): boolean =>
	startsWithOrder(plan) && !isDated;
