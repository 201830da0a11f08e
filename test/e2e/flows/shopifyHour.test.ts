import { sentTo } from '../../engine/support/look';
import { until } from '../harness';
import type { Line, ShopOrder } from './fakes/shopifyOrder';
import { failedRun } from './looking';
import { useShopify } from './shopifyShop';

/** What *Shopify order to eSIM* does every hour for orders that it was not told of, and shops that were not told. */

const { shop, flows, opened, newOrder, numbersOf, rowsOf, areDelivered, fulfilled } = useShopify();
const { postbox } = flows;

/** The shop sold it an hour ago. */
const aged = ({ id }: ShopOrder): ShopOrder => {
	const at = new Date(Date.now() - 3_600_000).toISOString();
	return Object.assign(shop.order(id), { created_at: at, updated_at: at });
};
/** It did, and n8n was not told. */
const unheardOf = (...lines: Array<Partial<Line>>): ShopOrder => aged(newOrder(...lines));
/** Somebody has given so many units of a line by hand, and says so in the shop. */
const giveByHand = ({ id }: ShopOrder, line: number, quantity: number): void => {
	const order = shop.order(id);
	const { id: lineId } = order.line_items[line]!;
	order.line_items[line]!.fulfillable_quantity -= quantity;
	const line_items = [{ id: lineId, quantity }];
	order.fulfillments.push({ status: 'success', tracking_company: null, line_items });
};
/** Every push of its eSIMs has failed: MicroeSIM tries it again after 5 and 10 seconds, then in an hour. */
const pushedForGood = async (order: ShopOrder): Promise<void> => {
	const { simulator, desk } = flows;
	const numbers = numbersOf(order);
	const answered = (count: number) => () =>
		simulator.ledger
			.filter(({ custom_order_no }) => numbers.includes(custom_order_no))
			.every(({ pushes }) => pushes.filter(({ status }) => status === 500).length >= count);
	for (const [count, wait] of [5000, 10_000].entries()) {
		await until(answered(count + 1), `push ${count + 1} fails`);
		await simulator.clock.advance(wait);
	}
	await until(answered(3), 'the last push fails');
	await desk.idle();
};
/** Its buyers were mailed long ago, and the shop could not be told of it. */
const toldInVain = async (order: ShopOrder): Promise<void> => {
	await pushedForGood(aged(order));
	const ago = new Date(Date.now() - 1_200_000).toISOString();
	for (const { id } of await rowsOf(order)) await opened.table.write(id, { mailed_at: ago });
};
const everyHour = async () => {
	expect(await flows.desk.run('Shopify order to eSIM', 'Every Hour')).toBe('success');
	await flows.desk.idle();
};

const failedHour = async () => await failedRun(flows.desk, 'Shopify order to eSIM', 'Every Hour');

it('fails, every hour, where there is no ledger yet and an order was missed, until another order has made it', async () => {
	await everyHour();
	const missed = unheardOf({});
	expect(await failedHour()).toContain('The order ledger could not be read: ');
	const next = newOrder({});
	await shop.tell(next);
	await until(areDelivered(next, 1));
	expect(numbersOf(missed)).toEqual([]);
	await everyHour();
	await until(areDelivered(missed, 1));
});

it('buys, every hour, what Shopify could not tell, and nothing that is older than the flow or handled by hand', async () => {
	const before = sentTo(flows.simulator, 'esimSubscribe').length;
	const missed = [unheardOf({ quantity: 2 }), unheardOf({}, { sku: 'TEE-BLUE-M', physical: true })];
	unheardOf({}).created_at = '2025-12-31T12:00:00+01:00';
	unheardOf({}).updated_at = new Date().toISOString();
	unheardOf({}).cancelled_at = new Date().toISOString();
	unheardOf({}).financial_status = 'partially_paid';
	unheardOf({}).test = true;
	unheardOf({}).line_items[0]!.fulfillable_quantity = 0;
	shop.largestPage = 1;
	await everyHour();
	expect(numbersOf(missed[0]!)).toHaveLength(2);
	await everyHour();
	for (const [order, count] of [[missed[0]!, 2] as const, [missed[1]!, 1] as const]) {
		await until(() => fulfilled(order) === count);
		await until(areDelivered(order, count));
		expect(numbersOf(order)).toHaveLength(count);
	}
	await everyHour();
	expect(sentTo(flows.simulator, 'esimSubscribe')).toHaveLength(before + 3);
	expect(postbox.to('buyer@shop.example')).toHaveLength(3);
	expect(postbox.mails).toHaveLength(3);
});

