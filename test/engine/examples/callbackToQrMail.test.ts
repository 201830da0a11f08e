import jsQR from 'jsqr';
import type { INodeExecutionData } from 'n8n-workflow';
import { PNG } from 'pngjs';

import { post, pushFields, useTriggerBench } from '../trigger/support';
import { usePostbox } from './postbox';
import { readExample } from './support';

const example = readExample('callback-to-qr-mail');

const bench = useTriggerBench();
const postbox = usePostbox();

/** The mail node of the example, fed with what the trigger gave. */
async function mailOut(items: INodeExecutionData[]): Promise<void> {
	const result = await bench.engine.runExample(example, {
		startNode: 'Mail the QR Code',
		input: items,
		credentials: { smtp: postbox.credential },
	});
	const error = result.error();
	if (error) throw error;
}

const trigger = example.nodes.find(({ name }) => name === 'eSIM Delivered')!.parameters;

describe('examples/callback-to-qr-mail.json', () => {
	it('mails the QR code shown inline, with install links and the confirmation code', async () => {
		const webhook = await bench.serve(trigger, { run: mailOut });
		const order = await bench.buy();
		const [esim] = order.esims;
		await post(webhook.url, {
			...pushFields(order),
			android_esim_install_link: esim!.android_esim_install_link,
			cf_code: '000777',
		});
		expect(postbox.mails).toHaveLength(1);
		const [mail] = postbox.mails;
		expect(mail!.subject).toBe(`Your eSIM: ${order.plan.channel_dataplan_name}`);
		const html = String(mail!.html);
		expect(html).toContain('000777');
		expect(html).toContain(esim!.ios_esim_install_link);
		expect(html).toContain(esim!.android_esim_install_link);
		expect(html).not.toMatch(/undefined|null|\{\{/);
		const [picture] = mail!.attachments;
		expect(picture).toMatchObject({
			contentType: 'image/png',
			cid: 'qr',
			filename: `esim-${esim!.device_id}.png`,
		});
		const { data, width, height } = PNG.sync.read(picture!.content);
		expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(esim!.lpa_str);
	});

	it('leaves out what an eSIM does not have', async () => {
		const webhook = await bench.serve(trigger, { run: mailOut });
		await post(webhook.url, { ...pushFields(await bench.buy()), ios_esim_install_link: '' });
		const html = String(postbox.mails[0]!.html);
		expect(html).not.toMatch(/Confirmation code|Install on|undefined|null/);
	});

	it('is pushed again when the mail could not be sent, and then sends one mail', async () => {
		let broken = true;
		const run = async (items: INodeExecutionData[]) => {
			if (broken) throw new Error('The mail server is down');
			await mailOut(items);
		};
		const webhook = await bench.serve(trigger, { run });
		const body = pushFields(await bench.buy());
		expect((await post(webhook.url, body)).status).toBe(500);
		broken = false;
		expect((await post(webhook.url, body)).status).toBe(200);
		expect((await post(webhook.url, body)).status).toBe(200);
		expect(postbox.mails).toHaveLength(1);
	});
});
