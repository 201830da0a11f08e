import type { ParsedMail } from 'mailparser';
import type { INodeExecutionData } from 'n8n-workflow';

import type { RunResult, ServedWebhook } from '../harness';
import { useFastClock } from '../support/fastClock';
import { sentTo } from '../support/look';
import { SAMPLE_PLAN } from '../support/microesim';
import { look } from '../support/picture';
import { useBench } from '../support/useBench';
import { usePostbox } from './postbox';
import { deliverOrder, paidOrder, type PaidOrder } from './shopify';
import { readExample } from './support';

useFastClock(10);

const example = readExample('shopify-order-to-esim');
const trigger = example.nodes.find(({ name }) => name === 'Order Paid')!;
const SECRET = 'not-a-real-secret';

const bench = useBench();
const postbox = usePostbox();
const webhooks: ServedWebhook[] = [];

afterAll(async () => {
	await Promise.all(webhooks.map(async (webhook) => await webhook.stop()));
});

/** The example under the address of its trigger; what it answers with is each execution of a delivery. */
async function openShop() {
	const workflowId = `shop-${webhooks.length}`;
	const runs: Array<Promise<RunResult>> = [];
	const run = async (input: INodeExecutionData[]): Promise<void> => {
		const credentials = { microesimApi: bench.credential, smtp: postbox.credential };
		runs.push(
			bench.engine.runExample(example, {
				startNode: 'Order Paid',
				input,
				mode: 'webhook',
				workflowId,
				credentials,
			}),
		);
		await runs.at(-1);
	};
	const credentials = {
		shopifyAccessTokenApi: { shopSubdomain: 'example-shop', accessToken: '', appSecretKey: SECRET },
	};
	const webhook = await bench.engine.serveWebhook({ node: trigger, credentials, run });
	webhooks.push(webhook);
	return async (order: PaidOrder, deliveries = 1): Promise<RunResult[]> => {
		runs.length = 0;
		const answers = await Promise.all(
			Array.from(
				{ length: deliveries },
				async () => await deliverOrder(webhook.url, SECRET, order),
			),
		);
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		const results = await Promise.all(runs);
		expect(results).toHaveLength(deliveries);
		return results;
	};
}

const OTHER_PLAN = '202408136e79772A718449EEE9290CAC3';
const mixed = (number: number) =>
	paidOrder(number, [
		{ id: 11, sku: SAMPLE_PLAN, title: 'eSIM Japan 5 days', quantity: 2 },
		{ id: 12, sku: '', title: 'Gift wrapping', quantity: 1 },
		{ id: 13, sku: null, title: 'Tip', quantity: 1 },
		{ id: 14, sku: 'TEE-BLUE-M', title: 'T-shirt', quantity: 3, physical: true },
		{ id: 15, sku: ` ${OTHER_PLAN}`, title: 'eSIM Europe', quantity: 1 },
		{ id: 16, sku: OTHER_PLAN, title: 'eSIM taken off the order', quantity: 1, currentQuantity: 0 },
	]);

const numbers = () => bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no).sort();
const mailsTo = (address: string) =>
	postbox.mails.filter(({ to }) => [to].flat().some((one) => one?.text === address));
const codesIn = (mails: ParsedMail[]) =>
	mails.map(({ attachments }) => look(attachments[0]!.content).text).sort();
const codesBought = () =>
	bench.simulator.ledger.flatMap(({ esims }) => esims.map(({ lpa_str }) => lpa_str)).sort();

