import type { Order, Plan, Simulator } from '../../../simulator';

/** What happens in a month: which plans are sold, and what travellers do with their eSIMs. */

export const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MB = 1024;

/** 2026-03-01 00:30 in UTC+8: polls come on the half hour, and nothing happens within minutes of one. */
export const START = Date.parse('2026-02-28T16:30:00Z');

interface Sold {
	data: string;
	day: number;
	activeType?: string;
	/** Megabytes that an alert counts from; undefined where only the user can say. */
	megabytes?: number;
	isDaily?: boolean;
	/** Vanishes from the catalogue, days after the start. */
	goneAfter?: number;
}

const PLANS: Sold[] = [
	{ data: 'Total3GB', day: 10, megabytes: 3 * MB },
	{ data: 'Total10GB', day: 30, megabytes: 10 * MB },
	{ data: 'Daily2GB', day: 7, megabytes: 2 * MB, isDaily: true },
	{ data: 'Daily500MB', day: 15, megabytes: 500, isDaily: true },
	{ data: 'unlimited', day: 5 },
	{ data: 'Total5GB', day: 8, megabytes: 5 * MB, activeType: 'ACTIVEDBYORDER' },
	{ data: 'Total1GB', day: 30, megabytes: MB, goneAfter: 2 },
];

/** What the user gives as *Data Allowance* for all. */
export const GIVEN_MB = 4 * MB;

export interface Life {
	order: Order;
	sold: Sold;
}

const idOf = (index: number) => `month-${index}`;

/** Puts the month's plans up for sale, besides those of the document. */
export function sellPlans({ plans }: Simulator): void {
	const [sample] = plans;
	PLANS.forEach(({ data, day, activeType = 'ACTIVEDBYDEVICE' }, index) => {
		const plan: Plan = {
			...sample!,
			channel_dataplan_id: idOf(index),
			channel_dataplan_name: `Month ${data} ${day}`,
			price: '1.00',
			data,
			day,
			active_type: activeType,
			validity_period: '12',
		};
		plans.push(plan);
	});
}

/** The plan of eSIM number `index`. */
export const planOf = (index: number): { id: string; sold: Sold } => {
	const place = index % PLANS.length;
	return { id: idOf(place), sold: PLANS[place]! };
};

/** A number from 0 to `below` that is the same each time. */
const drawn = (index: number, salt: number, below: number): number => {
	const mixed = Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(salt + 7, 0x85ebca6b);
	return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
};

/** Hours after the start, at a minute when nobody polls. */
const at = (index: number, salt: number, hours: number): number =>
	drawn(index, salt, hours) * HOUR_MS + 25 * 60_000;

/** Writes down what will happen with an eSIM that was just delivered: one in six is never installed. */
export function fate({ order, sold }: Life, index: number): void {
	const esim = order.esims[0]!;
	const byOrder = sold.activeType === 'ACTIVEDBYORDER';
	const isInstalled = index % 6 !== 5;
	esim.downloadAfterMs = isInstalled ? at(index, 1, 10 * 24) : Infinity;
	// whole megabytes in an hour, so that sums by the day are exact
	const perHour = sold.isDaily ? 20 + drawn(index, 2, 90) : 2 + drawn(index, 2, 20);
	esim.kilobytesPerHour = perHour * 1024;
	if (byOrder && !isInstalled) esim.kilobytesPerHour = 0;
	if (isInstalled && index % 4 === 1)
		esim.bursts = [
			{
				at: order.readyAt + esim.downloadAfterMs + at(index, 3, 60) + HOUR_MS,
				kilobytes: (sold.megabytes ?? GIVEN_MB) * 1024 * 0.6,
			},
		];
	if (isInstalled && index % 5 === 2)
		esim.deletedAfterMs = esim.downloadAfterMs + at(index, 4, 15 * 24) + HOUR_MS;
}

/** What happens besides in the time before a poll: plans vanish, and eSIMs are ended by hand. */
export function happenBefore(simulator: Simulator, now: number, lives: Life[]): void {
	PLANS.forEach(({ goneAfter }, index) => {
		const place = simulator.plans.findIndex(
			({ channel_dataplan_id }) => channel_dataplan_id === idOf(index),
		);
		if (goneAfter !== undefined && now > START + goneAfter * DAY_MS && place >= 0)
			simulator.plans.splice(place, 1);
	});
	lives.forEach(({ order }, index) => {
		const esim = order.esims[0]!;
		const end = START + 20 * DAY_MS + at(index, 5, 5 * 24);
		if (index % 10 === 7 && now > end) esim.terminatedAt ??= end;
	});
}
