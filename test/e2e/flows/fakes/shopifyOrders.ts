import type { IDataObject } from 'n8n-workflow';
import { createHmac } from 'node:crypto';

import { API, SHOP_CREDENTIAL, SHOP_HOST, Shopify } from './shopify';
import type { ShopOrder } from './shopifyOrder';
import { FILTERS, isChosen } from './shopifyOrderFilters';
import { pageOf } from './shopifyPages';
import { objectIn, type Answer, type Call } from './site';

interface Hook {
	id: number;
	topic: string;
	address: string;
	format: string;
}

/** What of an order an app may change here. */
const CHANGEABLE = ['tags', 'note'];

const invalid = (errors: unknown): Answer => ({ status: 422, body: { errors } });
const GONE: Answer = { status: 404, body: { errors: 'Not Found' } };

/**
 * Orders, their fulfilments and webhooks of a shop. Its limits: one location, so one fulfillment order for each
 * order; a webhook's address may be plain HTTP; nothing can be cancelled or refunded.
 */
export class ShopifyOrders extends Shopify {
	/** What n8n has asked to be told of. */
	readonly hooks: Hook[] = [];

	private readonly orders = new Map<string, ShopOrder & { fulfillments: IDataObject[] }>();

	/** So many orders on a page at most, also where more are asked for. */
	largestPage = 250;

	/** IDs of orders of which nothing can be fulfilled. */
	readonly unfulfillable = new Set<number>();

	private lastId = 1000;

	protected readonly routes = {
		[`GET ${API}/webhooks`]: ({ query }: Call): Answer => ({
			status: 200,
			body: { webhooks: this.hooks.filter(({ topic }) => topic === query.get('topic')) },
		}),
		[`POST ${API}/webhooks.json`]: ({ body }: Call) => this.addHook(objectIn(body, 'webhook')),
		[`DELETE ${API}/webhooks/(\\d+).json`]: (_: Call, id: string): Answer => {
			const index = this.hooks.findIndex((hook) => String(hook.id) === id);
			if (index < 0) return GONE;
			this.hooks.splice(index, 1);
			return { status: 200, body: {} };
		},
		[`GET ${API}/orders.json`]: ({ query }: Call) => this.list(query),
		[`GET ${API}/orders/(\\d+).json`]: ({ query }: Call, id: string) =>
			this.show(id, query.get('fields')),
		[`PUT ${API}/orders/(\\d+).json`]: ({ body }: Call, id: string) =>
			this.change(id, objectIn(body, 'order')),
		[`GET ${API}/orders/(\\d+)/fulfillment_orders.json`]: (_: Call, id: string) =>
			this.toFulfil(id),
		[`POST ${API}/fulfillments.json`]: ({ body }: Call) =>
			this.fulfil(objectIn(body, 'fulfillment')),
	};

	/** The shop sells it. */
	sell(order: ShopOrder): void {
		this.orders.set(String(order.id), { ...order, fulfillments: [] });
	}

	order(id: number): ShopOrder & { fulfillments: IDataObject[] } {
		return this.orders.get(String(id))!;
	}

	/** Tells n8n of an order, signed with the app's secret. @returns the status it was answered with */
	async tell(order: ShopOrder): Promise<number> {
		const hook = this.hooks.find(({ topic }) => topic === 'orders/paid')!;
		const body = JSON.stringify(order);
		const secret = SHOP_CREDENTIAL.appSecretKey;
		const { status } = await fetch(hook.address, {
			method: 'POST',
			body,
			headers: {
				'content-type': 'application/json',
				'x-shopify-api-version': '2024-07',
				'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
				'x-shopify-shop-domain': SHOP_HOST,
				'x-shopify-topic': 'orders/paid',
			},
		});
		return status;
	}

	private addHook(hook: IDataObject | undefined): Answer {
		const { topic, address, format, ...more } = (hook ?? {}) as unknown as Hook;
		if (!topic || !address || format !== 'json' || Object.keys(more).length > 0)
			return invalid({ address: ["can't be blank"] });
		this.hooks.push({ id: ++this.lastId, topic, address, format });
		return { status: 201, body: { webhook: this.hooks.at(-1) } };
	}

	private list(query: URLSearchParams): Answer {
		const { unknown } = this;
		const choose = (filters: URLSearchParams) =>
			[...this.orders.values()].reverse().filter((order) => isChosen(order, filters, unknown));
		return pageOf(
			{ resource: 'orders', filters: FILTERS, choose, most: this.largestPage, unknown },
			query,
		);
	}

	private show(id: string, fields: string | null): Answer {
		const order = this.orders.get(id);
		if (!order) return GONE;
		const wanted = fields?.split(',');
		const known = Object.entries(order).filter(([name]) => wanted?.includes(name) ?? true);
		return { status: 200, body: { order: Object.fromEntries(known) } };
	}

	private change(id: string, change: IDataObject | undefined): Answer {
		const order = this.orders.get(id);
		if (!order) return GONE;
		const odd = Object.keys(change ?? { nothing: 1 }).find((name) => !CHANGEABLE.includes(name));
		if (odd) return invalid({ [odd]: ['is not known here'] });
		Object.assign(order, change);
		return this.show(id, null);
	}

	private toFulfil(id: string): Answer {
		const order = this.orders.get(id);
		if (!order) return GONE;
		const line_items = order.line_items.map((line) => ({
			id: line.id + 500,
			line_item_id: line.id,
			quantity: line.quantity,
			fulfillable_quantity: line.fulfillable_quantity,
		}));
		const status = line_items.some((line) => line.fulfillable_quantity > 0) ? 'open' : 'closed';
		return {
			status: 200,
			body: { fulfillment_orders: [{ id: order.id + 7, order_id: order.id, status, line_items }] },
		};
	}

	private fulfil(fulfillment: IDataObject | undefined): Answer {
		const { line_items_by_fulfillment_order: parts, tracking_info, ...more } = fulfillment ?? {};
		const odd = Object.keys(more).find((name) => !['notify_customer', 'message'].includes(name));
		const [part] = (parts ?? []) as IDataObject[];
		const order = [...this.orders.values()].find(({ id }) => id + 7 === part?.fulfillment_order_id);
		if (odd || !order) return invalid([`${odd ?? 'fulfillment_order_id'} is invalid`]);
		if (this.unfulfillable.has(order.id)) return invalid(['Fulfillment order is not fulfillable.']);
		const lines = part!.fulfillment_order_line_items as Array<{ id: number; quantity: number }>;
		for (const { id, quantity } of lines) {
			const line = order.line_items.find((one) => one.id + 500 === id);
			if (!line || line.fulfillable_quantity < quantity)
				return invalid(['Invalid fulfillment order line item quantity requested.']);
			line.fulfillable_quantity -= quantity;
		}
		const { number, company } = (tracking_info ?? {}) as IDataObject;
		const made = {
			id: ++this.lastId,
			order_id: order.id,
			status: 'success',
			tracking_company: company ?? null,
			tracking_number: number ?? null,
			tracking_numbers: number ? [number] : [],
			line_items: lines.map(({ id, quantity }) => ({ id: id - 500, quantity })),
			notify_customer: more.notify_customer ?? false,
		};
		order.fulfillments.push(made);
		return { status: 201, body: { fulfillment: made } };
	}
}
