import fc from 'fast-check';

import {
	salesPrice,
	type PriceEnding,
} from '../../../../nodes/Microesim/shared/catalogue/salesPrice';

const price = (plan: number | null, change: Partial<Parameters<typeof salesPrice>[1]> = {}) =>
	salesPrice(plan, { percent: 0, fixed: 0, rate: 1, ending: 'cent', ...change });

it.each<[number | null, Partial<Parameters<typeof salesPrice>[1]>, number | null]>([
	[null, {}, null],
	[0, {}, 0],
	[0.1, {}, 0.1],
	[1.1, { percent: 10 }, 1.21],
	[19.99, { percent: 0, ending: '.99' }, 19.99],
	[20, { ending: '.99' }, 20.99],
	[0, { ending: '.99' }, 0.99],
	[0.95, { ending: '.90' }, 1.9],
	[7, { ending: '.95' }, 7.95],
	[7.01, { ending: 'whole' }, 8],
	[7.01, { ending: 'ten' }, 10],
	[70, { ending: 'ten' }, 70],
	[100, { rate: 0.1234567, fixed: 0.5 }, 12.85],
	[10, { percent: -100 }, 0],
	[10, { percent: -100, ending: '.99' }, 0.99],
])('%p with %j is %p', (plan, change, expected) => {
	expect(price(plan, change)).toBe(expected);
});

it('is never below what was asked for, and less than one step above it', () => {
	const STEP: Record<PriceEnding, number> = {
		cent: 0.01,
		whole: 1,
		ten: 10,
		'.90': 1,
		'.95': 1,
		'.99': 1,
	};
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
			fc.integer({ min: 0, max: 500 }),
			fc.integer({ min: 0, max: 5000 }).map((cents) => cents / 100),
			fc.constantFrom(...(Object.keys(STEP) as PriceEnding[])),
			(plan, percent, fixed, ending) => {
				const asked = plan * (1 + percent / 100) + fixed;
				const is = price(plan, { percent, fixed, ending })!;
				expect(is).toBeGreaterThanOrEqual(asked - 1e-6);
				expect(is).toBeLessThan(asked + STEP[ending] + 1e-6);
				const cents = Math.round((is % STEP[ending]) * 100) % Math.round(STEP[ending] * 100);
				expect(cents).toBe(ending.startsWith('.') ? Number(ending.slice(1)) : 0);
			},
		),
	);
});
