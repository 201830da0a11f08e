import type { ParsedMail } from 'mailparser';
import type { IDataObject } from 'n8n-workflow';

import type { Plan } from '../../../simulator';
import { look } from '../../engine/support/picture';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { describeInBrowser, openBrowser, type Browser } from '../editor/browser';
import { picture } from '../editor/pictures';
import { withTexts } from './fillIn';
import { useFlows } from './support';

/** What a buyer finds in his mailbox, as a mail program takes it apart. */

const flows = useFlows({ plans: 200 });
const { postbox } = flows;

beforeAll(async () => {
	await flows.desk.open('esim-mail', withLanguages);
});

/** Languages that a shop has added, with a text. */
const withLanguages = withTexts({
	it: { subject: 'Ecco: {product}' },
	'pt-BR': { subject: 'Pronto: {product}' },
});

const SHOP = { buyer: 'buyer@shop.example', shop_order: '#1042', product: 'Japan, 5 days' };

async function esimOf(planId?: string) {
	const fields: Record<string, string> = planId ? { channel_dataplan_id: planId } : {};
	const order = orderOf(flows.simulator, await buy(flows.simulator, fields));
	const [esim] = order.esims;
	const [, address, matching] = esim!.lpa_str.split('$');
	const created = new Date(order.bookedAt + 8 * 3_600_000).toISOString().slice(0, 19);
	return {
		order,
		item: {
			topup_id: order.topup_id,
			device_id: esim!.device_id,
			lpa_str: esim!.lpa_str,
			sm_dp_address: address,
			matching_id: matching,
			cf_code: '000777',
			ios_esim_install_link: esim!.ios_esim_install_link,
			android_esim_install_link: esim!.android_esim_install_link,
			channel_dataplan_id: order.channel_dataplan_id,
			create_time: `${created}+08:00`,
			...SHOP,
		},
	};
}

const mail = async (...items: IDataObject[]): Promise<IDataObject[]> =>
	await flows.desk.call('eSIM mail', ...items);

const only = (): ParsedMail => {
	expect(postbox.mails).toHaveLength(1);
	return postbox.mails[0]!;
};

const planWith = (data: string): Plan =>
	flows.simulator.plans.find((plan) => plan.status === '1' && plan.data === data)!;

/** What stands in the pictures, which are to be the same each time. */
const SHOWN = {
	lpa_str: 'LPA:1$smdp.example.com$04386-AGYFT-A74Y8-3F815',
	sm_dp_address: 'smdp.example.com',
	matching_id: '04386-AGYFT-A74Y8-3F815',
	create_time: '2026-11-29T12:00:00+08:00',
};

const DEVICES = { phone: { width: 375, height: 720 }, desktop: { width: 1280, height: 900 } };

