import { numberOrNull } from '../answers/numbers';
import { planIdOf, totalMegabytes, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';

/** What plans are sorted by: its first part decides, where that is alike the next. */
type Key = ReadonlyArray<number | string>;

/** What a user can sort plans by. */
export type SortBy = 'days' | 'name' | 'price' | 'pricePerDay' | 'pricePerGb';

/** Amounts of two currencies do not compare, so those of one currency stand together. */
const currencyOf = (plan: VendorPlan): string => textOrNull(plan.currency) ?? '';

const numberOf = (value: unknown): number => numberOrNull(value) ?? Infinity;

const ratio = (dividend: unknown, divisor: number | null): number =>
	divisor ? numberOf(dividend) / divisor : Infinity;

export const KEYS: Record<SortBy | 'best', (plan: VendorPlan) => Key> = {
	days: (plan) => [numberOf(plan.day)],
	name: (plan) => [textOrNull(plan.channel_dataplan_name) ?? planIdOf(plan)],
	price: (plan) => [currencyOf(plan), numberOf(plan.price)],
	pricePerDay: (plan) => [currencyOf(plan), ratio(plan.price, numberOrNull(plan.day))],
	pricePerGb: (plan) => [currencyOf(plan), ratio(plan.price, totalMegabytes(plan))],
	// Of two at the same price the one that gives more.
	best: (plan) => [
		numberOf(plan.price),
		-(totalMegabytes(plan) ?? Infinity),
		-(numberOrNull(plan.day) ?? 0),
	],
};

const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function compare(one: Key, other: Key): number {
	for (const [index, value] of one.entries()) {
		const beside = other[index]!;
		if (value === beside) continue;
		const isText = typeof value === 'string' || typeof beside === 'string';
		const difference = isText ? texts.compare(String(value), String(beside)) : value - beside;
		if (difference !== 0) return difference;
	}
	return 0;
}

/** The first plans in an order, of all that are added: hardly more than twice as many are held. */
export class FirstPlans {
	private readonly kept: Array<{ plan: VendorPlan; key: Key }> = [];

	/** @param most how many are wanted; Infinity for all */
	constructor(
		private readonly keyOf: (plan: VendorPlan) => Key,
		private readonly most: number,
	) {}

	add(plan: VendorPlan): void {
		this.kept.push({ plan, key: this.keyOf(plan) });
		if (this.kept.length >= 2 * this.most + 100) this.sort();
	}

	/** In order; plans that are alike as they were added. */
	all(): VendorPlan[] {
		this.sort();
		return this.kept.map(({ plan }) => plan);
	}

	private sort(): void {
		this.kept.sort((one, other) => compare(one.key, other.key));
		if (this.kept.length > this.most) this.kept.length = this.most;
	}
}
