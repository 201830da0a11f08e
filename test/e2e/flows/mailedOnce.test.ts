import type { IDataObject, INode } from 'n8n-workflow';

import type { Order } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { allItems, chain, draftNode, publish, served, until } from '../harness';
import { atOnce } from '../ledger/support';
import { Table, type Row } from '../ledger/table';
import { bought, buyerOf } from './shopOrders';
import { activated, useFlows } from './support';

/** The hourly look of "eSIM delivered" over several eSIMs, and what else happens while it mails them. */

const NAME = 'eSIM delivered';
const flows = useFlows();
const { postbox } = flows;
/** The workflow of a shop that hears of each eSIM, and fails where the ledger's `shop` says so. */
let shop: string;

async function publishShop(): Promise<void> {
	const hears = { mode: 'raw', jsonOutput: "={{ $json.shop === 'Down' ? 'is down' : $json }}" };
	const nodes = [
		draftNode('Called', 'executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' }),
		draftNode('Hears', 'set', 3.4, hears),
	];
	shop = await publish(flows.n8n.api, 'Shop', nodes, chain('Called', 'Hears'));
}

/** @param inOrder whether the look goes through the ledger from its first row to its last */
async function open(inOrder = true): Promise<string> {
	const edit = (node: INode): INode => {
		const { parameters } = node;
		if (node.name === 'In Any Order') return { ...node, disabled: inOrder };
		if (node.name !== 'Tell the Shop') return atOnce(node);
		const workflowId = { __rl: true, mode: 'id', value: shop };
		return activated(node.name)({ ...node, parameters: { ...parameters, workflowId } });
	};
	await flows.desk.close(NAME);
	const { 'eSIM Delivered': url } = await flows.desk.open('esim-delivered', edit);
	await served(url!);
	return url!;
}

let url: string;
beforeAll(async () => {
	await publishShop();
	await flows.desk.open('order-ledger', atOnce);
	await flows.desk.open('esim-mail');
	url = await open();
});

const sold = async (prefix: string, count: number) =>
	await bought(flows.desk, flows.simulator, count, prefix);
const timesOf = (orders: Order[]) =>
	orders.map(({ custom_order_no }) => postbox.to(buyerOf(custom_order_no)).length);
const everyHour = async () => await flows.desk.start(NAME, 'Every Hour');

/** Lets the hourly look begin, and pushes the last of the orders while it mails the first. */
async function pushedMeanwhile(orders: Order[]): Promise<void> {
	postbox.pace.takesMs = 1000;
	const look = await everyHour();
	await until(() => postbox.mails.length > 0, 'the first mail of the look');
	const [attempt] = await flows.simulator.pushNow(orders.at(-1)!.topup_id, { url });
	expect(attempt!.status).toBe(200);
	expect(await flows.desk.ended(look)).toBe('success');
}

it('mails once what is pushed while the hourly look is at another one', async () => {
	const orders = await sold('push', 6);
	await pushedMeanwhile(orders);
	expect(timesOf(orders)).toEqual([1, 1, 1, 1, 1, 1]);
});

it('tells the shop both times that the owner has it, where it could not be mailed to the buyer', async () => {
	const orders = await sold('owner', 7);
	const number = orders.at(-1)!.custom_order_no;
	postbox.refused.add(buyerOf(number));
	await pushedMeanwhile(orders);
	expect(timesOf(orders)).toEqual([1, 1, 1, 1, 1, 1, 0]);
	expect(postbox.to('owner@shop.example')).toHaveLength(1);
	const heard = await allItems(flows.n8n.api, shop, 'Hears');
	const ofIt = heard.filter(({ custom_order_no }) => custom_order_no === number);
	expect(ofIt).toHaveLength(2);
	const knows = ({ mailed, note }: IDataObject) =>
		mailed === false || (note as string).includes('went to you');
	expect(ofIt.filter((item) => !knows(item))).toEqual([]);
});

it('mails what is not mailed also where the shop cannot be told of what was', async () => {
	const number = 'both';
	const { desk, simulator, n8n } = flows;
	const told = { custom_order_no: number, buyer: buyerOf(number) };
	await desk.call('Order ledger', { ...told, state: 'asked', shop: 'Travel' });
	const fields = { custom_order_no: number, number: '2' };
	const order = orderOf(simulator, await buy(simulator, fields));
	await desk.call('Order ledger', { ...told, topup_id: order.topup_id, number: 2 });
	expect(await desk.ended(await everyHour())).toBe('success');
	expect(timesOf([order])).toEqual([2]);
	const table = new Table(n8n.api);
	const made = (await table.of(number)).filter(({ device_id }) => device_id !== null);
	const [first, second] = made as [Row, Row];
	await table.write(first.id, { shop: 'Down' });
	await table.write(second.id, { mailed_at: null });
	const ended = await desk.ended(await everyHour());
	await table.write(first.id, { shop: 'Travel' });
	expect(ended).toBe('error');
	expect(timesOf([order])).toEqual([3]);

	// and the other way round: the shop is told of one, where the other can be mailed to nobody
	const { mailed_at } = (await table.of(number)).find(({ id }) => id === second.id)!;
	await table.write(second.id, { mailed_at: null });
	postbox.refused.add(buyerOf(number)).add('owner@shop.example');
	const heardOf = async ({ device_id }: Row) =>
		(await allItems(n8n.api, shop, 'Hears')).filter((item) => item.device_id === device_id).length;
	const before = [await heardOf(first), await heardOf(second)];
	expect(await desk.ended(await everyHour())).toBe('error');
	await table.write(second.id, { mailed_at });
	expect([await heardOf(first), await heardOf(second)]).toEqual([before[0]! + 1, before[1]]);
});

it('mails no more than one a second time where n8n is killed in the middle of an hourly look', async () => {
	const orders = await sold('kill', 5);
	postbox.pace.takesMs = 1000;
	await everyHour();
	await until(() => postbox.mails.length >= 3, 'three mails of the look');
	await flows.n8n.restart('byForce');
	postbox.pace.takesMs = 0;
	expect(await flows.desk.ended(await everyHour())).toBe('success');
	const times = timesOf(orders);
	expect(Math.min(...times)).toBe(1);
	expect(times.filter((mails) => mails > 1).length).toBeLessThanOrEqual(1);
	expect(Math.max(...times)).toBeLessThanOrEqual(2);
});

it('mails few a second time where two looks over the same orders begin at once', async () => {
	await open(false);
	const orders = await sold('step', 8);
	postbox.pace.takesMs = 300;
	const looks = await Promise.all([everyHour(), everyHour()]);
	for (const look of looks) expect(await flows.desk.ended(look)).toBe('success');
	const times = timesOf(orders);
	expect(Math.min(...times)).toBe(1);
	// by chance; one after the other in the same order it would be all of them
	expect(times.filter((mails) => mails > 1).length).toBeLessThanOrEqual(6);
});