describe('the mail', () => {
	it('has what the buyer needs, as text and as a page', async () => {
		const { order, item } = await esimOf(planWith('3GB').channel_dataplan_id);
		expect(await mail(item)).toMatchObject([{ ...item, mailed: true }]);
		const { subject, from, to, text, html, attachments } = only();
		expect(subject).toBe('Your eSIM: Japan, 5 days');
		expect(from?.text).toBe('"Example Shop" <esim@shop.example>');
		expect([to].flat().map((one) => one?.text)).toEqual(['buyer@shop.example']);
		const { day, apn } = order.plan;
		const facts = ['#1042', 'Japan, 5 days', String(day), '3 GB', '000777', apn];
		for (const said of [...facts, item.sm_dp_address, item.matching_id, item.lpa_str]) {
			expect(text).toContain(said);
			expect(html).toContain(said);
		}
		expect(html).toContain(`href="${String(item.ios_esim_install_link)}"`);
		expect(html).toContain(`href="${String(item.android_esim_install_link)}"`);
		expect(`${text} ${String(html)}`).not.toMatch(/undefined|null|\[object|\{\{|NaN|Invalid/);
		expect(`${text} ${String(html)}`).not.toContain(order.plan.channel_dataplan_name);
		const [inline, file] = attachments;
		expect([inline!.contentDisposition, file!.contentDisposition]).toEqual([
			'inline',
			'attachment',
		]);
		expect(inline!.cid).toBe('qr');
		for (const { content, filename } of attachments) {
			const { text: code, margins, width, module } = look(content);
			expect([filename, code]).toEqual([`esim-${String(item.device_id)}.png`, item.lpa_str]);
			// no more white around it than a scanner wants: 4 modules
			expect(Math.max(...margins)).toBeLessThan(5);
			expect(width).toBe(1000);
			expect(module).toBeGreaterThan(10);
		}
	});

	it.each([
		['Daily2GB', '2 GB per day'],
		['500MB', '500 MB'],
		['unlimited', 'unlimited'],
	])('says what the data %s are', async (data, said) => {
		const { item } = await esimOf(planWith(data).channel_dataplan_id);
		await mail(item);
		expect(only().text).toContain(`Data: ${said}\n`);
	});

	it.each([
		['Max', 'Data: Max\n'],
		['', 'Your eSIM is ready'],
	])(
		'says of the data "%s" what is known, and nothing of a code without its second part',
		async (data, said) => {
			const plan = planWith('500MB');
			plan.data = data;
			const { item } = await esimOf(plan.channel_dataplan_id);
			await mail({ ...item, lpa_str: 'LPA:1$smdp.example.com$', matching_id: null });
			plan.data = '500MB';
			const { text, html } = only();
			expect(text).toContain(said);
			expect(`${text} ${String(html)}`).not.toMatch(/null|undefined/);
			if (data === '') expect(text).not.toContain('Data:');
			expect(text).not.toContain('On an iPhone: Activation code');
		},
	);

	it('says until when to install it', async () => {
		const plan = planWith('unlimited');
		const { item } = await esimOf(plan.channel_dataplan_id);
		await mail({ ...item, create_time: '2026-11-29T23:30:00+08:00' });
		const by = new Date(Date.UTC(2026, 10, 29 + Number.parseInt(plan.validity_period)));
		const date = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(by);
		expect(only().text).toContain(`Install by: ${date}`);
	});

	it.each([
		['de', 'Deine eSIM: Japan, 5 days', 'Von Hand'],
		['de-AT', 'Deine eSIM: Japan, 5 days', 'Von Hand'],
		['es', 'Tu eSIM: Japan, 5 days', 'A mano'],
		['fr-FR', 'Votre eSIM : Japan, 5 days', 'À la main'],
		['zh-CN', '您的 eSIM：Japan, 5 days', '手动输入'],
		['it', 'Ecco: Japan, 5 days', 'By hand'],
		['pt', 'Pronto: Japan, 5 days', 'By hand'],
		['xx', 'Your eSIM: Japan, 5 days', 'By hand'],
		[null, 'Your eSIM: Japan, 5 days', 'By hand'],
	])('speaks the language %s', async (language, subject, byHand) => {
		const { item } = await esimOf();
		await mail({ ...item, language });
		expect(only().subject).toBe(subject);
		expect(only().text).toContain(byHand);
		expect(only().html).toContain(byHand);
	});

	it('shows what a shop or a buyer typed as text, and follows no address but https', async () => {
		const { item } = await esimOf();
		const odd = '<img src=x onerror="alert(1)"> & "Tokyo" $& {product}';
		await mail({ ...item, product: odd, ios_esim_install_link: 'javascript:alert(1)' });
		const { html, subject } = only();
		expect(subject).toBe(`Your eSIM: ${odd}`);
		expect(html).not.toContain('<img src=x');
		expect(html).not.toContain('javascript:');
		expect(html).toContain(
			'&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &quot;Tokyo&quot; $&amp; {product}',
		);
	});

	it.each([
		['en', 'See your data'],
		['de', 'Deine Daten ansehen'],
		['es', 'Ver tus datos'],
		['fr', 'Voir vos données'],
		['zh', '查看流量'],
	])("leads to the buyer's own page, in %s: %s", async (language, said) => {
		const { item } = await esimOf();
		const my_esim_link = 'https://n8n.shop.example/webhook/my-esim?order=1&esim=2&sign=ab';
		await mail({ ...item, language, my_esim_link });
		expect(only().text).toContain(`${said}: ${my_esim_link}\n`);
		expect(only().html).toContain(`href="${my_esim_link.replaceAll('&', '&amp;')}"`);
		expect(only().html).toContain(`>${said}</a>`);
	});

	it.each([undefined, null, '', 'javascript:alert(1)'])(
		'leads to no page where its address is %j',
		async (my_esim_link) => {
			const { item } = await esimOf();
			await mail({ ...item, ...(my_esim_link !== undefined && { my_esim_link }) });
			expect(`${only().text} ${String(only().html)}`).not.toMatch(/See your data|javascript:/);
		},
	);

	it('leads to no page where its link is not made, and the owner hears why', async () => {
		const { item } = await esimOf();
		const my_esim_why = 'page_url is wrong.';
		await mail({ ...item, my_esim_link: '', my_esim_why }, { ...item, my_esim_why });
		expect(postbox.to('buyer@shop.example')).toHaveLength(2);
		expect(postbox.to('owner@shop.example').map(({ text }) => text)).toEqual([
			expect.stringContaining(my_esim_why),
		]);
	});

	it('leaves out what is not known', async () => {
		const { item } = await esimOf();
		const { topup_id, device_id, lpa_str, sm_dp_address, matching_id } = item;
		const known = { topup_id, device_id, lpa_str, sm_dp_address, matching_id };
		await mail({ ...known, buyer: 'buyer@shop.example', channel_dataplan_id: 'gone' });
		const { subject, html, text } = only();
		expect(subject).toBe('Your eSIM is ready');
		expect(`${text} ${String(html)}`).not.toMatch(
			/undefined|null|Order|Plan|Days|Data:|APN|Install by|Install on|Confirmation/,
		);
	});
});

describe('what cannot be mailed goes to the owner', () => {
	const told = () => postbox.to('owner@shop.example')[0]!;

	it('when the buyer has no address: with the phone, and what the buyer needs', async () => {
		const { item } = await esimOf();
		const [handed] = await mail({ ...item, buyer: '', buyer_phone: '+49 170 0000000' });
		expect(handed).toMatchObject({ topup_id: item.topup_id, mailed: false });
		expect(only().subject).toBe('The eSIM of order #1042 was not mailed');
		expect(told().text).toContain('There is no mail address of the buyer.');
		expect(told().text).toContain('+49 170 0000000');
		expect(told().text).toContain(item.lpa_str);
	});

	it('when the mail server refuses the buyer, or the code cannot be drawn; the others get theirs', async () => {
		const [good, refused, broken] = [
			(await esimOf()).item,
			(await esimOf()).item,
			(await esimOf()).item,
		];
		postbox.refused.add('nobody@shop.example');
		const handed = await mail({ ...refused, buyer: 'nobody@shop.example' }, good, {
			...broken,
			lpa_str: '',
		});
		expect(handed).toHaveLength(3);
		expect(handed).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ topup_id: good.topup_id, mailed: true }),
				expect.objectContaining({ topup_id: refused.topup_id, mailed: false }),
				expect.objectContaining({ topup_id: broken.topup_id, mailed: false }),
			]),
		);
		expect(postbox.receivers().sort()).toEqual([
			'buyer@shop.example',
			'owner@shop.example',
			'owner@shop.example',
		]);
	});

	it('and the caller hears of it when not even the owner can be told', async () => {
		const { item } = await esimOf();
		postbox.refused.add('owner@shop.example');
		await expect(mail({ ...item, buyer: '' })).rejects.toThrow();
	});
});