it('buys, every hour, as many of a line as nobody has given by hand, and says so in the ledger', async () => {
	const before = flows.simulator.ledger.length;
	const order = unheardOf({ quantity: 3 }, {}, {}, { sku: 'TEE-BLUE-M', physical: true });
	giveByHand(order, 0, 1);
	giveByHand(order, 1, 1);
	const [first, second, third] = order.line_items.map(({ id }) => id);
	await everyHour();
	await until(areDelivered(order, 3));
	await until(() => fulfilled(order) === 5);
	await everyHour();
	expect(numbersOf(order)).toEqual([`shopx${first}u1`, `shopx${first}u2`, `shopx${third}u1`]);
	expect(flows.simulator.ledger).toHaveLength(before + 3);
	expect(postbox.mails).toHaveLength(3);
	const refused = (await rowsOf(order)).filter(({ state }) => state === 'refused');
	const note = 'It was fulfilled in Shopify before this flow heard of it, and not bought.';
	expect(refused.map((row) => [row.custom_order_no, row.note])).toEqual([
		[`shopx${first}u3`, note],
		[`shopx${second}u1`, note],
	]);
});

it('buys a unit of a line of which another was bought and fulfilled, where its row was deleted', async () => {
	const tooLow = { kind: 'code', code: 2002, msg: 'Insufficient balance' } as const;
	flows.simulator.faults.after('esimSubscribe', 1, tooLow);
	const order = unheardOf({ quantity: 2 });
	await everyHour();
	await until(() => fulfilled(order) === 1);
	const [refused] = (await rowsOf(order)).filter(({ state }) => state === 'refused');
	await opened.table.remove(refused!.id);
	await everyHour();
	await until(areDelivered(order, 2));
	expect(numbersOf(order)).toHaveLength(2);
});

it('reads anew what Shopify tells half an hour late, so that nothing is bought that was given by hand meanwhile', async () => {
	const orders = [unheardOf({}), unheardOf({}), unheardOf({}), unheardOf({})] as const;
	const [given, cancelled, refunded, open] = orders;
	const told = structuredClone(orders);
	giveByHand(given, 0, 1);
	cancelled.cancelled_at = new Date().toISOString();
	refunded.financial_status = 'partially_refunded';
	open.created_at = '2025-12-31T12:00:00Z';
	for (const late of told) await shop.tell(late);
	await until(areDelivered(open, 1));
	await until(areDelivered(refunded, 1));
	await flows.desk.idle();
	expect(orders.map((order) => numbersOf(order).length)).toEqual([0, 0, 1, 1]);
	expect((await rowsOf(given)).map(({ state }) => state)).toEqual(['refused']);
	expect(await rowsOf(cancelled)).toEqual([]);
});

it('fails, every hour, where the ledger cannot be read, and buys when it can be', async () => {
	const order = unheardOf({});
	await opened.table.rename('shop', 'shops');
	expect(await failedHour()).toContain('The order ledger could not be read: ');
	await opened.table.rename('shops', 'shop');
	expect(numbersOf(order)).toEqual([]);
	await everyHour();
	await until(areDelivered(order, 1));
});

it('names, every hour, each order that was not bought because the ledger cannot be written', async () => {
	await opened.table.rename('note', 'notes');
	const orders = [unheardOf({ quantity: 2 }), unheardOf({})];
	await everyHour();
	await opened.table.rename('notes', 'note');
	const [told, ...more] = postbox.mails;
	expect(more).toEqual([]);
	for (const { name } of orders) {
		expect(told!.subject).toContain(name);
		expect(told!.text).toContain(`Shop order: ${name}`);
	}
	expect(told!.text!.match(/Nothing of this order was bought/g)).toHaveLength(2);
	await everyHour();
	for (const order of orders) await until(areDelivered(order, order.line_items[0]!.quantity));
});

