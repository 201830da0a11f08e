import type { INode } from 'n8n-workflow';

import { sentTo } from '../../engine/support/look';
import { SAMPLE_PLAN } from '../../engine/support/microesim';
import { useStarted } from '../../engine/support/useBench';
import { served, until, type CredentialRef } from '../harness';
import { Table } from '../ledger/table';
import { serveSite } from './fakes/internet';
import { wooOrder, type WooLine, type WooOrder } from './fakes/wooOrder';
import { WooCommerce } from './fakes/woocommerce';
import { filledIn } from './fillIn';
import { failedRun } from './looking';
import { keep, useFlows } from './support';

/** WooCommerce orders of two shops through one flow. */

const [one, two] = [new WooCommerce('ck_one'), new WooCommerce('ck_two')];
const servers = useStarted(async () => {
	const [first, second] = [await serveSite(one), await serveSite(two)];
	const stop = async () => {
		await first.stop();
		await second.stop();
	};
	return { first: first.url, second: second.url, stop };
});
const flows = useFlows({ deliveryMs: 1500 });
const { postbox } = flows;
let table: Table;

let kept: CredentialRef[];

const delivered = () => `${flows.n8n.url}/webhook/7c2e6a1d-5b7e-4e0e-8a63-3c1c5f0e77b2/microesim`;

/** Imports it, in the place of the one that was imported before. */
async function openFlow(fill = filledIn({ notify_url: delivered() })): Promise<void> {
	const shopOf = (node: INode): INode => ({
		...node,
		disabled: false,
		...(/\.wooCommerce(Trigger)?$/.test(node.type) && {
			credentials: { wooCommerceApi: kept[node.name.includes('Shop Two') ? 1 : 0]! },
		}),
	});
	await flows.desk.close('WooCommerce order to eSIM');
	await flows.desk.open('woocommerce-order-to-esim', (node) => fill(shopOf(node)));
	await until(() => one.hooks.length === 1 && two.hooks.length === 1);
}

beforeAll(async () => {
	const { desk, n8n } = flows;
	kept = [
		await keep(n8n.api, 'wooCommerceApi', one.credential(servers.first)),
		await keep(n8n.api, 'wooCommerceApi', two.credential(servers.second)),
	];
	await desk.open('order-ledger');
	await desk.open('esim-mail');
	await openFlow();
	await desk.open('esim-delivered');
	await served(delivered());
	table = new Table(n8n.api);
});

afterEach(() => expect([...one.unknown, ...two.unknown]).toEqual([]));

let orders = 1041;
const newOrder = (...lines: Array<Partial<WooLine>>) => {
	const id = ++orders;
	return wooOrder(
		id,
		lines.map((line, index) => ({
			id: id * 10 + index,
			sku: SAMPLE_PLAN,
			name: 'Japan, 5 days',
			quantity: 1,
			...line,
		})),
	);
};

const rowsOf = async ({ id }: WooOrder, shop = 'shop') =>
	(await table.rows()).filter((row) => row.shop_order === `#${id}` && row.shop === shop);
const areMailed =
	(order: WooOrder, count: number, shop = 'shop') =>
	async () =>
		(await rowsOf(order, shop)).filter(({ mailed_at }) => mailed_at).length === count;
const numbers = () => flows.simulator.ledger.map(({ custom_order_no }) => custom_order_no);

it('buys and mails one eSIM for each unit of products that are plans, once for all updates of the order', async () => {
	const order = newOrder(
		{ quantity: 2 },
		{ sku: 'TEE-BLUE-M', name: 'T-shirt' },
		{ sku: '', name: 'Gift wrapping' },
		{ sku: ` ${SAMPLE_PLAN} `, name: 'Japan & more' },
	);
	await one.tell({ ...order, status: 'pending' });
	await Promise.all([one.tell(order), one.tell(order)]);
	await until(areMailed(order, 3));
	await one.tell({ ...order, status: 'completed' });
	await flows.desk.idle();
	const [first, , , fourth] = order.line_items.map(({ id }) => id);
	expect(numbers().sort()).toEqual([`shopx${first}u1`, `shopx${first}u2`, `shopx${fourth}u1`]);
	expect(postbox.mails.map(({ subject }) => subject).sort()).toEqual([
		'Votre eSIM : Japan & more',
		'Votre eSIM : Japan, 5 days',
		'Votre eSIM : Japan, 5 days',
	]);
	expect(await rowsOf(order)).toHaveLength(3);
});

