import type { IDataObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator, type Simulator } from '../../../simulator';
import { usePostbox } from '../../engine/examples/postbox';
import { post } from '../bench';
import { readSetup, saveCredential, startQueueN8n, type QueueN8n } from '../harness';
import { publishCaller, publishLedger, Table } from './support';

/** The ledger on PostgreSQL, written by two workers at the same moment. */

const NUMBERS = 30;

const inQueue = readSetup().queue ? describe : describe.skip;

inQueue('the ledger in queue mode', () => {
	const postbox = usePostbox();
	let simulator: Simulator;
	let n8n: QueueN8n;
	let callers: string[];

	beforeAll(async () => {
		simulator = await startSimulator();
		n8n = await startQueueN8n({ workers: 2 });
		const { api } = n8n;
		const microesimApi = await saveCredential(api, simulator);
		const data = postbox.credential;
		const smtp = await api.call<typeof microesimApi>('POST', '/credentials', {
			name: 'SMTP',
			type: 'smtp',
			data,
		});
		const ledger = await publishLedger(api, { microesimApi, smtp });
		const path = (await publishCaller(api, ledger)).slice(api.url.length);
		callers = n8n.webhooks.map((url) => `${url}${path}`);
	}, 300_000);
	afterAll(async () => {
		await n8n?.stop();
		await simulator?.stop();
	});

	/** Calls the ledger, through one webhook process after the other. */
	let calls = 0;
	async function call(item: IDataObject): Promise<void> {
		const url = callers[calls++ % callers.length]!;
		for (let tries = 0; tries < 100; tries++) {
			const { status } = await post(url, JSON.stringify({ units: [item] }));
			if (status === 200) return;
			if (status !== 404) throw new Error(`The ledger answered HTTP ${status}.`);
			await sleep(200);
		}
		throw new Error('The flow was not published.');
	}

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
