import { post, pushFields, REFUSED, useTriggerBench } from './support';

/** Texts that stand where the activation code will be, and ways to write lists of codes. */

const bench = useTriggerBench();

describe.each(['lookup', 'token', 'order'])(
	'a text that can be no activation code (%s)',
	(verifyBy) => {
		it.each([
			'Processing',
			'pending…',
			'N/A',
			'undefined',
			'0',
			'LPA:',
			'LPA:1$',
			'LPA:1$$',
			'LPA:1$null$null',
			'LPA:1$undefined$undefined',
			'LPA:1$smdp.example.com',
			'LPA:1$smdp.example.com$null',
			'LPA:1$smdp.example.com$Processing',
			'LPA:1$smdp.example.com$A/LPA:1$smdp.example.com$B',
			'LPA:1$smdp.example.com$ALPA:1$smdp.example.com$B',
			'price$5$',
			'LPA:1$smdp.example.com$A B',
			'[LPA:1$smdp.example.com$A',
			'{LPA:1$smdp.example.com$A}',
			'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$smdp.example.com$A',
			'LPA:1$smdp.example.com$A\r\nLPA:1$smdp.example.com$B',
			'LPA:1$smdp.example.com$A;LPA:1$smdp.example.com$B',
			'',
			' ',
			null,
		])('%j is handed on by nobody, and does not swallow the true push', async (lpa_str) => {
			const credential = { ...bench.credential, urlToken: 'abc' };
			const webhook = await bench.serve({ verifyBy }, { credential });
			const order = await bench.buy();
			const url = `${webhook.url}?token=abc`;
			const fields = pushFields(order);
			delete fields.ios_esim_install_link;
			const early = await post(url, { ...fields, lpa_str });
			expect([early.status, webhook.runs.length]).toEqual(
				verifyBy === 'order' ? [200, 1] : [503, 0],
			);
			if (verifyBy !== 'order') expect(early.text).toMatch(REFUSED);
			expect((await post(url, fields)).status).toBe(200);
			expect(webhook.runs.flat().map(({ json }) => json.lpa_str)).toEqual([fields.lpa_str]);
		});
	},
);

const inJava = (list: string[]) => `[${list.join(', ')}]`;
const inPython = (list: string[]) => `[${list.map((entry) => `'${entry}'`).join(', ')}]`;
const withCommas = (list: string[]) => list.join(',');
const blanks = (list: string[]) => ` ${JSON.stringify(list)} `;

it.each<[string, (list: string[]) => string]>([
	['as Java writes it', inJava],
	['as Python writes it', inPython],
	['as JSON between blanks', blanks],
])('lists as text, %s, are read, each eSIM with its own fields', async (_, write) => {
	for (const quantity of [1, 3]) {
		const order = await bench.buy(quantity);
		const field = (name: 'device_id' | 'lpa_str' | 'qrcode' | 'ios_esim_install_link') =>
			write(order.esims.map((esim) => esim[name]));
		for (const simplify of [true, false]) {
			const webhook = await bench.serve({ simplify });
			const { status } = await post(
				webhook.url,
				new URLSearchParams({
					topup_id: write(order.esims.map(() => order.topup_id)),
					device_id: field('device_id'),
					lpa_str: field('lpa_str'),
					channel_dataplan_id: write(order.esims.map(() => order.channel_dataplan_id)),
					qrcode: field('qrcode'),
					ios_esim_install_link: field('ios_esim_install_link'),
				}).toString(),
				{ 'content-type': 'application/x-www-form-urlencoded' },
			);
			expect(status).toBe(200);
			expect(webhook.runs.flat().map(({ json }) => json)).toMatchObject(
				order.esims.map(({ device_id, lpa_str, qrcode, ios_esim_install_link }) => ({
					topup_id: order.topup_id,
					channel_dataplan_id: order.channel_dataplan_id,
					device_id,
					lpa_str,
					qrcode,
					ios_esim_install_link,
				})),
			);
		}
	}
});

it('IDs and codes with commas are read', async () => {
	const order = await bench.buy(2);
	const webhook = await bench.serve();
	const { status } = await post(webhook.url, {
		topup_id: order.topup_id,
		device_id: withCommas(order.esims.map(({ device_id }) => device_id)),
		lpa_str: withCommas(order.esims.map(({ lpa_str }) => lpa_str)),
	});
	expect(status).toBe(200);
	expect(webhook.runs.flat()).toHaveLength(2);
});

it.each([
	['with an empty part at its end', (code: string) => `${code}$`],
	['with two', (code: string) => `${code}$$`],
	[
		'with its host in capitals',
		(code: string) => code.replace(/\$[^$]+/, (host) => host.toUpperCase()),
	],
	['without "LPA:"', (code: string) => code.replace('LPA:', '')],
])('an activation code %s is the same one', async (_, write) => {
	const order = await bench.buy(2);
	const [one, two] = order.esims.map(({ lpa_str }) => lpa_str);
	const body = {
		topup_id: order.topup_id,
		device_id: order.esims.map(({ device_id }) => device_id),
	};
	const asked = await bench.serve({ verifyBy: 'order' });
	expect((await post(asked.url, { ...body, lpa_str: [write(one!), write(two!)] })).status).toBe(
		200,
	);
	// One code for two eSIMs is nobody's, however it is written.
	const webhook = await bench.serve();
	expect((await post(webhook.url, { ...body, lpa_str: [one, write(one!)] })).status).toBe(200);
	expect(webhook.runs.flat().map(({ json }) => [json.lpa_str, json.push])).toMatchObject([
		[one, { verified_by: 'order' }],
		[two, { verified_by: 'order' }],
	]);
});

it('what nobody sees in a code is not handed on', async () => {
	const order = await bench.buy();
	const { lpa_str } = order.esims[0]!;
	for (const simplify of [true, false]) {
		const webhook = await bench.serve({ simplify });
		const body = {
			...pushFields(order),
			lpa_str: `\u200b${lpa_str.slice(0, 9)}\u202e${lpa_str.slice(9)}`,
		};
		expect((await post(webhook.url, body)).status).toBe(200);
		expect(webhook.runs.flat()).toMatchObject([{ json: { lpa_str } }]);
	}
});