describe('examples/shopify-order-to-esim.json', () => {
	it('buys one order per unit of the lines that are eSIMs, and mails each with its QR code', async () => {
		const deliver = await openShop();
		const [result] = await deliver(mixed(1042));
		expect(result!.error()).toBeUndefined();
		expect(numbers()).toEqual(['11-1', '11-2', '15-1']);
		expect(bench.simulator.ledger.map(({ number }) => number)).toEqual([1, 1, 1]);
		expect(mailsTo('buyer@shop.example')).toHaveLength(3);
		expect(postbox.mails).toHaveLength(3);
		expect(codesIn(postbox.mails)).toEqual(codesBought());
	});

	it('writes a mail of that eSIM alone', async () => {
		const deliver = await openShop();
		await deliver(mixed(1043));
		for (const { custom_order_no: number, esims } of bench.simulator.ledger) {
			const mail = postbox.mails.find(({ html }) => String(html).includes(number))!;
			expect(mail.subject).toBe(
				number.startsWith('11-') ? 'Your eSIM: eSIM Japan 5 days' : 'Your eSIM: eSIM Europe',
			);
			const html = String(mail.html);
			expect(html).toContain(esims[0]!.ios_esim_install_link);
			expect(html).toContain(esims[0]!.android_esim_install_link);
			expect(html).toContain('Order #1043');
			expect(html).not.toMatch(/undefined|null|\{\{/);
			expect(html.includes('Confirmation code')).toBe(esims[0]!.cf_code !== '');
			expect(mail.attachments[0]).toMatchObject({
				cid: 'qr',
				filename: `esim-${esims[0]!.device_id}.png`,
			});
			expect(codesIn([mail])).toEqual([esims[0]!.lpa_str]);
		}
	});

	it('buys and mails once when the webhook comes twice at the same moment, and again later', async () => {
		const deliver = await openShop();
		await deliver(mixed(1044), 2);
		const [later] = await deliver(mixed(1044));
		expect(later!.json('Buy the eSIMs').map(({ duplicate }) => duplicate)).toEqual([
			true,
			true,
			true,
		]);
		expect(numbers()).toEqual(['11-1', '11-2', '15-1']);
		expect(codesIn(postbox.mails)).toEqual(codesBought());
	});

	it('buys nothing for an order without eSIMs', async () => {
		const deliver = await openShop();
		await deliver(
			paidOrder(1045, [
				{ id: 1, sku: 'TEE-BLUE-M', title: 'T-shirt', quantity: 1, physical: true },
			]),
		);
		expect(bench.simulator.requests).toEqual([]);
		expect(postbox.mails).toEqual([]);
	});

	it('does not buy a plan that would start to run with the order, and tells the owner', async () => {
		const plan = { ...bench.simulator.plans[0]!, active_type: 'ACTIVEDBYORDER' };
		bench.simulator.plans.push({ ...plan, channel_dataplan_id: 'starts-at-once' });
		const deliver = await openShop();
		await deliver(
			paidOrder(1050, [{ id: 1, sku: 'starts-at-once', title: 'eSIM Japan', quantity: 1 }]),
		);
		expect(bench.simulator.ledger).toEqual([]);
		expect(postbox.mails.map(({ text }) => text)).toEqual([
			expect.stringContaining('becomes active with the order'),
		]);
	});

	it('tells the owner of a plan that is gone, and mails the other eSIMs', async () => {
		const deliver = await openShop();
		await deliver(
			paidOrder(1046, [
				{ id: 1, sku: 'GONE', title: 'eSIM of last year', quantity: 1 },
				{ id: 2, sku: SAMPLE_PLAN, title: 'eSIM Japan', quantity: 1 },
			]),
		);
		expect(numbers()).toEqual(['2-1']);
		expect(codesIn(mailsTo('buyer@shop.example'))).toEqual(codesBought());
		const [told, ...more] = mailsTo('owner@shop.example');
		expect(more).toEqual([]);
		expect(told!.subject).toBe('eSIM for order #1046 needs you');
		expect(told!.text).toContain('no data plan with the ID "GONE"');
	});

	it('tells the owner of an order in doubt with each delivery of its webhook, and buys it no second time', async () => {
		const deliver = await openShop();
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const order = paidOrder(1047, [{ id: 1, sku: SAMPLE_PLAN, title: 'eSIM Japan', quantity: 1 }]);
		await deliver(order, 2);
		await deliver(order);
		expect(numbers()).toEqual(['1-1']);
		expect(sentTo(bench.simulator, 'esimSubscribe')).toHaveLength(1);
		expect(mailsTo('buyer@shop.example')).toEqual([]);
		expect(mailsTo('owner@shop.example').map(({ text }) => text)).toEqual([
			expect.stringContaining('"1-1"'),
			expect.stringContaining('"1-1"'),
			expect.stringContaining('"1-1"'),
		]);
	});

	it('tells the owner of a mail that could not be sent, with the ID of the paid order', async () => {
		const deliver = await openShop();
		postbox.refused.add('buyer@shop.example');
		await deliver(paidOrder(1048, [{ id: 1, sku: SAMPLE_PLAN, title: 'eSIM Japan', quantity: 1 }]));
		expect(mailsTo('owner@shop.example').map(({ text }) => text)).toEqual([
			expect.stringContaining(
				`MicroeSIM order ${bench.simulator.ledger[0]!.topup_id}, number 1-1`,
			),
		]);
	});
});
