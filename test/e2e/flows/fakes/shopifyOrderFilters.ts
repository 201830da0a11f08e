import type { ShopOrder } from './shopifyOrder';

/** What a list of orders can be narrowed by here: https://shopify.dev/docs/api/admin-rest/2024-07/resources/order#get-orders. */
export const FILTERS = [
	'status',
	'financial_status',
	'fulfillment_status',
	'created_at_min',
	'updated_at_min',
	'updated_at_max',
];

/** Whether an order is listed. @param unknown gets filters whose values are not known here */
export function isChosen(order: ShopOrder, filters: URLSearchParams, unknown: string[]): boolean {
	return [...filters].every(([name, value]) => {
		const test = TESTS[`${name}=${value}`] ?? TIMES[name];
		if (!test) unknown.push(`GET orders.json?${name}=${value}`);
		return test?.(order, Date.parse(value));
	});
}

type Test = (order: ShopOrder, at: number) => boolean;

const TESTS: Record<string, Test> = {
	'status=open': ({ cancelled_at }) => cancelled_at === null,
	'status=any': () => true,
	'financial_status=paid': ({ financial_status }) => financial_status === 'paid',
	'fulfillment_status=unfulfilled': ({ line_items }) =>
		line_items.some(({ fulfillable_quantity }) => fulfillable_quantity > 0),
};

const TIMES: Record<string, Test> = {
	created_at_min: ({ created_at }, at) => Date.parse(created_at) >= at,
	updated_at_min: ({ updated_at }, at) => Date.parse(updated_at) >= at,
	updated_at_max: ({ updated_at }, at) => Date.parse(updated_at) <= at,
};
