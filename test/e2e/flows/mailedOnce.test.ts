import type { Order } from '../../../simulator';
import { served, until } from '../harness';
import { atOnce } from '../ledger/support';
import { bought, buyerOf } from './shopOrders';
import { useFlows } from './support';

/** The hourly look of "eSIM delivered" over several eSIMs, and what else happens while it mails them. */

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

const sold = async (prefix: string, count: number) =>
	await bought(flows.desk, flows.simulator, count, prefix);
const mailsFor = ({ custom_order_no }: Order) => postbox.to(buyerOf(custom_order_no)).length;

it('mails once what is pushed while the hourly look is at another one', async () => {
	const orders = await sold('push', 5);
	postbox.pace.takesMs = 1500;
	const look = await flows.desk.start('eSIM delivered', 'Every Hour');
	await until(() => postbox.mails.length > 0, 'the first mail of the look');
	const [attempt] = await flows.simulator.pushNow(orders.at(-1)!.topup_id, { url });
	expect(attempt!.status).toBe(200);
	expect(await flows.desk.ended(look)).toBe('success');
	expect(orders.map(mailsFor)).toEqual([1, 1, 1, 1, 1]);
});

it('mails no more than one a second time where n8n is killed in the middle of an hourly look', async () => {
	const orders = await sold('kill', 5);
	postbox.pace.takesMs = 1000;
	await flows.desk.start('eSIM delivered', 'Every Hour');
	await until(() => postbox.mails.length >= 3, 'three mails of the look');
	await flows.n8n.restart('byForce');
	postbox.pace.takesMs = 0;
	expect(await flows.desk.run('eSIM delivered', 'Every Hour')).toBe('success');
	const times = orders.map(mailsFor);
	expect(Math.min(...times)).toBe(1);
	expect(times.filter((mails) => mails > 1).length).toBeLessThanOrEqual(1);
	expect(Math.max(...times)).toBeLessThanOrEqual(2);
});
