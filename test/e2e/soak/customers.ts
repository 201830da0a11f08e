import type { Plan } from '../../../simulator';
import { paidOrder, type ShopOrder } from '../flows/fakes/shopifyOrder';
import type { ShopifyOrders } from '../flows/fakes/shopifyOrders';
import type { ShopHours } from './hours';
import type { Wanted } from './script';
import { MINUTE } from './size';

/** After an answer that is none, Shopify tells of an order again, and then no more: n8n's hour finds it. */
const SHOPIFY_TRIES_AGAIN = [MINUTE, 5 * MINUTE];

const FIRST_ORDER = 1042;

/** One eSIM that somebody has paid for. */
export interface Unit {
	/** Under which number it is ordered at MicroeSIM. */
	number: string;
	/** As the shop calls the order, and its ID there. */
	order: string;
	orderId: number;
	product: string;
	unit: number;
	buyer: string;
}

/** Who buys in the shop, and what Shopify tells n8n of it. */
export class Customers {
	readonly orders: ShopOrder[] = [];

	readonly units: Unit[] = [];

	/** Names of orders of which n8n has taken a call, as often as it has. */
	readonly told: string[] = [];

	private readonly underWay = new Set<Promise<void>>();

	constructor(
		private readonly shop: ShopifyOrders,
		private readonly hours: ShopHours,
		private readonly plans: Plan[],
	) {}

	/** Somebody pays; Shopify tells of it at once. @param again when it tells of it once more, ms behind */
	buy(lines: Wanted[], language: string, again?: number): ShopOrder {
		const order = this.sell(lines, language);
		this.begin(this.tell(order));
		if (again !== undefined)
			this.begin(this.hours.pass(again).then(async () => await this.tell(order)));
		return order;
	}

	/** Resolves when Shopify has told of everything, or given up. */
	async areDone(): Promise<void> {
		while (this.underWay.size > 0) await Promise.all(this.underWay);
	}

	private begin(telling: Promise<void>): void {
		const kept = telling.finally(() => this.underWay.delete(kept));
		this.underWay.add(kept);
	}

	private sell(lines: Wanted[], language: string): ShopOrder {
		const number = FIRST_ORDER + this.orders.length;
		const buyer = `buyer-${number}@shop.example`;
		const at = new Date(this.hours.now()).toISOString();
		const order = paidOrder(
			number,
			lines.map(({ plan, quantity }, index) => ({
				id: number * 100 + index,
				sku: this.plans[plan]!.channel_dataplan_id,
				title: this.plans[plan]!.channel_dataplan_name,
				quantity,
			})),
		);
		Object.assign(order, { contact_email: buyer, email: buyer, customer_locale: language });
		Object.assign(order, { created_at: at, updated_at: at });
		Object.assign(order.customer, { email: buyer });
		this.orders.push(order);
		for (const { id, title, quantity } of order.line_items)
			for (let unit = 1; unit <= quantity; unit++)
				this.units.push({
					number: `shopx${id}u${unit}`,
					order: order.name,
					orderId: order.id,
					product: title,
					unit,
					buyer,
				});
		this.shop.sell(order);
		return order;
	}

	private async tell(order: ShopOrder): Promise<void> {
		for (const wait of [...SHOPIFY_TRIES_AGAIN, undefined]) {
			const status = await this.shop.tell(order).catch(() => 0);
			if (status === 200) {
				this.told.push(order.name);
				return;
			}
			if (wait !== undefined) await this.hours.pass(wait);
		}
	}
}
