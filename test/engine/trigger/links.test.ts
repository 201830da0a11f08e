import type { IDataObject } from 'n8n-workflow';

import { post, pushFields, useTriggerBench } from './support';

/** Links of a push that must not reach a customer, however they are written. */

const bench = useTriggerBench();

const EVIL = 'LPA:1$evil.example$X';
const APPLE = 'https://esimsetup.apple.com/esim_qrcode_provisioning';

type Order = Awaited<ReturnType<typeof bench.buy>>;
const codeOf = (order: Order) => order.esims[0]!.lpa_str;

/** Pushes it and gives the one item of its run. */
async function itemFor(body: unknown, simplify: boolean): Promise<IDataObject> {
	const webhook = await bench.serve({ simplify });
	expect((await post(webhook.url, body)).status).toBe(200);
	const [item, ...others] = webhook.runs.flat().map(({ json }) => json);
	expect(others).toEqual([]);
	return item!;
}

const FOREIGN: Array<[string, (code: string) => unknown]> = [
	['a script', () => 'javascript:alert(1)'],
	['a script behind a tab', () => 'java\tscript:alert(1)'],
	['a script behind a line end', () => 'java\r\nscript:alert(1)'],
	['a script behind a control character', () => '\u0001javascript:alert(1)'],
	['a script behind what nobody sees', () => '\u200bjavascript:alert(1)'],
	['a script with an entity', () => 'javascript&colon;alert(1)'],
	['a script in a list', () => ['javascript:alert(1)']],
	['a script in a list in a list', () => [['javascript:alert(1)']]],
	['a script as JSON', () => '["javascript:alert(1)"]'],
	['a script as Java writes a list', () => '[javascript:alert(1)]'],
	[
		'another code with entities',
		() => `${APPLE}?c&#97;rddata=LPA&colon;1&dollar;evil.example&dollar;X`,
	],
	[
		'another code with entities beside',
		(code) => `${APPLE}?carddata=${code}&x=1&#36;evil.example&#x24;X`,
	],
	['another code as a picture', () => `https://files.example/${EVIL}.png`],
	['an object', () => ({ url: 'javascript:alert(1)' })],
	['an object with HTML', () => ({ html: '<script>alert(1)</script>' })],
	['a list of objects', () => [{ a: 1 }]],
	['another program', () => 'intent://evil.example/#Intent;end'],
	['a page in itself', () => 'data:text/html;base64,PHNjcmlwdD4='],
	['a drawing that can run scripts', () => 'data:image/svg+xml;base64,PHN2Zz4='],
	['a file', () => 'file:///etc/passwd'],
	['another code', () => `${APPLE}?carddata=${EVIL}`],
	['another code for the second carddata', (code) => `${APPLE}?carddata=${code}&carddata=${EVIL}`],
	['another code, CardData', () => `${APPLE}?CardData=${EVIL}`],
	['another code beside', (code) => `${APPLE}?carddata=${code}&code=${EVIL}`],
	['another code without LPA:', () => `${APPLE}?carddata=1$evil.example$X`],
	['another code without LPA: beside', (code) => `${APPLE}?carddata=${code}&a=1$evil.example$X`],
	['another code in small letters', () => `${APPLE}?x=lpa:1$evil.example$X`],
	['another code, encoded', () => `${APPLE}?x=${encodeURIComponent(EVIL)}`],
	[
		'another code, encoded twice',
		() => `${APPLE}?x=${encodeURIComponent(encodeURIComponent(EVIL))}`,
	],
	['another code in the path', () => `https://esimsetup.apple.com/${EVIL}`],
	['another code in the fragment', (code) => `${APPLE}?carddata=${code}#${EVIL}`],
	[
		'another code in a link in it',
		() => `https://a.example/?to=${encodeURIComponent(`${APPLE}?carddata=${EVIL}`)}`,
	],
	['a longer code', (code) => `${APPLE}?carddata=${code}0`],
	['a code itself, another one', () => EVIL],
	['a code itself, another one without LPA:', () => '1$evil.example$X'],
];

