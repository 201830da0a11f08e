import fc from 'fast-check';

import type { Kind, Wish } from '../../../../nodes/Microesim/shared/alerts/alert';
import { KINDS } from '../../../../nodes/Microesim/shared/alerts/alert';
import { readEsim, readEvents } from '../../../../nodes/Microesim/shared/alerts/esim';
import type { PlanFacts } from '../../../../nodes/Microesim/shared/alerts/planFacts';
import { needsEvents, needsPlan, reached } from '../../../../nodes/Microesim/shared/alerts/reached';

const NOW = Date.parse('2026-03-10T12:00:00+08:00');
const DAY_MS = 86_400_000;
const wish: Wish = { kinds: new Set(KINDS), percents: [25, 50, 75, 90, 100], daysBefore: 3 };

const device = (more: object) => ({
	topup_id: '1',
	device_id: '2',
	status: 'success',
	create_time: '2026-03-01 00:00:00',
	...more,
});
const shownOf = (
	answer: object,
	plan: PlanFacts = {},
	{ allowance, at = NOW }: { allowance?: number; at?: number } = {},
) => {
	const seen = { esim: readEsim(device(answer)), events: [], plan, at };
	return reached(seen, wish, allowance).map((ladder) =>
		ladder.map(({ kind, measured }) => [kind, measured.threshold, measured.usage_day ?? null]),
	);
};
const dataOf = (...given: Parameters<typeof shownOf>) =>
	shownOf(...given).filter(([first]) => first?.[0] === 'data_used');

const total = (allowance: number): PlanFacts => ({ allowance, isDaily: false });
const megabytes = fc.double({ min: 0, max: 100_000, noNaN: true });

describe('percents of the data', () => {
	it('are those that usage has reached, and no others', () => {
		const allowances = fc.double({ min: 0.01, max: 100_000, noNaN: true });
		fc.assert(
			fc.property(megabytes, allowances, (used, allowance) => {
				const [ladder = []] = dataOf({ data_usage: used }, total(allowance));
				const percents = ladder.map(([, threshold]) => threshold);
				expect(percents).toEqual(
					wish.percents.filter((percent) => used * 100 >= percent * allowance),
				);
			}),
		);
	});

	it('grow with usage, however it is written', () => {
		fc.assert(
			fc.property(fc.tuple(megabytes, megabytes), (amounts) => {
				const [less, more] = amounts
					.sort((one, other) => one - other)
					.map((used) => dataOf({ data_usage: `${used.toFixed(2)} MB` }, total(1000)).flat());
				expect(more).toEqual(expect.arrayContaining(less!));
			}),
		);
	});

	it('are of no plan without a limit, unless the user gives one', () => {
		const unlimited: PlanFacts = { allowance: null, isDaily: false };
		fc.assert(
			fc.property(megabytes, (used) => {
				expect(dataOf({ data_usage: used }, unlimited)).toEqual([]);
				expect(dataOf({ data_usage: used }, {})).toEqual([]);
				expect(dataOf({ data_usage: used }, unlimited, { allowance: 1000 })).toEqual(
					dataOf({ data_usage: used }, total(1000)),
				);
			}),
		);
	});

	it('are of each day of a daily plan, of all countries together, today and yesterday', () => {
		const plan: PlanFacts = { allowance: 1000, isDaily: true };
		const days = (...used: Array<[string, number]>) => ({
			data_usage: 1e6,
			data_usage_daily: used.map(([date, total_usage]) => ({ date, total_usage })),
		});
		const usage = days(
			['2026-03-10', 200],
			['2026-03-10', 60],
			['2026-03-09', 600],
			['2026-03-08', 1000],
		);
		expect(dataOf(usage, plan)).toEqual([
			[['data_used', 25, '2026-03-10']],
			[
				['data_used', 25, '2026-03-09'],
				['data_used', 50, '2026-03-09'],
			],
		]);
		expect(dataOf({ ...usage, is_daily: 'true' }, {}, { allowance: 1000 })).toEqual(
			dataOf(usage, plan),
		);
	});
});

