import { sentTo } from '../../engine/support/look';
import { SAMPLE_PLAN } from '../../engine/support/microesim';
import { look } from '../../engine/support/picture';
import { until } from '../harness';
import { retryFailed, runsOf } from './looking';
import { useShopify } from './shopifyShop';

/** A Shopify order, from its webhook to the buyer's mailbox, the ledger and back into the shop. */

const { shop, flows, opened, newOrder, numbersOf, rowsOf, areDelivered, fulfilled } = useShopify();
const { postbox } = flows;

it('buys one eSIM for each unit of the lines that are eSIMs; each is mailed, written down and fulfilled', async () => {
	const order = newOrder(
		{ title: 'Japan & "friends"', quantity: 2 },
		{ sku: '', title: 'Gift wrapping' },
		{ sku: null, title: 'Tip' },
		{ sku: 'TEE-BLUE-M', title: 'T-shirt', quantity: 3, physical: true },
		{ sku: ` ${SAMPLE_PLAN}`, title: 'Japan once more' },
		{ title: 'taken off the order', currentQuantity: 0 },
		{ sku: 'GIFT-50', title: 'Gift card', giftCard: true },
	);
	shop.order(order.id).tags = 'vip';
	shop.order(order.id).note = 'Call me';
	expect(await shop.tell(order)).toBe(200);
	const [first, , , , fifth] = order.line_items.map(({ id }) => id);
	const numbers = [`shopx${first}u1`, `shopx${first}u2`, `shopx${fifth}u1`];
	await until(() => fulfilled(order) === 3);
	expect(numbersOf(order)).toEqual(numbers);
	await until(areDelivered(order, 3));
	const bought = flows.simulator.ledger.filter(({ custom_order_no: number }) =>
		numbers.includes(number),
	);
	const codes = bought.map(({ esims }) => esims[0]!.lpa_str).sort();
	const mails = postbox.to('buyer@shop.example');
	expect(postbox.mails).toHaveLength(3);
	expect(mails.map(({ attachments }) => look(attachments[0]!.content).text).sort()).toEqual(codes);
	expect(mails.map(({ subject }) => subject).sort()).toEqual([
		'Deine eSIM: Japan & "friends"',
		'Deine eSIM: Japan & "friends"',
		'Deine eSIM: Japan once more',
	]);
	for (const { text } of mails) expect(text).toContain(`Bestellung: ${order.name}`);
	const rows = await rowsOf(order);
	expect(rows).toHaveLength(3);
	for (const row of rows) {
		expect(row).toMatchObject({ state: 'delivered', shop: 'shop', shop_order_id: `${order.id}` });
		expect(row.price).toBe(bought[0]!.cost);
	}
	const { tags, note, fulfillments, line_items } = shop.order(order.id);
	expect(tags).toBe('vip, eSIM delivered');
	for (const { topup_id } of bought) expect(note).toContain(topup_id);
	expect(note).toMatch(/^Call me\n/);
	expect(line_items.map(({ fulfillable_quantity }) => fulfillable_quantity)).toEqual([
		0, 1, 1, 3, 0, 0, 1,
	]);
	expect(fulfillments.map(({ tracking_number }) => tracking_number).sort()).toEqual(
		bought.map(({ topup_id }) => topup_id).sort(),
	);
	expect(fulfillments.map(({ notify_customer }) => notify_customer)).toEqual([false, false, false]);
});

it('buys, mails and fulfils once when the webhook comes twice at the same moment, and again later', async () => {
	const order = newOrder({ quantity: 2 });
	await Promise.all([shop.tell(order), shop.tell(order)]);
	await until(() => fulfilled(order) === 2);
	await shop.tell(order);
	await until(areDelivered(order, 2));
	await flows.desk.idle();
	expect(numbersOf(order)).toHaveLength(2);
	expect(postbox.to('buyer@shop.example')).toHaveLength(2);
	expect(await rowsOf(order)).toHaveLength(2);
	expect(fulfilled(order)).toBe(2);
});

it('buys nothing for an order that is cancelled, a test, not paid in full, or has no eSIMs', async () => {
	const before = sentTo(flows.simulator, 'esimSubscribe').length;
	const unpaid = ['pending', 'authorized', 'partially_paid', 'voided', 'refunded'];
	for (const financial_status of unpaid) await shop.tell({ ...newOrder({}), financial_status });
	await shop.tell({ ...newOrder({}), cancelled_at: '2026-11-20T11:00:00+01:00' });
	await shop.tell({ ...newOrder({}), test: true });
	await shop.tell(newOrder({ sku: 'TEE-BLUE-M', physical: true }));
	await shop.tell({ ...newOrder({}), line_items: [] });
	await flows.desk.idle();
	expect(sentTo(flows.simulator, 'esimSubscribe')).toHaveLength(before);
	expect(postbox.mails).toEqual([]);
});