it('tells the owner, every hour, of each order that was not bought, once', async () => {
	const orders = [
		unheardOf({ sku: 'GONE', title: 'eSIM of last year' }),
		unheardOf({ sku: 'GONE' }),
	];
	await everyHour();
	await everyHour();
	const [told, ...more] = postbox.mails;
	expect(more).toEqual([]);
	const [later, earlier] = orders.map(({ name }) => name).reverse();
	expect(told!.subject).toBe(`eSIMs of order ${later}, ${earlier} need you`);
	expect(told!.text!.match(/It was not bought\./g)).toHaveLength(2);
	for (const { name } of orders) expect(told!.text).toContain(`Shop order: ${name}`);
});

it('buys in the next hour what was not sent because another order was in doubt, unless it was given by hand', async () => {
	flows.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
	const given = unheardOf({}, { sku: 'TEE-BLUE-M', physical: true });
	const orders = [unheardOf({}), unheardOf({}), unheardOf({})];
	await everyHour();
	const [told, ...more] = postbox.to('owner@shop.example');
	expect(more).toEqual([]);
	expect(told!.text!.match(/It is tried again in the next hour\./g)).toHaveLength(3);
	giveByHand(given, 0, 1);
	await everyHour();
	await everyHour();
	expect(numbersOf(given)).toEqual([]);
	const states = await Promise.all(orders.map(async (order) => (await rowsOf(order))[0]!.state));
	expect(states.filter((state) => state === 'in doubt')).toHaveLength(1);
	for (const order of orders) expect(numbersOf(order)).toHaveLength(1);
	await until(() => postbox.to('buyer@shop.example').length === 2);
});

it('fulfils, every hour, what Shopify was not told because it was down, and leaves alone what needs nothing', async () => {
	const order = newOrder({ quantity: 2 }, { sku: 'TEE-BLUE-M', physical: true });
	await shop.tell(order);
	shop.isDown = true;
	await until(areDelivered(order, 2));
	await toldInVain(order);
	expect(fulfilled(order)).toBe(0);
	shop.reset();
	await everyHour();
	await until(() => fulfilled(order) === 2);
	const { tags, note } = shop.order(order.id);
	expect(tags).toBe('eSIM delivered');
	for (const row of await rowsOf(order)) expect(note).toContain(row.topup_id);
	shop.reset();
	await everyHour();
	expect(shop.calls.map(({ method }) => method)).not.toContain('PUT');
	expect(fulfilled(order)).toBe(2);
	expect(postbox.to('buyer@shop.example')).toHaveLength(2);
});

it('fulfils, every hour, the others where Shopify refuses one each time, and fails with its number', async () => {
	const [taken, refused] = [newOrder({}), newOrder({})] as const;
	for (const order of [taken, refused]) {
		shop.unfulfillable.add(order.id);
		await shop.tell(order);
		await until(areDelivered(order, 1));
	}
	for (const order of [taken, refused]) await toldInVain(order);
	shop.unfulfillable.delete(taken.id);
	const failed = await failedHour();
	expect([fulfilled(taken), fulfilled(refused)]).toEqual([1, 0]);
	const { topup_id } = flows.simulator.ledger.find(
		(order) => order.custom_order_no === numbersOf(refused)[0],
	)!;
	expect(failed).toContain(`The shop could not be told of the eSIM of order ${topup_id}: `);
	shop.unfulfillable.clear();
	await everyHour();
	expect([fulfilled(taken), fulfilled(refused)]).toEqual([1, 1]);
	expect(postbox.to('buyer@shop.example')).toHaveLength(2);
});

it('buys nothing twice, and tells the owner, where n8n was killed while MicroeSIM was answering', async () => {
	const { simulator, n8n } = flows;
	simulator.faults.after('esimSubscribe', 1, { kind: 'slow', ms: 60_000 });
	const order = newOrder({ quantity: 2 });
	await shop.tell(order);
	await until(() => numbersOf(order).length === 2);
	await n8n.restart('byForce');
	aged(order);
	await everyHour();
	await everyHour();
	const [first, second] = numbersOf(order);
	expect(numbersOf(order)).toHaveLength(2);
	const rows = await rowsOf(order);
	expect(
		rows.map(({ custom_order_no, state, topup_id }) => [custom_order_no, state, topup_id]),
	).toEqual([
		[first, 'bought', null],
		[second, 'in doubt', null],
	]);
	const [told, ...more] = postbox.mails;
	expect(more).toEqual([]);
	expect(told!.text).toContain(`It may have been bought. Look for ${second} at MicroeSIM`);
});
