import fc from 'fast-check';

import { compare } from '../../../../nodes/Microesim/shared/watch/compare';
import type { KnownPlan } from '../../../../nodes/Microesim/shared/watch/knownPlan';
import {
	packId,
	plain,
	readPlans,
	unpackId,
	writePlans,
} from '../../../../nodes/Microesim/shared/watch/memory';
import { knownPlan, plansOnSale } from '../../../../nodes/Microesim/shared/watch/remembered';
import { startSimulator } from '../../../../simulator';

const unit = fc.constantFrom(...'0123456789abcdef');
const id = fc.oneof(
	fc.uuid(),
	fc.string({ unit, minLength: 32, maxLength: 32 }),
	fc.string({ unit, minLength: 30, maxLength: 40 }),
	fc.string({ minLength: 1 }).map((text) => plain(text) || 'x'),
);
const text = fc.string().map(plain);
const known = fc
	.record({
		name: text,
		price: text,
		currency: fc.constantFrom('HKD', 'USD', ''),
		content: fc.constantFrom('aB3-_', 'zz9_1'),
		missing: fc.constantFrom(0, 1),
		isGone: fc.boolean(),
	})
	.map((plan) => ({ ...plan, missing: plan.isGone ? 0 : plan.missing }));
const plans = fc.uniqueArray(fc.tuple(id, known), { selector: ([name]) => name, maxLength: 40 });

const catalogueOf = (onSale: Map<string, KnownPlan>) => ({ onSale, isWatched: () => true });

it('an ID is the same after it was packed', () => {
	fc.assert(fc.property(id, (one) => expect(unpackId(packId(one))).toBe(one)));
});

it('what is remembered is what was written', () => {
	fc.assert(
		fc.property(plans, (some) => {
			expect(readPlans(writePlans(new Map(some)))).toEqual(new Map(some));
		}),
	);
});

it('two looks at the same plans differ in nothing', () => {
	fc.assert(
		fc.property(plans, (some) => {
			const seen = new Map(
				some.map(([name, plan]) => [name, { ...plan, missing: 0, isGone: false }]),
			);
			const { changes, next } = compare(seen, catalogueOf(seen));
			expect(changes).toEqual([]);
			expect([...next]).toEqual([...seen]);
		}),
	);
});

it('every plan is told once as new, and as gone after two looks', () => {
	fc.assert(
		fc.property(plans, plans, (some, others) => {
			const fresh = (list: typeof some) =>
				new Map(list.map(([name, plan]) => [name, { ...plan, missing: 0, isGone: false }]));
			const [first, second] = [fresh(some), fresh(others)];
			const one = compare(first, catalogueOf(second));
			const two = compare(one.next, catalogueOf(second));
			const three = compare(two.next, catalogueOf(second));
			const of = ({ changes }: ReturnType<typeof compare>, event: string) =>
				changes.filter((change) => change.event === event).map(({ planId }) => planId);
			expect(of(one, 'new_plan')).toEqual([...second.keys()].filter((name) => !first.has(name)));
			expect(of(one, 'plan_gone')).toEqual([]);
			expect(of(two, 'plan_gone').sort()).toEqual(
				[...first.keys()].filter((name) => !second.has(name)).sort(),
			);
			expect(three.changes).toEqual([]);
		}),
	);
});

it('15,000 plans are less than 1 MB in n8n', async () => {
	const simulator = await startSimulator({ plans: 15_000 });
	try {
		const seen = new Map(
			[...plansOnSale(simulator.plans as never)].map(([name, plan]) => [name, knownPlan(plan)]),
		);
		expect(seen.size).toBeGreaterThan(10_000);
		const bytes = Buffer.byteLength(JSON.stringify(writePlans(seen)));
		expect((bytes / seen.size) * 15_000).toBeLessThan(1_000_000);
	} finally {
		await simulator.stop();
	}
});