describe.each([true, false])('a link with Simplify %s', (simplify) => {
	it.each(FOREIGN)('%s is left out of any field, and push.left_out names it', async (_, write) => {
		for (const field of ['ios_esim_install_link', 'android_esim_install_link', 'qrcode']) {
			const order = await bench.buy();
			const { topup_id, device_id, lpa_str } = pushFields(order);
			const link = write(codeOf(order));
			const body = { topup_id, device_id, lpa_str, [field]: link };
			const { push, ...shown } = await itemFor(body, simplify);
			expect([field, push]).toEqual([field, expect.objectContaining({ left_out: [field] })]);
			expect(shown[field] ?? null).toBeNull();
			expect(JSON.stringify(shown)).not.toMatch(/evil|script|passwd|"[ab]":/);
		}
	});

	it.each<[string, string, (code: string) => unknown]>([
		[
			'the code, encoded',
			'ios_esim_install_link',
			(code) => `${APPLE}?carddata=${encodeURIComponent(code)}`,
		],
		[
			'the code without LPA:',
			'ios_esim_install_link',
			(code) => `${APPLE}?carddata=${code.replace('LPA:', '')}`,
		],
		[
			'the code and more',
			'ios_esim_install_link',
			(code) => `${APPLE}?carddata=${code}&lang=de#top`,
		],
		[
			'the code in another parameter',
			'android_esim_install_link',
			(code) => `https://a.example/i?code=${code}`,
		],
		['no code', 'android_esim_install_link', () => 'https://a.example/i/123'],
		['the code itself', 'qrcode', (code) => code],
		['an address', 'qrcode', () => 'https://files.example/files/9999-1?v=1&w=2'],
		['an address with letters of others', 'qrcode', () => 'https://files.example/二维码.png'],
		['a picture', 'qrcode', () => 'data:image/png;base64,iVBORw0KGgo='],
		['a picture in base64', 'qrcode', () => 'iVBORw0KGgo+/A=='],
		['a picture in base64 with line ends', 'qrcode', () => 'iVBORw0KGgo\r\nAAAA=='],
		['a picture with line ends', 'qrcode', () => 'data:image/png;base64,iVBORw0KGgo\r\nAAAA=='],
		[
			'a picture named by the code',
			'qrcode',
			(code) => `https://files.example/${encodeURIComponent(code)}.png`,
		],
		['an address with &amp;', 'qrcode', () => 'https://files.example/?a=1&amp;b=2'],
	])('%s stays (%s)', async (_, field, write) => {
		const order = await bench.buy();
		const { topup_id, device_id, lpa_str } = pushFields(order);
		const link = write(codeOf(order));
		for (const given of [link, [link]]) {
			const { push, ...shown } = await itemFor(
				{ topup_id, device_id, lpa_str, [field]: given },
				simplify,
			);
			expect(shown[field]).toBe(link);
			expect(push).not.toHaveProperty('left_out');
		}
	});

	it('an address with an apostrophe is left out, not the eSIM', async () => {
		const { topup_id, device_id, lpa_str } = pushFields(await bench.buy());
		const qrcode = "https://files.example/o'neil.png";
		const { push } = await itemFor({ topup_id, device_id, lpa_str, qrcode }, simplify);
		expect(push).toMatchObject({ left_out: ['qrcode'] });
	});

	it.each(['msisdn', 'cf_code', 'operator_iccid', 'operator_iccids'])(
		'an object in place of a number (%s) is left out, too',
		async (field) => {
			const order = await bench.buy();
			const { topup_id, device_id, lpa_str } = pushFields(order);
			const html = { a: '<script>alert(1)</script>' };
			for (const value of [html, [html], [[html]], JSON.stringify([html])]) {
				const shown = await itemFor({ topup_id, device_id, lpa_str, [field]: value }, simplify);
				expect(JSON.stringify(shown)).not.toContain('script');
				expect((shown.push as IDataObject).left_out).toHaveLength(1);
			}
		},
	);
});