it('keeps orders of two shops apart that have the same ids', async () => {
	const order = newOrder({});
	await Promise.all([one.tell(order), two.tell(order)]);
	await until(areMailed(order, 1));
	await until(areMailed(order, 1, 'shop2'));
	const { id } = order.line_items[0]!;
	expect(
		numbers()
			.filter((number) => number.includes(`x${id}u`))
			.sort(),
	).toEqual([`shop2x${id}u1`, `shopx${id}u1`]);
	expect(postbox.mails).toHaveLength(2);
});

it('buys nothing for an order that is not paid, was paid long ago, or has no lines', async () => {
	const before = sentTo(flows.simulator, 'esimSubscribe').length;
	const unpaid = ['pending', 'on-hold', 'cancelled', 'refunded', 'failed', 'checkout-draft'];
	for (const status of unpaid) await one.tell({ ...newOrder({}), status });
	await one.tell({ ...newOrder({}), payment_method: 'cod' });
	const long = { date_paid: '2026-02-01T10:00:00', date_paid_gmt: '2026-02-01T09:00:00' };
	await one.tell({ ...newOrder({}), status: 'completed', ...long });
	const byHand = new Date(Date.now() + 180_000).toISOString().slice(0, 19);
	await one.tell({ ...newOrder({}), status: 'completed', date_completed_gmt: byHand });
	await one.tell({ ...newOrder({}), line_items: [] });
	await one.tell({ ...newOrder({}), line_items: undefined } as never);
	await flows.desk.idle();
	expect(sentTo(flows.simulator, 'esimSubscribe')).toHaveLength(before);
	expect(postbox.mails).toEqual([]);
	expect(await flows.desk.failures()).not.toContain('WooCommerce order to eSIM');
});

it('tells the owner of which shop and order nothing was bought', async () => {
	const order = newOrder({ sku: '0'.repeat(32), name: 'eSIM of last year' });
	await two.tell(order);
	await until(() => postbox.mails.length > 0);
	const [told] = postbox.mails;
	expect(told!.subject).toBe(`eSIMs of order #${order.id} need you`);
	expect(told!.text).toContain('eSIM of last year, unit 1: It was not bought.');
	expect(told!.text).toContain('Shop: shop2\n');
	expect(told!.text).toContain('Buyer: buyer@shop.example');
	expect((await rowsOf(order, 'shop2')).map(({ state }) => state)).toEqual(['refused']);
});

it('does not try again what was refused, before the owner says so', async () => {
	flows.simulator.faults.next('esimSubscribe', {
		kind: 'code',
		code: 2002,
		msg: 'Insufficient balance',
	});
	const order = newOrder({});
	await one.tell(order);
	await until(() => postbox.mails.length > 0);
	expect(postbox.mails[0]!.text).toContain('delete its row');
	await flows.desk.idle();
	await one.tell({ ...order, status: 'completed' });
	await flows.desk.idle();
	expect(numbers().filter((number) => number.includes(`x${order.line_items[0]!.id}u`))).toEqual([]);
	expect(postbox.mails).toHaveLength(1);
	const [row] = await rowsOf(order);
	await table.remove(row!.id);
	await one.tell({ ...order, status: 'completed' });
	await until(areMailed(order, 1));
});

it('buys nothing again where the flow was imported anew', async () => {
	const order = newOrder({});
	await one.tell(order);
	await until(areMailed(order, 1));
	const before = numbers().length;
	await openFlow();
	await one.tell({ ...order, status: 'completed' });
	await flows.desk.idle();
	expect(numbers()).toHaveLength(before);
	expect(postbox.mails).toHaveLength(1);
});

