import type { IDataObject } from 'n8n-workflow';

import { API, Shopify, SHOP_HOST } from './shopify';
import type { Answer, Call } from './site';

/** What a test puts on the shelf. */
interface Product {
	id: number;
	title: string;
	status: 'active' | 'archived' | 'draft';
	variants: Array<{ title: string; sku: string | null }>;
}

/** Where a page begins, and how it was asked for. */
interface Cursor {
	from: number;
	limit: number;
	fields?: string;
}

const MOST = 250;
const DEFAULT = 50;
const PAGED = new Set(['page_info', 'limit', 'fields']);

/**
 * The product list of Shopify's REST Admin API: https://shopify.dev/docs/api/admin-rest/latest/resources/product,
 * page after page as https://shopify.dev/docs/api/admin-rest/usage/pagination has it. Where a page has both
 * neighbours, its Link header names the previous one first, as shops do.
 *
 * Limits: no filters, and a product has no other fields than these.
 */
export class ShopifyCatalogue extends Shopify {
	/** All products; a test sets them. */
	readonly products: Product[] = [];

	protected readonly routes = {
		[`GET ${API}/products.json`]: ({ query }: Call) => this.list(query),
	};

	override reset(): void {
		super.reset();
		this.products.length = 0;
	}

	private list(query: URLSearchParams): Answer {
		for (const name of query.keys())
			if (!PAGED.has(name)) return refused({ [name]: 'is not known by this fake' });
		const cursor = read(query.get('page_info'));
		if (cursor === null) return refused({ page_info: 'Invalid value.' });
		const limit = Number(query.get('limit') ?? cursor?.limit ?? DEFAULT);
		if (!(limit >= 1 && limit <= MOST)) return refused({ limit: 'must be between 1 and 250' });
		const { from = 0 } = cursor ?? {};
		const fields = query.get('fields') ?? cursor?.fields;
		const page = this.products.slice(from, from + limit).map((product) => only(product, fields));
		const links = [
			...(from > 0 ? [linkTo('previous', { from: Math.max(0, from - limit), limit, fields })] : []),
			...(from + limit < this.products.length
				? [linkTo('next', { from: from + limit, limit, fields })]
				: []),
		];
		const headers: Record<string, string> = links.length > 0 ? { Link: links.join(', ') } : {};
		return { status: 200, body: { products: page }, headers };
	}
}

const refused = (errors: IDataObject): Answer => ({ status: 400, body: { errors } });

function only(product: Product, fields: string | undefined): IDataObject {
	const names = fields?.split(',').map((name) => name.trim());
	const entries = Object.entries(product).filter(([name]) => !names || names.includes(name));
	return Object.fromEntries(entries) as IDataObject;
}

function linkTo(rel: 'next' | 'previous', cursor: Cursor): string {
	const page_info = Buffer.from(JSON.stringify(cursor)).toString('base64url');
	const query = new URLSearchParams({ limit: String(cursor.limit), page_info });
	return `<https://${SHOP_HOST}${API}/products.json?${query.toString()}>; rel="${rel}"`;
}

/** @returns undefined for a first page, null for what is no cursor */
function read(pageInfo: string | null): Cursor | null | undefined {
	if (pageInfo === null) return undefined;
	try {
		return JSON.parse(Buffer.from(pageInfo, 'base64url').toString()) as Cursor;
	} catch {
		return null;
	}
}
