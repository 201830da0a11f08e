import { chinaTime } from '../../../simulator/formats';
import { activityOf, eventsOf, usageOf } from '../../../simulator/orders/life';
import { DAY_MS, GIVEN_MB, type Life } from './script';

/** What must be told, by what MicroeSIM knows: written from the rules, and not from the node's code. */

export const PERCENTS = [50, 75, 90, 100];
export const DAYS_BEFORE = 3;
const VALIDITY_DAYS = 12;

/** An alert as one line: eSIM, what, threshold, day. */
export type Line = string;

export const lineOf = (...parts: Array<string | number | null | undefined>): Line =>
	parts.map((part) => part ?? '').join(' ');

export class Oracle {
	private readonly told = new Set<string>();

	/**
	 * What comes out when an eSIM is looked at now.
	 *
	 * @param knows whether the plan is known: it is on sale, or was when n8n started
	 */
	look(life: Life, now: number, knows: boolean): Line[] {
		const device = life.order.esims[0]!.device_id;
		return [
			...this.data(life, device, now, knows),
			...this.expiry(life, device, now, knows),
			...this.life(life, device, now, knows),
		];
	}

	private data({ order, sold }: Life, device: string, now: number, knows: boolean): Line[] {
		const usage = usageOf(order, order.esims[0]!, now);
		const allowance = knows ? (sold.megabytes ?? GIVEN_MB) : GIVEN_MB;
		const ofDay = (day: string) =>
			usage.daily
				.filter(({ date }) => date === day)
				.reduce((sum, { total_usage }) => sum + Number(total_usage), 0);
		const used: Array<[day: string, megabytes: number]> = sold.isDaily
			? [now, now - DAY_MS].map((moment) => {
					const day = chinaTime(moment).slice(0, 10);
					return [day, ofDay(day)];
				})
			: [['', Number(usage.total)]];
		return used.flatMap(([day, megabytes]) => {
			const reached = PERCENTS.filter((percent) => megabytes / allowance >= percent / 100);
			const highest = reached.at(-1);
			if (highest === undefined) return [];
			const isNew = this.isNew(lineOf(device, 'data_used', highest, day));
			for (const percent of reached) this.told.add(lineOf(device, 'data_used', percent, day));
			return isNew ? [lineOf(device, 'data_used', highest, day)] : [];
		});
	}

	private expiry({ order }: Life, device: string, now: number, knows: boolean): Line[] {
		const esim = order.esims[0]!;
		if (esim.terminatedAt !== undefined) return [];
		const { expireAt } = activityOf(order, esim, now);
		const types = eventsOf(order, esim, now).map(({ notify_type }) => notify_type);
		if (expireAt === undefined && types.includes('INSTALLED')) return [];
		// Only the plan says in how many days an eSIM must be installed.
		if (expireAt === undefined && !knows) return [];
		const end = expireAt ?? order.bookedAt + VALIDITY_DAYS * DAY_MS;
		const by = expireAt === undefined ? 'install_deadline' : 'validity';
		const soon = lineOf(device, 'expires_soon', DAYS_BEFORE, by);
		const over = lineOf(device, 'expired', '', by);
		if (now >= end) {
			this.told.add(soon);
			return this.isNew(over) ? [over] : [];
		}
		return now >= end - DAYS_BEFORE * DAY_MS && this.isNew(soon) ? [soon] : [];
	}

	private life({ order, sold }: Life, device: string, now: number, knows: boolean): Line[] {
		const esim = order.esims[0]!;
		const types = eventsOf(order, esim, now).map(({ notify_type }) => notify_type);
		const isActive = activityOf(order, esim, now).activeAt !== undefined;
		const isUsed =
			Number(usageOf(order, esim, now).total) > 0 ||
			(isActive && knows && sold.activeType !== 'ACTIVEDBYORDER');
		const happened = {
			installed: types.includes('INSTALLED'),
			deleted: types.includes('DELETE'),
			first_used: isUsed,
			terminated: esim.terminatedAt !== undefined,
		};
		return Object.entries(happened)
			.filter(([, is]) => is)
			.map(([alert]) => lineOf(device, alert, '', ''))
			.filter((line) => this.isNew(line));
	}

	private isNew(line: Line): boolean {
		const isNew = !this.told.has(line);
		this.told.add(line);
		return isNew;
	}
}