/** The shop sold it an hour ago, and n8n was not told. */
const unheardOf = (shop: WooCommerce, more: Partial<WooOrder> = {}): WooOrder => {
	const at = new Date(Date.now() - 3_600_000).toISOString().slice(0, 19);
	const times = {
		date_created: at,
		date_created_gmt: at,
		date_modified_gmt: at,
		date_paid_gmt: at,
	};
	const order = { ...newOrder({}), ...times, ...more };
	shop.orders.push(order);
	return order;
};

it('buys, every hour, what n8n was not told of, in each shop, and nothing that was handled by hand', async () => {
	const ago = (minutes: number) =>
		new Date(Date.now() - minutes * 60_000).toISOString().slice(0, 19);
	const missed = unheardOf(one);
	const completed = unheardOf(one, { status: 'completed', date_completed_gmt: ago(60) });
	const other = unheardOf(two);
	unheardOf(one, { status: 'completed', date_completed_gmt: ago(20) });
	unheardOf(one, { status: 'pending' });
	unheardOf(one, { date_created_gmt: '2025-12-31T12:00:00' });
	unheardOf(one, { date_modified_gmt: ago(1) });
	const before = sentTo(flows.simulator, 'esimSubscribe').length;
	for (const trigger of ['Every Hour', 'Every Hour, Shop Two', 'Every Hour'])
		expect(await flows.desk.run('WooCommerce order to eSIM', trigger)).toBe('success');
	await until(areMailed(missed, 1));
	await until(areMailed(completed, 1));
	await until(areMailed(other, 1, 'shop2'));
	await flows.desk.idle();
	expect(sentTo(flows.simulator, 'esimSubscribe')).toHaveLength(before + 3);
	expect(postbox.mails).toHaveLength(3);
});

it('fails, every hour, where the ledger cannot be read, and names each order where it cannot be written', async () => {
	const missed = [unheardOf(one), unheardOf(one)];
	const { desk } = flows;
	await table.rename('shop', 'shops');
	const failed = await failedRun(desk, 'WooCommerce order to eSIM', 'Every Hour');
	await table.rename('shops', 'shop');
	expect(failed).toContain('The order ledger could not be read: ');
	expect(postbox.mails).toEqual([]);
	await table.rename('note', 'notes');
	expect(await desk.run('WooCommerce order to eSIM', 'Every Hour')).toBe('success');
	await table.rename('notes', 'note');
	const [told, ...more] = postbox.mails;
	expect(more).toEqual([]);
	for (const { id } of missed) {
		expect(told!.subject).toContain(`#${id}`);
		expect(told!.text).toContain(`Shop order: #${id}`);
	}
	expect(await desk.run('WooCommerce order to eSIM', 'Every Hour')).toBe('success');
	for (const order of missed) await until(areMailed(order, 1));
});

it('goes on after n8n was killed between the order and its eSIM', async () => {
	const order = newOrder({});
	await one.tell(order);
	await until(async () => (await rowsOf(order))[0]?.state === 'bought');
	await flows.n8n.restart('byForce');
	const { topup_id } = flows.simulator.ledger.at(-1)!;
	await until(async () => (await flows.simulator.pushNow(topup_id))[0]!.status === 200);
	await until(areMailed(order, 1));
	await until(async () => (await one.tell({ ...order, status: 'completed' })) === 200);
	await flows.desk.idle();
	expect(postbox.to('buyer@shop.example')).toHaveLength(1);
	expect(
		numbers().filter((number) => number.includes(`x${order.line_items[0]!.id}u`)),
	).toHaveLength(1);
});

it('does nothing, and names the fields, while "Fill In" is not filled in', async () => {
	const { desk } = flows;
	await openFlow(filledIn({ notify_url: 'https://your-n8n.example', owner_address: 'owner' }));
	unheardOf(one);
	expect(await failedRun(desk, 'WooCommerce order to eSIM', 'Every Hour')).toContain(
		'Fill In is not filled in yet: notify_url, owner_address. Nothing was done.',
	);
});
