import { SAMPLE_PLAN } from '../../engine/support/microesim';
import { served, until } from '../harness';
import { Table, type Row } from '../ledger/table';
import { SHOP, SHOP_CREDENTIAL, SHOP_HOST } from './fakes/shopify';
import { paidOrder, type Line, type ShopOrder } from './fakes/shopifyOrder';
import { ShopifyOrders } from './fakes/shopifyOrders';
import { filledIn } from './fillIn';
import { activated, useFlows } from './support';

/** A Shopify shop that sells eSIMs by the examples, for all tests of a file. */
export function useShopify() {
	const shop = new ShopifyOrders();
	const flows = useFlows(
		{ deliveryMs: 1500, balance: 100_000 },
		{ sites: { [SHOP_HOST]: shop }, credentials: { shopifyAccessTokenApi: SHOP_CREDENTIAL } },
	);
	const opened = {} as { table: Table };
	beforeAll(async () => {
		const { desk } = flows;
		const delivered = desk.addresses('esim-delivered')['eSIM Delivered']!;
		await desk.open('order-ledger');
		await desk.open('esim-mail');
		await desk.open(
			'shopify-order-to-esim',
			filledIn({ shop_subdomain: SHOP, notify_url: delivered }),
		);
		await desk.open('esim-delivered', activated('Tell the Shop'));
		await served(delivered);
		await until(() => shop.hooks.length === 1);
		opened.table = new Table(flows.n8n.api);
	});

	let orders = 1041;
	/** The shop has just sold it; n8n is not told yet. */
	const newOrder = (...lines: Array<Partial<Line>>): ShopOrder => {
		const number = ++orders;
		const order = paidOrder(
			number,
			lines.map((line, index) => ({
				id: number * 100 + index,
				sku: SAMPLE_PLAN,
				title: 'Japan, 5 days',
				quantity: 1,
				...line,
			})),
		);
		order.updated_at = new Date().toISOString();
		shop.sell(order);
		return order;
	};

	/** Its order numbers at MicroeSIM. */
	const numbersOf = (order: ShopOrder): string[] =>
		flows.simulator.ledger
			.map(({ custom_order_no }) => custom_order_no)
			.filter((number) => number.startsWith(`shopx${Math.floor(order.line_items[0]!.id / 100)}`))
			.sort();

	const rowsOf = async (order: ShopOrder): Promise<Row[]> =>
		(await opened.table.rows()).filter(({ shop_order }) => shop_order === order.name);
	const areDelivered = (order: ShopOrder, count: number) => async (): Promise<boolean> =>
		(await rowsOf(order)).filter(({ mailed_at }) => mailed_at).length === count;
	const fulfilled = (order: ShopOrder): number => shop.order(order.id).fulfillments.length;

	return { shop, flows, opened, newOrder, numbersOf, rowsOf, areDelivered, fulfilled };
}