describe('expiry', () => {
	const expiryOf = (answer: object, plan?: PlanFacts, at?: number) =>
		shownOf(answer, plan, { at })
			.flat()
			.map(([kind]) => kind)
			.filter((kind) => kind === 'expired' || kind === 'expires_soon');

	it('of an active eSIM is by its end', () => {
		const active = { active_time: '2026-03-05 00:00:00' };
		expect(expiryOf({ ...active, expire_time: '2026-03-13 13:00:00' })).toEqual([]);
		expect(expiryOf({ ...active, expire_time: '2026-03-13 11:00:00' })).toEqual(['expires_soon']);
		expect(expiryOf({ ...active, expire_time: '2026-03-10 11:59:59' })).toEqual(['expired']);
	});

	it('of one that was never active is by the days to install it, whatever else is said', () => {
		const never = { status: 'expired', expire_time: '2026-03-02 00:00:00' };
		expect(expiryOf(never)).toEqual([]);
		const plan: PlanFacts = { validityDays: 30 };
		expect(expiryOf(never, plan)).toEqual([]);
		const deadline = Date.parse('2026-03-31T00:00:00+08:00');
		expect(expiryOf(never, plan, deadline - 3 * DAY_MS - 1)).toEqual([]);
		expect(expiryOf(never, plan, deadline - 3 * DAY_MS)).toEqual(['expires_soon']);
		expect(expiryOf(never, plan, deadline)).toEqual(['expired']);
	});

	it('is not by the days to install it where it was installed, also where it is used later', () => {
		const by = (notify_type: string, event_date: string, at: number) =>
			reached(
				{
					esim: readEsim(device({})),
					events: readEvents([{ notify_type, event_date }]),
					plan: { validityDays: 10 },
					at,
				},
				wish,
				undefined,
			)
				.flat()
				.map(({ kind }) => kind);
		const [soon, over] = ['2026-03-09', '2026-03-12'].map((day) =>
			Date.parse(`${day}T00:00+08:00`),
		);
		expect(by('INSTALLED', '2026-03-02 10:00:00', soon!)).toEqual(['installed']);
		expect(by('INSTALLED', '2026-03-02 10:00:00', over!)).toEqual(['installed']);
		expect(by('DOWNLOADED', '2026-03-02 10:00:00', soon!)).toEqual(['expires_soon']);
		expect(by('DOWNLOADED', '2026-03-02 10:00:00', over!)).toEqual(['expired']);
		// of another order
		expect(by('INSTALLED', '2026-02-20 10:00:00', over!)).toEqual(['expired']);
	});

	it('comes soon once half of its time has gone by, and not before', () => {
		const day = { active_time: '2026-03-10 00:00:00', expire_time: '2026-03-11 00:00:00' };
		const noon = Date.parse('2026-03-10T12:00:00+08:00');
		expect(expiryOf(day, {}, noon - 1)).toEqual([]);
		expect(expiryOf(day, {}, noon)).toEqual(['expires_soon']);
		const plan: PlanFacts = { validityDays: 2 };
		const created = Date.parse('2026-03-01T00:00:00+08:00');
		expect(expiryOf({}, plan, created + DAY_MS - 1)).toEqual([]);
		expect(expiryOf({}, plan, created + DAY_MS)).toEqual(['expires_soon']);
	});

	it('is nothing that a terminated eSIM has', () => {
		const over = { active_time: '2026-03-05 00:00:00', expire_time: '2026-03-06 00:00:00' };
		expect(expiryOf({ ...over, terminate_time: '2026-03-05 12:00:00' })).toEqual([]);
		expect(expiryOf({ ...over, status: 'Terminated' })).toEqual([]);
	});
});

describe('what the phone did', () => {
	const lifeOf = (answer: object, events: object[], plan: PlanFacts = {}) =>
		reached(
			{ esim: readEsim(device(answer)), events: readEvents(events), plan, at: NOW },
			wish,
			undefined,
		)
			.flat()
			.map(({ kind }) => kind)
			.sort();
	const event = (
		notify_type: string,
		event_date: string,
		notification_status = 'Executed-Success',
	) => ({
		notify_type,
		event_date,
		notification_status,
	});

	it('is told by its events', () => {
		const installed = event('INSTALLED', '2026-03-02 10:00:00');
		expect(lifeOf({}, [installed])).toEqual(['installed']);
		expect(lifeOf({}, [event('DELETE', '2026-03-03 10:00:00'), installed])).toEqual([
			'deleted',
			'installed',
		]);
	});

	it('is nothing that failed, nor what happened to another order with this device ID', () => {
		expect(lifeOf({}, [event('INSTALLED', '2026-03-02 10:00:00', 'Failed')])).toEqual([]);
		expect(lifeOf({}, [event('INSTALLED', '2026-02-20 10:00:00')])).toEqual([]);
	});

	it('is use by its data, or by being active where the plan waits for the phone', () => {
		const active = { active_time: '2026-03-05 00:00:00' };
		expect(lifeOf(active, [], { startsWithOrder: true })).toEqual([]);
		expect(lifeOf(active, [])).toEqual([]);
		expect(lifeOf(active, [], { startsWithOrder: false })).toEqual(['first_used']);
		expect(lifeOf({ ...active, data_usage: '0.1' }, [])).toEqual(['first_used']);
	});
});

it('events are read where they are asked for, or decide whether an eSIM must be installed', () => {
	const needs = (at: number, ...kinds: Kind[]) =>
		needsEvents(
			{ esim: readEsim(device({})), events: [], plan: { validityDays: 10 }, at },
			{ ...wish, kinds: new Set(kinds) },
		);
	const [early, soon] = [4, 9].map((days) => Date.parse('2026-03-01T00:00+08:00') + days * DAY_MS);
	expect(needs(early!, 'deleted')).toBe(true);
	expect(needs(early!, 'expires_soon', 'expired', 'data_used')).toBe(false);
	expect(needs(soon!, 'expires_soon')).toBe(true);
	expect(needs(soon!, 'expired', 'data_used')).toBe(false);
});

it('a plan is read only where it decides', () => {
	const asks = (
		answer: object,
		...kinds: Wish['kinds'] extends ReadonlySet<infer K> ? K[] : never
	) => needsPlan(readEsim(device(answer)), { ...wish, kinds: new Set(kinds) });
	expect(asks({}, 'data_used')).toBe(false);
	expect(asks({ data_usage: '1' }, 'data_used')).toBe(true);
	expect(asks({}, 'expires_soon')).toBe(true);
	const active = { active_time: '2026-03-05 00:00:00', expire_time: '2026-04-05 00:00:00' };
	expect(asks(active, 'expires_soon', 'expired')).toBe(false);
	expect(asks(active, 'installed', 'deleted', 'terminated')).toBe(false);
});
