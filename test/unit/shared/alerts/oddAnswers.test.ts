import { KINDS, type Kind, type Wish } from '../../../../nodes/Microesim/shared/alerts/alert';
import { readEsim } from '../../../../nodes/Microesim/shared/alerts/esim';
import { planFacts, type PlanFacts } from '../../../../nodes/Microesim/shared/alerts/planFacts';
import { reached } from '../../../../nodes/Microesim/shared/alerts/reached';

/** What MicroeSIM writes in other ways than usual, and what must not be made of it. */

const NOW = Date.parse('2026-03-10T12:00:00+08:00');

const wishOf = (kinds: readonly Kind[]): Wish => ({
	kinds: new Set(kinds),
	percents: [50, 75, 90, 100],
	daysBefore: 3,
});

/** The alerts of an eSIM as "kind threshold". */
function told(
	kinds: readonly Kind[],
	answer: object,
	plan: PlanFacts = {},
	{ allowance, at = NOW }: { allowance?: number; at?: number } = {},
): string[] {
	const device = { status: 'success', create_time: '2026-03-01 00:00:00', ...answer };
	const seen = { esim: readEsim(device), events: [], plan, at };
	return reached(seen, wishOf(kinds), allowance)
		.flat()
		.map(({ kind, measured }) => `${kind} ${(measured.threshold as number | null) ?? ''}`.trim());
}

const active = { active_time: '2026-03-08 00:00:00' };
const days = [
	{ date: '2026-03-10', total_usage: '100' },
	{ date: '2026-03-09', total_usage: '400' },
	{ date: '2026-03-08', total_usage: '700' },
];

describe('a plan that does not say whether its data is of each day', () => {
	it.each([
		['unlimited', 1024],
		['1GB', undefined],
	])('is counted as the eSIM says: %s', (data, allowance) => {
		const plan = planFacts({ data, day: 7 });
		const usage = { ...active, data_usage: '1200', data_usage_daily: days };
		const as = (is_daily: string) =>
			told(['data_used'], { ...usage, is_daily }, plan, { allowance });
		expect(as('true')).toEqual([]);
		expect(as('false')).toContain('data_used 100');
	});

	it('has its say where it says "Total"', () => {
		const usage = { ...active, data_usage: '1200', data_usage_daily: days, is_daily: 'true' };
		expect(told(['data_used'], usage, planFacts({ data: 'Total1GB' }))).toContain('data_used 100');
	});
});

describe('usage counts', () => {
	it.each([
		['by day alone', 'Total1GB', { data_usage: '', data_usage_daily: days }],
		[
			'as JSON text',
			'Daily1GB',
			{ data_usage_daily: '[{"date":"2026-03-10","total_usage":"1000"}]' },
		],
		[
			'with days of one digit',
			'Daily1GB',
			{ data_usage_daily: [{ date: '2026-3-10', total_usage: '1000' }] },
		],
		[
			'with the unit of its kilobytes',
			'Daily1GB',
			{ data_usage_daily: [{ date: '2026-03-10', total_usage: '', total_usage_kb: '1024000 KB' }] },
		],
	])('%s', (_name, data, usage) => {
		expect(told(['data_used'], { ...active, ...usage }, planFacts({ data }))).toContain(
			'data_used 90',
		);
	});

	it('as use, also where nobody says since when', () => {
		const used = { active_time: '', data_usage: '300', expire_time: '2026-03-30 00:00:00' };
		expect(told(['expired', 'first_used'], used, { validityDays: 5 })).toEqual(['first_used']);
	});
});

describe('an end', () => {
	it('that came long ago is not one that comes soon', () => {
		const old = { active_time: '2025-03-05 00:00:00', expire_time: '2025-03-12 00:00:00' };
		expect(told(['expires_soon'], old)).toEqual([]);
		expect(told(['expires_soon', 'expired'], old)).toEqual(['expired']);
	});

	it('is not known where the days to install are in other words', () => {
		for (const validity_period of ['0', '6 months', '1 year', '2 weeks', 'long'])
			expect(told(['expired'], {}, planFacts({ data: '1GB', validity_period }))).toEqual([]);
		for (const validity_period of ['5', 5, '5 days', '5 Days'])
			expect(told(['expired'], {}, planFacts({ data: '1GB', validity_period }))).toEqual([
				'expired',
			]);
	});

	it("is in MicroeSIM's zone, also where it is a day alone", () => {
		const dates = { active_time: '2026-03-05', expire_time: '2026-03-10' };
		const midnight = Date.parse('2026-03-10T00:00:00+08:00');
		expect(told(['expired'], dates, {}, { at: midnight })).toEqual(['expired']);
		expect(told(['expired'], dates, {}, { at: midnight - 1 })).toEqual([]);
	});

	it('may be written in milliseconds or seconds', () => {
		const [from, to] = ['2026-03-05T00:00:00+08:00', '2026-04-05T00:00:00+08:00'].map(Date.parse);
		for (const unit of [1, 1000]) {
			const times = { active_time: from! / unit, expire_time: to! / unit };
			expect(told(['expired'], times, { validityDays: 5 })).toEqual([]);
			expect(told(['expired'], times, {}, { at: to! })).toEqual(['expired']);
		}
	});

	it('that was set for later has terminated nothing yet', () => {
		const later = { ...active, terminate_time: '2026-03-12 00:00:00' };
		expect(told(['terminated'], later)).toEqual([]);
		const at = Date.parse('2026-03-12T00:00:00+08:00');
		expect(told(['terminated'], later, {}, { at })).toEqual(['terminated']);
	});
});

it.each([{}, { data_usage: {}, data_usage_daily: 'none' }, { create_time: [], is_daily: {} }])(
	'nothing is made of nothing: %j',
	(answer) => expect(told(KINDS, { ...answer })).toEqual([]),
);
