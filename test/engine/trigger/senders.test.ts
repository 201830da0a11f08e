import type { PushOptions } from '../../../simulator';
import { post, pushFields, REFUSED, useTriggerBench } from './support';

/** All shapes, encodings and ways of senders, written byte for byte by the simulator. */

const bench = useTriggerBench();

const shapes = ['flat', 'data', 'result'] as const;
const senders = ['plain', 'restTemplate', 'httpClient', 'curl', 'okHttp'] as const;
const encodings = ['json', 'urlencoded', 'multipart', 'multipartJson'] as const;
const lists: PushOptions[] = [
	{},
	{ lists: true },
	{ lists: true, listsAs: 'brackets' },
	{ lists: true, listsAs: 'indexed', listNames: 'plural' },
	{ lists: true, listsAs: 'json', listNames: 'plural' },
	{ esimsAs: 'objects' },
];

/** Every way, each sender with every encoding, shape and way to write several eSIMs. */
const ways = senders.flatMap((sender) =>
	encodings.flatMap((encoding) =>
		shapes.flatMap((shape) => lists.map((list) => ({ sender, encoding, shape, ...list }))),
	),
);

/** Types that do not say what the body is. */
const types = [
	null,
	'application/octet-stream',
	'text/plain',
	'text/plain; charset=utf-8',
	'application/x-www-form-urlencoded',
	'text/html',
	'binary/unknown',
	'*/*',
];
const labelled = types.flatMap((contentType) =>
	(['json', 'urlencoded'] as const).flatMap((encoding) =>
		shapes.flatMap((shape) =>
			lists.map((list) => ({ contentType, encoding, shape, ...list }) as PushOptions),
		),
	),
);

const label = (way: PushOptions) => JSON.stringify(way);

/** n8n takes each entry for a file, and does not keep files of one name in order: whose code is whose is not known. */
const losesOrder = ({ sender, encoding, shape, esimsAs, listsAs = 'repeat' }: PushOptions) =>
	encoding === 'multipart' &&
	shape === 'flat' &&
	esimsAs !== 'objects' &&
	['repeat', 'brackets'].includes(listsAs) &&
	['restTemplate', 'httpClient', 'okHttp'].includes(sender ?? 'plain');

async function arrives(way: PushOptions, quantity: number, parameters = {}, verifiedBy?: string) {
	const webhook = await bench.serve(parameters);
	const order = await bench.buy(quantity);
	const attempts = await bench.simulator.pushNow(order.topup_id, { ...way, url: webhook.url });
	expect(attempts.map(({ status, error }) => error ?? status)).toEqual(attempts.map(() => 200));
	const items = webhook.runs.flat().map(({ json }) => json);
	expect(items).toHaveLength(quantity);
	for (const esim of order.esims) {
		const { device_id, lpa_str, qrcode, msisdn, ios_esim_install_link } = esim;
		expect(items.find((item) => item.device_id === device_id)).toMatchObject({
			topup_id: order.topup_id,
			device_id,
			lpa_str,
			qrcode,
			msisdn,
			ios_esim_install_link,
			cf_code: esim.cf_code || null,
			...(verifiedBy && { push: { verified_by: verifiedBy } }),
		});
	}
}

it.each(ways.map((way) => [label(way), way] as const))('%s', async (_, way) => {
	await arrives(way, 1);
	if (!losesOrder(way)) await arrives({ ...way, onePushPerOrder: true }, 3, {}, 'lookup');
});

it.each(ways.filter(losesOrder).map((way) => [label(way), way] as const))(
	'several eSIMs as %s are as the order itself shows them',
	async (_, way) => {
		await arrives({ ...way, onePushPerOrder: true }, 3);
		await arrives({ ...way, onePushPerOrder: true }, 3, { verifyBy: 'order' });
	},
);

it.each(labelled.map((way) => [label(way), way] as const))('%s', async (_, way) => {
	await arrives({ ...way, onePushPerOrder: true }, 2);
});

it('JSON that is none is answered by n8n itself, before the trigger sees it', async () => {
	const webhook = await bench.serve();
	const { status, text } = await post(webhook.url, '{"topup_id": ');
	expect(status).toBe(422);
	expect(text).toContain('Failed to parse request body');
});

describe('parts of a form that are files', () => {
	const multipart = async (url: string, parts: Array<[string, string, string?]>) => {
		const boundary = 'x'.repeat(30);
		const body = parts
			.map(
				([name, value, type = 'text/plain']) =>
					`--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}.txt"\r\nContent-Type: ${type}\r\n\r\n${value}\r\n`,
			)
			.join('');
		return await post(url, `${body}--${boundary}--\r\n`, {
			'content-type': `multipart/form-data; boundary=${boundary}`,
		});
	};

	it('are read where they are named as files, too', async () => {
		const webhook = await bench.serve();
		const fields = pushFields(await bench.buy());
		const { status } = await multipart(webhook.url, Object.entries(fields));
		expect(status).toBe(200);
		expect(webhook.runs.flat()).toMatchObject([{ json: { lpa_str: fields.lpa_str } }]);
	});

	it('are read in ISO-8859-1 where they are no UTF-8', async () => {
		const webhook = await bench.serve();
		const order = await bench.buy();
		const [attempt] = await bench.simulator.pushNow(order.topup_id, {
			sender: 'httpClient',
			encoding: 'multipart',
			fields: { remark: 'Zürich' },
			url: webhook.url,
		});
		expect(attempt!.status).toBe(200);
		expect(webhook.runs.flat()).toMatchObject([{ json: { remark: 'Zürich' } }]);
	});

	it.each([
		['too large', [['topup_id', 'x'.repeat(300 * 1024)]]],
		['too many', Array.from({ length: 250 }, (_, index) => [`field${index}`, 'x'])],
	] as Array<[string, Array<[string, string]>]>)(
		'are not read where they are %s',
		async (_, parts) => {
			const webhook = await bench.serve();
			const { status, text } = await multipart(webhook.url, parts);
			expect(status).toBe(413);
			expect(text).toMatch(REFUSED);
			expect(webhook.executions).toEqual([]);
		},
	);

	it('of a stranger are not even read where a token is asked for', async () => {
		const webhook = await bench.serve({ urlToken: 'abc' });
		const { status } = await multipart(webhook.url, Object.entries(pushFields(await bench.buy())));
		expect(status).toBe(403);
	});
});
