import type { IDataObject } from 'n8n-workflow';

import type { Esim, Order, Simulator } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import type { FlowDesk } from './desk';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A plan of 1 GB for five days, to be installed within seven, and one of 1 GB a day. */
const SOLD = {
	week: { channel_dataplan_name: 'SUPPLIER-W', data: 'Total1GB', day: 5, validity_period: '7' },
	/** Plans that leave the catalogue. */
	leaving: { channel_dataplan_name: 'SUPPLIER-L', data: 'Total1GB', day: 5, validity_period: '7' },
	gone: { channel_dataplan_name: 'SUPPLIER-G', data: 'Total1GB', day: 5, validity_period: '7' },
	daily: { channel_dataplan_name: 'SUPPLIER-D', data: 'Daily1GB', day: 9, validity_period: '30' },
};

/** What stands in MicroeSIM's catalogue, and is no business of a buyer. */
export const SECRETS = ['SUPPLIER', '7.77', 'HKD'];

/** Somebody who has bought an eSIM. */
export interface Traveller {
	order: Order;
	esim: Esim;
	/** Sets how much data was used in all, ten minutes after the delivery. */
	uses(megabytes: number): void;
}

/** What somebody buys. */
export interface Bought {
	/** What the ledger knows beside what all have in common. */
	row?: IDataObject;
	/** What the phone does; the eSIM is installed at once where nothing else is said. */
	life?: Partial<Esim>;
	plan?: keyof typeof SOLD;
}

/** People who have bought an eSIM, and whom the ledger knows. */
export class Travellers {
	private count = 0;

	constructor(private readonly flows: { desk: FlowDesk; simulator: Simulator }) {}

	/** Puts their plans up for sale. */
	sell(): void {
		const { plans } = this.flows.simulator;
		const sample = { ...plans[0]!, price: '7.77', status: '1', active_type: 'ACTIVEDBYDEVICE' };
		for (const [channel_dataplan_id, plan] of Object.entries(SOLD))
			plans.push({ ...sample, ...plan, channel_dataplan_id });
	}

	/** Takes a plan out of the catalogue. */
	stopSelling(plan: keyof typeof SOLD): void {
		const { plans } = this.flows.simulator;
		plans.splice(
			plans.findIndex(({ channel_dataplan_id }) => channel_dataplan_id === plan),
			1,
		);
	}

	/** Lets them buy, by name; the ledger must be open. */
	async buy<Name extends string>(bought: Record<Name, Bought>): Promise<Record<Name, Traveller>> {
		const { desk, simulator } = this.flows;
		const all = Object.entries<Bought>(bought).map(([name, { row, life, plan = 'week' }]) => ({
			name,
			life,
			plan,
			row: {
				custom_order_no: `t-${++this.count}`,
				shop_order: `#${name}`,
				product: 'Japan, 5 days',
				buyer: `${name}@buyer.example`,
				language: 'en',
				...row,
			},
		}));
		await desk.call('Order ledger', ...all.map(({ row }) => ({ state: 'asked', ...row })));
		const people: Array<[string, Traveller]> = [];
		const delivered: IDataObject[] = [];
		for (const { name, row, life, plan } of all) {
			const { custom_order_no } = row;
			const fields = { custom_order_no, channel_dataplan_id: plan };
			const order = orderOf(simulator, await buy(simulator, fields));
			const esim = order.esims[0]!;
			const { device_id, lpa_str } = esim;
			delivered.push({
				custom_order_no,
				topup_id: order.topup_id,
				device_id,
				lpa_str,
				channel_dataplan_id: plan,
			});
			const burst = { at: order.readyAt + 600_000, kilobytes: 0 };
			Object.assign(esim, { downloadAfterMs: 0, kilobytesPerHour: 0, bursts: [burst] }, life);
			const uses = (megabytes: number) => (burst.kilobytes = megabytes * 1024);
			people.push([name, { order, esim, uses }]);
		}
		await desk.call('Order ledger', ...delivered);
		return Object.fromEntries(people) as Record<Name, Traveller>;
	}

	/** What is different of eSIMs when so many hours have gone by: n8n's own clock cannot be moved. @param orders all */
	pass(hours: number, orders = this.flows.simulator.ledger): void {
		const ms = hours * HOUR_MS;
		for (const order of orders) {
			for (const esim of order.esims) {
				// what a phone has told stays told of its moment
				const { deletedAfterMs = Infinity } = esim;
				if (order.readyAt + deletedAfterMs < Date.now()) esim.deletedAfterMs = deletedAfterMs + ms;
				if (esim.terminatedAt !== undefined) esim.terminatedAt -= ms;
				for (const burst of esim.bursts ?? []) burst.at -= ms;
			}
			order.bookedAt -= ms;
			order.readyAt -= ms;
		}
	}
}
