import { API, SHOP_HOST } from './shopify';
import type { Answer } from './site';

/** What of a shop is listed by pages. */
export interface Listed<T> {
	/** The last word of its address, and the name of the list in the answer. */
	resource: string;
	/** Names of the parameters that choose from it. */
	filters: string[];
	/** All that such parameters choose, in the shop's order. */
	choose(filters: URLSearchParams): T[];
	/** So many are on a page at most, also where more are asked for. */
	most: number;
	/** Gets parameters that are not known here. */
	unknown: string[];
}

/** A page of something, with links to those beside it, the one before it first: https://shopify.dev/docs/api/admin-rest/usage/pagination. */
export function pageOf<T extends object>(
	{ resource, filters, choose, most, unknown }: Listed<T>,
	query: URLSearchParams,
): Answer {
	const page = query.get('page_info');
	const chosen = new URLSearchParams();
	for (const [name, value] of query) {
		if (filters.includes(name)) chosen.set(name, value);
		else if (!['limit', 'page_info', 'fields'].includes(name))
			unknown.push(`GET ${resource}.json?${name}`);
	}
	const [refused] = page === null ? [] : chosen.keys();
	if (refused)
		return { status: 400, body: { errors: { [refused]: `${refused} cannot be passed` } } };
	const asked = Number(query.get('limit') ?? 50);
	if (!(asked >= 1 && asked <= 250))
		return { status: 400, body: { errors: { limit: 'Limit must be from 1 to 250' } } };
	const [from, filter] = page === null ? [0, chosen.toString()] : opened(page);
	const size = Math.min(asked, most);
	const found = choose(new URLSearchParams(filter));
	const fields = query.get('fields')?.split(',');
	const isShown = ([key]: [string, unknown]) => fields?.includes(key) ?? true;
	const shown = found
		.slice(from, from + size)
		.map((one) => Object.fromEntries(Object.entries(one).filter(isShown)));
	const linkTo = (start: number, rel: string) => {
		const info = Buffer.from(JSON.stringify([start, filter])).toString('base64url');
		const more = fields ? `&fields=${fields.join('%2C')}` : '';
		return `<https://${SHOP_HOST}${API}/${resource}.json?limit=${asked}${more}&page_info=${info}>; rel="${rel}"`;
	};
	const links = [
		...(from > 0 ? [linkTo(Math.max(0, from - size), 'previous')] : []),
		...(from + size < found.length ? [linkTo(from + size, 'next')] : []),
	];
	return {
		status: 200,
		body: { [resource]: shown },
		...(links.length > 0 && { headers: { Link: links.join(', ') } }),
	};
}

const opened = (page: string) =>
	JSON.parse(Buffer.from(page, 'base64url').toString()) as [number, string];