it('tells the owner in one mail what was not bought, and buys the rest', async () => {
	const { plans } = flows.simulator;
	const starts = { ...plans[0]!, active_type: 'ACTIVEDBYORDER', channel_dataplan_id: 'starts' };
	plans.push(starts);
	const order = newOrder(
		{ sku: 'GONE', title: 'eSIM of last year', quantity: 2 },
		{ sku: 'starts', title: 'eSIM that starts at once' },
		{},
	);
	await shop.tell(order);
	await until(() => fulfilled(order) === 1);
	expect(numbersOf(order)).toEqual([`shopx${order.line_items[2]!.id}u1`]);
	const [told, ...more] = postbox.to('owner@shop.example');
	expect(more).toEqual([]);
	expect(told!.subject).toBe(`eSIMs of order ${order.name} need you`);
	expect(told!.text).toContain('no data plan with the ID "GONE"');
	expect(told!.text).toContain('becomes active with the order');
	expect(told!.text!.match(/It was not bought\./g)).toHaveLength(3);
	expect(told!.text).not.toMatch(/Look for|may have been|undefined|\[object/);
	await until(areDelivered(order, 1));
	const states = (await rowsOf(order)).map(({ state }) => state).sort();
	expect(states).toEqual(['delivered', 'refused', 'refused', 'refused']);
});

it('fails where the owner cannot be told, and a retry of the run only tells him', async () => {
	const { desk, n8n, simulator } = flows;
	postbox.refused.add('owner@shop.example');
	const order = newOrder({ sku: 'GONE', title: 'eSIM of last year' }, {});
	await shop.tell(order);
	await until(areDelivered(order, 1));
	const id = desk.idOf('Shopify order to eSIM');
	await until(async () => (await runsOf(n8n.api, id)).includes('error'), 'the run fails');
	expect(postbox.to('owner@shop.example')).toEqual([]);
	postbox.refused.clear();
	const before = sentTo(simulator, 'esimSubscribe').length;
	await retryFailed(n8n.api, id);
	await until(() => postbox.to('owner@shop.example').length > 0);
	await desk.idle();
	const [told, ...more] = postbox.to('owner@shop.example');
	expect(more).toEqual([]);
	expect(told!.text).toContain('It was not bought.');
	expect(told!.text).toContain(`Shop order: ${order.name}`);
	expect(sentTo(simulator, 'esimSubscribe')).toHaveLength(before);
	expect((await rowsOf(order)).map(({ state }) => state).sort()).toEqual(['delivered', 'refused']);
});

it('leaves an order in doubt alone, and names its number to the owner', async () => {
	flows.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
	const order = newOrder({});
	await shop.tell(order);
	await until(() => postbox.to('owner@shop.example').length > 0);
	await shop.tell(order);
	await flows.desk.idle();
	expect(numbersOf(order)).toHaveLength(1);
	const number = `shopx${order.line_items[0]!.id}u1`;
	for (const { text } of postbox.to('owner@shop.example').slice(0, 1)) {
		expect(text).toContain(`It may have been bought. Look for ${number} at MicroeSIM`);
	}
	expect((await opened.table.of(number)).map(({ state }) => state)).toEqual(['in doubt']);
});

it('gives the owner the phone number where the buyer left no address', async () => {
	const order = newOrder({});
	const customer = { ...order.customer, email: null };
	Object.assign(order, { email: null, contact_email: null, phone: '+49 170 0000000', customer });
	await shop.tell(order);
	await until(areDelivered(order, 1));
	const [told, ...more] = postbox.mails;
	expect(more).toEqual([]);
	expect(told!.text).toContain('+49 170 0000000');
	expect((await rowsOf(order))[0]!.note).toContain('went to you');
	await until(() => shop.order(order.id).note !== null);
	await flows.desk.idle();
	const { tags, note } = shop.order(order.id);
	expect([tags, fulfilled(order)]).toEqual(['', 0]);
	expect(note).toContain('NOT mailed to the buyer, it went to you');
});

it('mails once and fulfils later where Shopify is down', async () => {
	const order = newOrder({});
	await shop.tell(order);
	for (let tries = 0; tries < 3; tries++) shop.failNext(503);
	const pushes = () => flows.simulator.ledger.at(-1)!.pushes.map(({ status }) => status);
	await until(() => pushes().at(-1) === 500);
	await flows.simulator.clock.advance(5000);
	await until(() => fulfilled(order) === 1);
	await flows.desk.idle();
	expect(postbox.to('buyer@shop.example')).toHaveLength(1);
	expect(fulfilled(order)).toBe(1);
});

it('buys nothing where the ledger cannot be written, and tells the owner what to do', async () => {
	const before = sentTo(flows.simulator, 'esimSubscribe').length;
	await opened.table.rename('note', 'notes');
	const order = newOrder({ quantity: 2 });
	await shop.tell(order);
	await until(() => postbox.mails.length > 0);
	await opened.table.rename('notes', 'note');
	await flows.desk.idle();
	expect(sentTo(flows.simulator, 'esimSubscribe')).toHaveLength(before);
	const [told, ...more] = postbox.mails;
	expect(more).toEqual([]);
	expect(told!.text).toContain('Nothing of this order was bought');
	expect(told!.text).toContain('lacks a column');
	expect(told!.text).toContain(`Shop order: ${order.name}`);
	expect(told!.text).not.toMatch(/Look for|may have been|undefined|\[object/);
});

it('goes on after n8n was killed between the order and its eSIM', async () => {
	const order = newOrder({});
	await shop.tell(order);
	await until(() => numbersOf(order).length === 1);
	await until(async () => (await rowsOf(order))[0]?.state === 'bought');
	await flows.n8n.restart('byForce');
	const { topup_id } = flows.simulator.ledger.at(-1)!;
	await until(async () => (await flows.simulator.pushNow(topup_id))[0]!.status === 200);
	await until(() => fulfilled(order) === 1);
	await until(areDelivered(order, 1));
	expect(postbox.to('buyer@shop.example')).toHaveLength(1);
	expect(numbersOf(order)).toHaveLength(1);
});
