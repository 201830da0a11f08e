import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Order, type Simulator } from '../../../simulator';
import { pushFields } from '../bench';
import { FlowDesk } from '../flows/desk';
import { usePostbox } from '../flows/fakes/postbox';
import { bought, buyerOf } from '../flows/shopOrders';
import { immediately, saveSmtp } from '../flows/support';
import {
	inWhole,
	readSetup,
	saveCredential,
	served,
	startQueueN8n,
	until,
	type QueueN8n,
} from '../harness';
import { atOnce } from '../ledger/support';
import { Table } from '../ledger/table';
import { tellFigures } from './figures';
import { AT_ONCE, GIVEN_UP, GIVEN_UP_SAYS, rowsOf, whenQuiet } from './support';
import { deliverPairs } from './underFire';

/** The order ledger on PostgreSQL, written by two workers at the same moment, and the flow that mails by it. */

const NUMBERS = 30;
const ESIMS = inWhole(100, 16);
/** How long a mail takes, so that some are on their way when a worker is killed. */
const MAIL_MS = 1000;

const inQueue = readSetup().queue ? describe : describe.skip;

inQueue('the ledger in queue mode', () => {
	const postbox = usePostbox();
	let simulator: Simulator;
	let n8n: QueueN8n;
	let desk: FlowDesk;

	beforeAll(async () => {
		simulator = await startSimulator({ deliveryMs: 0, balance: 100_000 });
		n8n = await startQueueN8n({ workers: 2, env: GIVEN_UP });
		const { api, webhooks } = n8n;
		const credentials = {
			microesimApi: await saveCredential(api, simulator),
			smtp: await saveSmtp(api, postbox.credential),
		};
		desk = new FlowDesk(api, credentials, webhooks);
		await desk.open('order-ledger', atOnce);
	}, 300_000);
	afterAll(async () => {
		await n8n?.stop();
		await simulator?.stop();
	});

	const call = async (...items: IDataObject[]) => await desk.call('Order ledger', ...items);

	it('has one row for each order, with all that its calls said', async () => {
		await call({ state: 'asked', custom_order_no: 'first' });
		for (let index = 0; index < NUMBERS; index++) {
			const order = { custom_order_no: `q${index}`, topup_id: `T${index}` };
			const asked = {
				state: 'asked',
				custom_order_no: order.custom_order_no,
				shop: 'Travel',
				price: 5.25,
			};
			const pushed = { topup_id: order.topup_id, device_id: `D${index}`, lpa_str: 'LPA:1$a$b' };
			await Promise.all([call(asked), call(asked)]);
			await Promise.all([call(order), call(pushed), call(order), call(asked)]);
		}
		const table = new Table(n8n.api);
		const rows = await table.rows();
		expect(rows.slice(1)).toMatchObject(
			Array.from({ length: NUMBERS }, (_, index) => ({
				custom_order_no: `q${index}`,
				topup_id: `T${index}`,
				device_id: `D${index}`,
				state: 'delivered',
				shop: 'Travel',
				price: 5.25,
			})),
		);
		expect(rows).toHaveLength(NUMBERS + 1);
		// MicroeSIM knows none of them
		for (const { id } of rows) await table.remove(id);
	});

	const mailsFor = ({ custom_order_no }: Order) => postbox.to(buyerOf(custom_order_no)).length;

	it(`mails each of ${ESIMS} eSIMs, each pushed to both processes at once: what a killed worker took with it is mailed by the next hourly look (eSIM delivered, Immediately)`, async () => {
		await desk.open('esim-mail');
		const addresses = await desk.open('esim-delivered', (node) => atOnce(immediately(node)));
		const { pathname } = new URL(addresses['eSIM Delivered']!);
		const urls = n8n.webhooks.map((url) => `${url}${pathname}`) as [string, string];
		await Promise.all(urls.map(async (url) => await served(url)));
		const flow = desk.idOf('eSIM delivered');
		const orders = await bought(desk, simulator, ESIMS);

		postbox.pace.takesMs = MAIL_MS;
		const started = Date.now();
		const bodies = orders.map((order) => JSON.stringify(pushFields(order)));
		const pushing = deliverPairs(urls, bodies);
		await until(() => postbox.mails.length >= ESIMS / 4, 'a quarter of the mails');
		await n8n.kill('worker 1');
		await pushing;
		await n8n.startAgain('worker 1');
		await whenQuiet(n8n, flow);
		const seconds = Math.round((Date.now() - started) / 1000);

		const pushed = orders.map(mailsFor);
		const rows = await new Table(n8n.api).rows();
		const noted = new Set(
			rows.filter((row) => row.mailed_at !== null).map((row) => row.custom_order_no),
		);
		const inHand = orders.filter(({ custom_order_no }) => !noted.has(custom_order_no));
		const givenUp = (await rowsOf(n8n, flow)).filter(({ data }) => data.includes(GIVEN_UP_SAYS));
		postbox.pace.takesMs = 0;
		const look = await desk.start('eSIM delivered', 'Every Hour');
		expect(await desk.ended(look)).toBe('success');
		const inTheEnd = orders.map(mailsFor);
		const times = (counts: number[], wanted: (mails: number) => boolean) =>
			counts.filter(wanted).length;
		tellFigures('pushes by the ledger', [
			['eSIMs, each pushed to both webhook processes at once', ESIMS],
			['mailed once', times(pushed, (mails) => mails === 1)],
			['mailed twice or more', times(pushed, (mails) => mails > 1)],
			['mailed never, because a killed worker had them', times(pushed, (mails) => mails === 0)],
			['seconds', seconds],
			[
				'mailed, and not noted by that worker any more',
				inHand.filter((order) => pushed[orders.indexOf(order)]! > 0).length,
			],
			['after the hourly look: mailed never', times(inTheEnd, (mails) => mails === 0)],
			['after the hourly look: mailed a second time', times(inTheEnd, (mails) => mails > 1)],
		]);
		expect(await rowsOf(n8n, flow, `e.mode <> 'webhook' AND e.id <> ${look}`)).toEqual([]);
		expect(orders.filter((_, index) => pushed[index]! > 1)).toEqual([]);
		expect(inHand.length).toBeGreaterThan(0);
		expect(inHand.length).toBeLessThanOrEqual(givenUp.length);
		expect(givenUp.length).toBeLessThanOrEqual(AT_ONCE);
		// each is mailed; a second time only what the worker had mailed and could not note any more
		expect(inTheEnd).toEqual(
			orders.map((order, index) => pushed[index]! + (inHand.includes(order) ? 1 : 0)),
		);
		expect(Math.min(...inTheEnd)).toBe(1);
	}, 1_500_000);
});
