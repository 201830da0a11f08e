import { writeScript, type Act } from './script';
import { SHORT, WHOLE } from './size';

/** What happens in the shop's hours, before it does. */

const PLANS = 6;
const kindsOf = (acts: Act[]) => [...new Set(acts.map(({ act }) => act))].sort();

it('is the same for the same seed, and another for another', () => {
	expect(writeScript(1, WHOLE, PLANS)).toEqual(writeScript(1, WHOLE, PLANS));
	expect(writeScript(1, WHOLE, PLANS)).not.toEqual(writeScript(2, WHOLE, PLANS));
});

it.each([1, 2, 3, 4, 5])('has everything in it, in the order of time, with seed %s', (seed) => {
	const acts = writeScript(seed, WHOLE, PLANS);
	const times = acts.map(({ at }) => at);
	expect(times).toEqual([...times].sort((one, other) => one - other));
	expect(kindsOf(writeScript(seed, SHORT, PLANS))).toEqual(kindsOf(acts));
	expect(acts.every(({ at }) => at >= 0 && at <= WHOLE.lastsMs)).toBe(true);
	const sales = acts.filter((one) => one.act === 'sale');
	expect(sales).toHaveLength(WHOLE.sales);
	for (const { lines } of sales) {
		const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
		expect(units).toBeGreaterThanOrEqual(1);
		expect(units).toBeLessThanOrEqual(3);
		expect(lines.every(({ plan }) => plan >= 0 && plan < PLANS)).toBe(true);
	}
	expect(sales.some(({ again }) => again !== undefined)).toBe(true);
});

it('takes a fifth or less in continuous integration', () => {
	expect(SHORT.lastsMs).toBeLessThanOrEqual(WHOLE.lastsMs / 5);
});

it('ends an outage before the next one of its kind begins', () => {
	for (let seed = 0; seed < 50; seed++) {
		const spans = writeScript(seed, WHOLE, PLANS).filter((one) => one.act === 'MicroeSIM is down');
		spans.slice(1).forEach(({ at }, index) => {
			expect(spans[index]!.at + spans[index]!.lasts).toBeLessThan(at);
		});
	}
});