describeInBrowser('the mail, as it is seen', () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await openBrowser(flows.n8n);
	});
	afterAll(async () => await browser?.close());

	it.each([
		['phone', 'light'],
		['phone', 'dark'],
		['desktop', 'light'],
		['desktop', 'dark'],
	] as const)('on a %s, %s', async (device, colorScheme) => {
		const { item } = await esimOf(planWith('3GB').channel_dataplan_id);
		await mail({ ...item, ...SHOWN });
		const { html, attachments } = only();
		const qr = `data:image/png;base64,${attachments[0]!.content.toString('base64')}`;
		const { page } = browser;
		await page.setViewportSize(DEVICES[device]);
		await page.emulateMedia({ colorScheme });
		await page.setContent(String(html).replace('cid:qr', qr));
		const widest = await page.evaluate('document.documentElement.scrollWidth');
		expect(widest).toBe(DEVICES[device].width);
		const cut = await page.evaluate(
			`[...document.querySelectorAll('a, img, td, p')].filter((one) => one.getBoundingClientRect().right > innerWidth).length`,
		);
		expect(cut).toBe(0);
		const background = await page.evaluate(
			`getComputedStyle(document.querySelector('.card')).backgroundColor`,
		);
		expect(background).toBe(colorScheme === 'dark' ? 'rgb(29, 34, 45)' : 'rgb(255, 255, 255)');
		if (device === 'phone') await picture(`mail-phone-${colorScheme}`, page.locator('.card'));
	});
});
