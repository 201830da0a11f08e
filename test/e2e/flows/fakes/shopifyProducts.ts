import type { IDataObject } from 'n8n-workflow';

import { API, Shopify, SHOP_HOST } from './shopify';
import { pageOf } from './shopifyPages';
import { changed, Refused, STATUSES, unknownIn, type Product } from './shopifyVariants';
import { objectIn, type Answer, type Call } from './site';

/** Calls that may come at once, and how many more each second: https://shopify.dev/docs/api/usage/rate-limits. */
const BUCKET = { size: 40, perSecond: 2 };

/** A call that is answered with an error of the server. */
interface Fault {
	/** Its method, path and query. */
	asked: RegExp;
	/** So many such calls go well before. */
	skip: number;
	/** Whether it took effect all the same. */
	isDone?: boolean;
}

/**
 * The products of one shop, as a custom app sees them: https://shopify.dev/docs/api/admin-rest/2024-07/resources/product.
 * It lists by pages, makes products and changes them, each with all its variants; a variant that a change does not
 * name is deleted. It knows no images, collections, publications and locations, and refuses fields that it does not
 * know, where Shopify takes no notice of them.
 */
export class ShopifyProducts extends Shopify {
	/** Oldest first; tests change them as the owner of the shop does. */
	readonly products: Product[] = [];

	/** What the shop sells in. */
	currency = 'EUR';

	/** So many products on a page at most, also where more are asked for. */
	largestPage = 250;

	/** Calls that may come before it says "too fast". */
	room = BUCKET.size;

	/** How many of them it forgets each second. */
	perSecond = BUCKET.perSecond;

	private readonly later: Fault[] = [];

	private ids = 7_900_000_000_000;

	private leakedAt = Date.now();

	protected readonly routes = {
		[`GET ${API}/shop.json`]: (): Answer => ({
			status: 200,
			body: { shop: { id: 1, name: 'Example', domain: SHOP_HOST, currency: this.currency } },
		}),
		[`GET ${API}/products.json`]: ({ query }: Call) =>
			pageOf(
				{
					resource: 'products',
					filters: ['status'],
					choose: (filters) => {
						const wanted = filters.get('status')?.split(',') ?? STATUSES;
						return this.products.filter(({ status }) => wanted.includes(status));
					},
					most: this.largestPage,
					unknown: this.unknown,
				},
				query,
			),
		[`POST ${API}/products.json`]: ({ body }: Call) =>
			this.write(body, 201, (given) => {
				const product = changed(undefined, given, () => this.ids++);
				this.products.push(product);
				return product;
			}),
		[`PUT ${API}/products/(\\d+).json`]: ({ body }: Call, id: string) =>
			this.write(body, 200, ({ id: same, ...given }) => {
				const product = this.products.find((one) => String(one.id) === id);
				if (!product) throw new Refused('Not Found', 404);
				if (same !== product.id) throw new Refused('Id is another');
				return Object.assign(
					product,
					changed(product, given, () => this.ids++),
				);
			}),
	};

	/** What was asked for beside reading. */
	get writes(): Call[] {
		return this.calls.filter(({ method }) => method !== 'GET');
	}

	override reset(): void {
		super.reset();
		for (const list of [this.products, this.later]) list.length = 0;
		Object.assign(this, { currency: 'EUR', largestPage: 250 });
		this.recover();
	}

	/** Takes as many calls as it usually does. */
	recover(): void {
		Object.assign(this, { room: BUCKET.size, perSecond: BUCKET.perSecond });
	}

	/** A call goes wrong. */
	fail(fault: Fault): void {
		this.later.push(fault);
	}

	override answer(call: Call): Answer {
		const asked = `${call.method} ${call.path}?${call.query.toString()}`;
		const fault = this.later.find((one) => one.asked.test(asked) && one.skip-- <= 0);
		if (!fault) return super.answer(call);
		this.later.splice(this.later.indexOf(fault), 1);
		if (fault.isDone) super.answer(call);
		else this.calls.push(call);
		return { status: 500, body: { errors: 'Internal Server Error' } };
	}

	protected override refusal(call: Call): Answer | undefined {
		const now = Date.now();
		this.room = Math.min(BUCKET.size, this.room + ((now - this.leakedAt) / 1000) * this.perSecond);
		this.leakedAt = now;
		if (this.room < 1) {
			const errors =
				'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.';
			return { status: 429, body: { errors }, headers: { 'Retry-After': '2.0' } };
		}
		this.room--;
		return super.refusal(call);
	}

	private write(body: unknown, status: number, run: (given: IDataObject) => Product): Answer {
		const given = objectIn(body, 'product');
		if (!given) return { status: 400, body: { errors: { product: 'Required parameter missing' } } };
		this.unknown.push(...unknownIn(given));
		try {
			return { status, body: { product: run(given) } };
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return { status: error.status, body: { errors: error.errors } };
		}
	}
}
