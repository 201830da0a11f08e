import { planIdOf, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';
import type { Condition } from './conditions';

/** Why no plan fits: of all that were looked at, those that came nearest. */
export class NearestMiss {
	/** For each condition, the nearest of the plans that meet all others. */
	private readonly byOne = new Map<Condition, VendorPlan>();

	private nearest: { plan: VendorPlan; missed: Condition[] } | undefined;

	/** @param missed the conditions that a plan does not meet, one or more */
	add(plan: VendorPlan, missed: Condition[]): void {
		const [condition] = missed;
		if (missed.length === 1 && condition !== undefined) {
			const before = this.byOne.get(condition);
			if (!before || condition.nearness(plan) > condition.nearness(before))
				this.byOne.set(condition, plan);
		}
		if (!this.nearest || missed.length < this.nearest.missed.length)
			this.nearest = { plan, missed };
	}

	/** @returns what happened, and what to do about it */
	inWords(): { message: string; description: string } {
		if (!this.nearest) {
			return {
				message: 'MicroeSIM has no data plan on sale',
				description: 'Check the environment of the credential: the test system may sell nothing.',
			};
		}
		const misses = [...this.byOne].map(
			([condition, plan]) => `"${condition.label}" (${condition.tell(plan)})`,
		);
		if (misses.length > 0) {
			return {
				message: `No data plan fits. With another ${misses.join(' or ')} there would be one`,
				description:
					'Change what is named there, or choose what happens then in "If Nothing Fits".',
			};
		}
		const { plan, missed } = this.nearest;
		const name = textOrNull(plan.channel_dataplan_name) ?? planIdOf(plan);
		const labels = missed.map(({ label }) => `"${label}"`);
		return {
			message: `No data plan fits. The nearest, ${name}, misses ${labels.join(' and ')}`,
			description: `Ask for less: ${missed.map((condition) => `${condition.label}: ${condition.tell(plan)}`).join('; ')}.`,
		};
	}
}
