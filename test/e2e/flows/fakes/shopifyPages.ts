import { API, SHOP_HOST } from './shopify';
import { STATUSES, type Product } from './shopifyVariants';
import type { Answer } from './site';

const KNOWN = ['limit', 'page_info', 'fields', 'status'];

/**
 * A page of a shop's products, with links to those beside it, the one before it first:
 * https://shopify.dev/docs/api/admin-rest/usage/pagination.
 *
 * @param most so many are on it at most, also where more are asked for
 * @param unknown gets what is not known here
 */
export function pageOf(
	products: Product[],
	query: URLSearchParams,
	most: number,
	unknown: string[],
): Answer {
	const page = query.get('page_info');
	for (const name of query.keys()) {
		if (!KNOWN.includes(name)) unknown.push(`GET products.json?${name}`);
		else if (page !== null && name === 'status')
			return { status: 400, body: { errors: { status: 'status cannot be passed' } } };
	}
	const asked = Number(query.get('limit') ?? 50);
	if (!(asked >= 1 && asked <= 250))
		return { status: 400, body: { errors: { limit: 'Limit must be from 1 to 250' } } };
	const [from, statuses] = page === null ? [0, query.get('status') ?? ''] : opened(page);
	const size = Math.min(asked, most);
	const wanted = statuses === '' ? STATUSES : statuses.split(',');
	const found = products.filter(({ status }) => wanted.includes(status));
	const fields = query.get('fields')?.split(',');
	const isShown = ([key]: [string, unknown]) => fields?.includes(key) ?? true;
	const shown = found
		.slice(from, from + size)
		.map((one) => Object.fromEntries(Object.entries(one).filter(isShown)));
	const linkTo = (start: number, rel: string) => {
		const info = Buffer.from(JSON.stringify([start, statuses])).toString('base64url');
		const more = fields ? `&fields=${fields.join('%2C')}` : '';
		return `<https://${SHOP_HOST}${API}/products.json?limit=${asked}${more}&page_info=${info}>; rel="${rel}"`;
	};
	const links = [
		...(from > 0 ? [linkTo(Math.max(0, from - size), 'previous')] : []),
		...(from + size < found.length ? [linkTo(from + size, 'next')] : []),
	];
	return {
		status: 200,
		body: { products: shown },
		...(links.length > 0 && { headers: { Link: links.join(', ') } }),
	};
}

const opened = (page: string) =>
	JSON.parse(Buffer.from(page, 'base64url').toString()) as [number, string];
