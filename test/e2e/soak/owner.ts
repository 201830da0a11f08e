import type { Plan } from '../../../simulator';
import { Table } from '../ledger/table';
import type { Customers } from './customers';
import type { Journal } from './journal';
import { cents } from './money';
import type { Act, ActOf, Wanted } from './script';
import type { World } from './world';

/** The owner of the shop: her money at MicroeSIM, and what she does about orders that were refused. */
export class Owner {
	/** What was paid into the account at MicroeSIM, cents. */
	readonly topUps: number[] = [];

	constructor(
		private readonly world: World,
		private readonly journal: Journal,
		private readonly customers: Customers,
		private readonly plans: Plan[],
	) {}

	/** What was sold from one time of the script to another costs as the prices are now, cents. */
	costOf(acts: Act[], from: number, to: number): number {
		const sales = acts.filter((one): one is ActOf<'sale'> => one.act === 'sale');
		const sold = sales.filter(({ at }) => at >= from && at < to).flatMap(({ lines }) => lines);
		return sold.reduce(
			(sum, { plan, quantity }) => sum + quantity * cents(this.plans[plan]!.price),
			0,
		);
	}

	/** MicroeSIM asks for another price. */
	changePrice({ plan, factor }: ActOf<'price'>): void {
		const one = this.plans[plan]!;
		const price = (Math.round(cents(one.price) * factor) / 100).toFixed(2);
		this.journal.note('price', `${one.channel_dataplan_id} ${one.price} ${price}`);
		one.price = price;
	}

	/** Pays in what is needed until the money is to be gone again, and some. */
	topUp(acts: Act[], { at, until }: ActOf<'top-up'>): void {
		const { simulator } = this.world.flows;
		const from = Math.min(
			...acts.filter((one) => one.act === 'sale' && one.at >= at).map((one) => one.at),
		);
		const needed = this.costOf(acts, from, until);
		const amount = until === Infinity ? 2 * needed + 500_037 : needed + 50_037;
		simulator.balance = (cents(simulator.balance) + amount) / 100;
		this.topUps.push(amount);
		this.journal.note('top-up', (amount / 100).toFixed(2));
	}

	/** Of what was refused, the owner deletes some rows, as the mail says, and some buyers pay again. */
	async settleRefused({ deletesRow }: ActOf<'what was refused'>): Promise<void> {
		const table = new Table(this.world.flows.n8n.api);
		const refused = (await table.rows()).filter(({ state }) => state === 'refused');
		for (const [index, row] of refused.entries()) {
			const number = row.custom_order_no!;
			if (index % 2 === deletesRow) {
				this.journal.note('row deleted', number);
				await table.remove(row.id);
			} else {
				this.journal.note('paid again', number);
				const plan = this.plans.findIndex(
					(one) => one.channel_dataplan_id === row.channel_dataplan_id,
				);
				const lines: Wanted[] = [{ plan, quantity: 1 }];
				this.customers.buy(lines, 'en');
			}
		}
	}
}
