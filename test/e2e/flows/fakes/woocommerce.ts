import type { IDataObject } from 'n8n-workflow';
import { createHmac } from 'node:crypto';

import { Site, type Answer, type Call } from './site';
import type { WooOrder } from './wooOrder';

const API = '/wp-json/wc/v3';

interface Hook {
	id: number;
	topic: string;
	delivery_url: string;
	secret: string;
	status: 'active';
}

const refused = (status: number, code: string, message: string): Answer => ({
	status,
	body: { code, message, data: { status } },
});

/**
 * Webhooks and the list of orders of a WooCommerce shop, by its REST API v3
 * (https://woocommerce.github.io/woocommerce-rest-api-docs). Its limits: it knows no products and changes no orders,
 * lists one page, and takes any delivery address.
 */
export class WooCommerce extends Site {
	readonly hooks: Hook[] = [];

	/** What it has sold, oldest first. */
	readonly orders: WooOrder[] = [];

	private lastId = 100;

	/** @param key of its own, so that no two shops sign alike */
	constructor(readonly key: string) {
		super();
	}

	/** What n8n's credential holds for it. @param url where it is served */
	credential(url: string) {
		const { key, secret } = this;
		return { url, consumerKey: key, consumerSecret: secret, includeCredentialsInQuery: false };
	}

	protected readonly routes = {
		[`GET ${API}/orders`]: ({ query }: Call) => this.list(query),
		[`GET ${API}/webhooks`]: (): Answer => ({ status: 200, body: this.hooks }),
		[`POST ${API}/webhooks`]: ({ body }: Call): Answer => {
			const { topic, delivery_url, secret, ...more } = body as Hook;
			if (
				!/^order\.(created|updated)$/.test(topic) ||
				!delivery_url ||
				Object.keys(more).length > 0
			)
				return refused(400, 'woocommerce_rest_webhook_invalid_topic', 'Invalid webhook topic.');
			this.hooks.push({ id: ++this.lastId, topic, delivery_url, secret, status: 'active' });
			return { status: 201, body: this.hooks.at(-1) };
		},
		[`DELETE ${API}/webhooks/(\\d+)`]: ({ query, body }: Call, id: string): Answer => {
			if (query.get('force') !== 'true' && (body as IDataObject | undefined)?.force !== true)
				return refused(501, 'woocommerce_rest_trash_not_supported', 'Webhooks cannot be trashed.');
			const index = this.hooks.findIndex((hook) => String(hook.id) === id);
			return { status: 200, body: this.hooks.splice(index, 1)[0] };
		},
	};

	/** Tells n8n of an order, signed with the webhook's secret. @returns the status it was answered with */
	async tell(order: IDataObject): Promise<number> {
		const hook = this.hooks.find(({ topic }) => topic === 'order.updated')!;
		const body = JSON.stringify(order);
		const { status } = await fetch(hook.delivery_url, {
			method: 'POST',
			body,
			headers: {
				'content-type': 'application/json',
				'x-wc-webhook-id': String(hook.id),
				'x-wc-webhook-topic': hook.topic,
				'x-wc-webhook-signature': createHmac('sha256', hook.secret).update(body).digest('base64'),
			},
		});
		return status;
	}

	private list(query: URLSearchParams): Answer {
		const { after, per_page: size = '10', ...more } = Object.fromEntries(query);
		if (Object.keys(more).length > 0 || !/^([1-9]\d?|100)$/.test(size))
			return refused(400, 'rest_invalid_param', 'Invalid parameter(s)');
		const isLater = ({ date_created }: WooOrder) => date_created > (after ?? '');
		const found = this.orders.filter(isLater).reverse();
		return { status: 200, body: found.slice(0, Number(size)) };
	}

	protected refusal({ headers }: Call): Answer | undefined {
		const given = Buffer.from(`${this.key}:${this.secret}`).toString('base64');
		return headers.authorization === `Basic ${given}`
			? undefined
			: refused(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');
	}

	private get secret(): string {
		return `${this.key}-secret-not-a-real-one`;
	}
}
