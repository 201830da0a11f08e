import type { IDataObject } from 'n8n-workflow';

import type { Order } from '../../../simulator';
import { look } from '../../engine/support/picture';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { served, until } from '../harness';
import { atOnce } from '../ledger/support';
import { Table } from '../ledger/table';
import { useFlows } from './support';

/** From MicroeSIM's call to the mail in the buyer's mailbox. */

const flows = useFlows();
const { postbox } = flows;
let url: string;

beforeAll(async () => {
	await flows.desk.open('order-ledger', atOnce);
	await flows.desk.open('esim-mail');
	const addresses = await flows.desk.open('esim-delivered', atOnce);
	url = addresses['eSIM Delivered']!;
	await served(url);
});

const ledger = async (...items: IDataObject[]) => await flows.desk.call('Order ledger', ...items);
const asked = (number: string) => ({
	state: 'asked',
	custom_order_no: number,
	shop: 'Travel',
	shop_order: '#1042',
	product: 'Japan, 5 days',
	buyer: 'buyer@shop.example',
	language: 'de',
});

/** Buys as the shop's flow does; the simulator pushes nothing by itself. */
async function bought(number: string): Promise<Order> {
	await ledger(asked(number));
	const order = orderOf(flows.simulator, await buy(flows.simulator, { custom_order_no: number }));
	await ledger({ custom_order_no: number, topup_id: order.topup_id, number: 1 });
	return order;
}

const push = async ({ topup_id }: Order): Promise<number> => {
	const [attempt] = await flows.simulator.pushNow(topup_id, { url });
	return attempt!.status!;
};

const mailedTo = () => postbox.receivers();

it('mails the eSIM to the buyer whom the ledger knows, in his language, once', async () => {
	const order = await bought('a-1');
	expect(await push(order)).toBe(200);
	expect(await push(order)).toBe(200);
	expect(mailedTo()).toEqual(['buyer@shop.example']);
	const [mail] = postbox.mails;
	expect(mail!.subject).toBe('Deine eSIM: Japan, 5 days');
	expect(mail!.text).toContain('Bestellung: #1042');
	expect(look(mail!.attachments[0]!.content).text).toBe(order.esims[0]!.lpa_str);
});

it('is pushed again where MicroeSIM is faster than the flow of the shop', async () => {
	await ledger(asked('a-2'));
	const order = orderOf(flows.simulator, await buy(flows.simulator, { custom_order_no: 'a-2' }));
	expect(await push(order)).toBe(500);
	expect(postbox.mails).toEqual([]);
	await ledger({ custom_order_no: 'a-2', topup_id: order.topup_id, number: 1 });
	expect(await push(order)).toBe(200);
	expect(mailedTo()).toEqual(['buyer@shop.example']);
});

it('is pushed again where the mail server is down, and the buyer gets one mail', async () => {
	const order = await bought('a-3');
	postbox.refused.add('buyer@shop.example').add('owner@shop.example');
	expect(await push(order)).toBe(500);
	postbox.refused.clear();
	expect(await push(order)).toBe(200);
	expect(mailedTo()).toEqual(['buyer@shop.example']);
});

it('mails it after a restart of n8n between the order and the call', async () => {
	const order = await bought('a-4');
	await flows.n8n.restart('byForce');
	await served(url);
	await until(async () => (await push(order)) === 200, 'the push is taken');
	expect(mailedTo()).toEqual(['buyer@shop.example']);
});

it('gives the owner what nobody asked for', async () => {
	const order = orderOf(flows.simulator, await buy(flows.simulator, {}));
	order.bookedAt -= 11 * 60_000;
	expect(await push(order)).toBe(200);
	expect(mailedTo()).toEqual(['owner@shop.example']);
	expect(postbox.mails[0]!.text).toContain(order.esims[0]!.lpa_str);
});

const everyHour = async () => {
	await flows.desk.run('eSIM delivered', 'Every Hour');
};

it('asks every hour for what no push has told, and mails it once', async () => {
	const order = await bought('a-5');
	await everyHour();
	expect(mailedTo()).toEqual(['buyer@shop.example']);
	await everyHour();
	expect(await push(order)).toBe(200);
	expect(mailedTo()).toHaveLength(1);
	const [row] = await new Table(flows.n8n.api).of('a-5');
	expect(row).toMatchObject({ state: 'delivered', note: '' });
	expect(row!.mailed_at).not.toBeNull();
});

it('leaves alone, every hour, what is not ready, and mails what the ledger has found in the night', async () => {
	const [open, ready] = [await bought('a-6'), await bought('a-7')];
	open.readyAt = Date.now() + 3_600_000;
	await flows.desk.run('Order ledger', 'Every Night');
	expect((await new Table(flows.n8n.api).of('a-7'))[0]!.state).toBe('delivered');
	postbox.mails.length = 0;
	await everyHour();
	expect(mailedTo()).toEqual(['buyer@shop.example']);
	expect(look(postbox.mails[0]!.attachments[0]!.content).text).toBe(ready.esims[0]!.lpa_str);
	expect((await new Table(flows.n8n.api).of('a-6'))[0]!.state).toBe('bought');
});

it('mails the others once, every hour, where one can be mailed to nobody', async () => {
	await bought('a-8');
	await ledger({ ...asked('a-9'), buyer: 'nobody@shop.example' });
	const order = orderOf(flows.simulator, await buy(flows.simulator, { custom_order_no: 'a-9' }));
	await ledger({ custom_order_no: 'a-9', topup_id: order.topup_id, number: 1 });
	await bought('a-10');
	postbox.refused.add('nobody@shop.example').add('owner@shop.example');
	await everyHour();
	await everyHour();
	expect(mailedTo()).toEqual(['buyer@shop.example', 'buyer@shop.example']);
	postbox.refused.clear();
	await everyHour();
	expect(mailedTo().slice(2)).toEqual(['nobody@shop.example']);
});

it('mails the buyer also where the eSIM went to the owner before the ledger knew whose it is', async () => {
	await ledger(asked('a-11'));
	const order = orderOf(flows.simulator, await buy(flows.simulator, { custom_order_no: 'a-11' }));
	order.bookedAt -= 11 * 60_000;
	expect(await push(order)).toBe(200);
	expect(mailedTo()).toEqual(['owner@shop.example']);
	await ledger({ custom_order_no: 'a-11', topup_id: order.topup_id, number: 1 });
	await everyHour();
	expect(mailedTo()).toEqual(['owner@shop.example', 'buyer@shop.example']);
});
