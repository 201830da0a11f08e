import type { IDataObject } from 'n8n-workflow';

import { startSimulator, type Simulator } from '../../../simulator';
import { FlowDesk } from '../flows/desk';
import { usePostbox } from '../flows/fakes/postbox';
import { saveSmtp } from '../flows/support';
import { readSetup, saveCredential, startQueueN8n, type QueueN8n } from '../harness';
import { Table } from './table';

/** The ledger on PostgreSQL, written by two workers at the same moment. */

const NUMBERS = 30;

const inQueue = readSetup().queue ? describe : describe.skip;

inQueue('the ledger in queue mode', () => {
	const postbox = usePostbox();
	let simulator: Simulator;
	let n8n: QueueN8n;
	let desk: FlowDesk;

	beforeAll(async () => {
		simulator = await startSimulator();
		n8n = await startQueueN8n({ workers: 2 });
		const { api, webhooks } = n8n;
		const credentials = {
			microesimApi: await saveCredential(api, simulator),
			smtp: await saveSmtp(api, postbox.credential),
		};
		desk = new FlowDesk(api, credentials, webhooks);
		await desk.open('order-ledger');
	}, 300_000);
	afterAll(async () => {
		await n8n?.stop();
		await simulator?.stop();
	});

	const call = async (item: IDataObject) => await desk.call('Order ledger', item);

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
		const rows = await new Table(n8n.api).rows();
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
	});
});
