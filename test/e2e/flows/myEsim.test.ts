import fc from 'fast-check';
import type { INode } from 'n8n-workflow';
import { createHmac } from 'node:crypto';
import type { Request } from 'playwright-core';

import { textOf } from '../../engine/support/look';
import { look } from '../../engine/support/picture';
import { http, type Received } from '../../unit/simulator/client';
import { describeInBrowser, openBrowser, type Browser } from '../editor/browser';
import { picture } from '../editor/pictures';
import { until } from '../harness';
import { Table } from '../ledger/table';
import { FlowDesk } from './desk';
import { filledIn, withTexts } from './fillIn';
import { useFlows } from './support';
import { DAY_MS, HOUR_MS, SECRETS, Travellers, type Bought, type Traveller } from './travellers';

/** The page of a buyer, from the link in his mail to what he sees. */

const NAME = 'My eSIM page';
const SECRET = 'not-a-real-secret-of-32-characters';
const flows = useFlows({ plans: 0 }, { credentials: { crypto: { hmacSecret: SECRET } } });
let people: Travellers;
let kept: Table;

beforeAll(async () => {
	people = new Travellers(flows);
	people.sell();
	await flows.desk.open('order-ledger');
	await flows.desk.open('my-esim-page', (node) =>
		withLanguages(filledIn({ page_url: `${flows.n8n.url}/webhook/my-esim` })(node)),
	);
	kept = new Table(flows.n8n.api, 'MicroeSIM pages kept');
	await until(async () =>
		(await visit(`${flows.n8n.url}/webhook/my-esim`)).text.startsWith('<!doc'),
	);
});

/** Languages that a shop has added, with a text or two. */
const withLanguages = withTexts({
	it: { ready: 'Pronta' },
	'pt-BR': { ready: 'Pronto' },
	fil: { ready: 'Handa na' },
});

const visit = async (url: string): Promise<Received> => await http(url, 'GET', {});

/** The links of some people, whom n8n knows. */
async function linksOf(some: Traveller[]): Promise<string[]> {
	const items = some.map(({ order, esim }) => ({
		topup_id: order.topup_id,
		device_id: esim.device_id,
	}));
	return (await flows.desk.call(NAME, ...items)).map((item) => textOf(item, 'my_esim_link'));
}

type Reader = Traveller & { link: string };

/** People with a page, by name. */
async function readers<Name extends string>(
	bought: Record<Name, Bought>,
): Promise<Record<Name, Reader>> {
	const all = await people.buy(bought);
	const links = await linksOf(Object.values(all));
	const each = Object.entries<Traveller>(all).map(([name, one], index) => [
		name,
		{ ...one, link: links[index]! },
	]);
	return Object.fromEntries(each) as Record<Name, Reader>;
}

/** Somebody with a page. */
const reader = async (one: Bought = {}): Promise<Reader> => (await readers({ one })).one;

/** What of a page is read, without tags. */
const wordsOf = ({ text }: Received): string =>
	text
		.replace(/<style>[^]*<\/style>/, '')
		.replace(/<[^>]+>/g, '\n')
		.replaceAll('&amp;', '&');

const qrOf = ({ text }: Received): string | undefined => {
	const [, code] = /src="data:image\/png;base64,([^"]+)"/.exec(text) ?? [];
	return code && look(Buffer.from(code, 'base64')).text;
};

/** The endpoints that MicroeSIM is asked for meanwhile. */
async function askedBy(act: () => Promise<unknown>): Promise<string[]> {
	const before = flows.simulator.requests.length;
	await act();
	return flows.simulator.requests.slice(before).map(({ endpoint }) => endpoint);
}

/** Lets what was kept of a page be so many minutes old. */
async function age({ order }: Traveller, minutes: number): Promise<void> {
	const row = (await kept.rows()).find(({ topup_id }) => topup_id === order.topup_id)!;
	await kept.write(row.id, { asked_at: new Date(Date.now() - minutes * 60_000).toISOString() });
}

/** Beside the first one: n8n lets no two workflows have the same address. */
const withPath =
	(path: string) =>
	(node: INode): INode =>
		node.name === 'My eSIM'
			? { ...node, webhookId: path, parameters: { ...node.parameters, path } }
			: node;

describe('a link', () => {
	it('is handed back with each item, which stays as it was', async () => {
		const { one, two } = await people.buy({ one: {}, two: {} });
		const items = [one, two].map(({ order, esim }) => ({
			topup_id: order.topup_id,
			device_id: esim.device_id,
			buyer: 'a@b.example',
			lpa_str: esim.lpa_str,
		}));
		const none = { topup_id: one.order.topup_id, product: 'not delivered yet' };
		const handed = await flows.desk.call(NAME, items[0]!, none, items[1]!);
		const my_esim_link = expect.stringMatching(SIGNED) as string;
		expect(handed).toEqual([
			{ ...items[0], my_esim_link },
			{ ...none, my_esim_link: '' },
			{ ...items[1], my_esim_link },
		]);
		expect(handed[0]!.my_esim_link).not.toBe(handed[2]!.my_esim_link);
		expect(await flows.desk.call(NAME, items[0]!)).toEqual([handed[0]]);
	});
	const SIGNED = /\/webhook\/my-esim\?order=\d+&esim=\d+&sign=[0-9a-f]{64}$/;

	it('is not made while nobody has filled it in', async () => {
		await flows.desk.open('my-esim-page', (node) =>
			withPath('elsewhere')(filledIn({ help: 'help@your-shop.example' })(node)),
		);
		const path = await flows.desk.publish('Example', [flows.desk.callOf(NAME, 'Link')]);
		await expect(flows.desk.post(path, { topup_id: '1', device_id: '2' })).rejects.toThrow();
	});

	describe('is made where page_url can be right, and else says why not', () => {
		let path: string;
		beforeAll(async () => {
			const page_url = "={{ $('Make a Link').first().json.url }}";
			await flows.desk.open('my-esim-page', (node) =>
				withPath('wrong')(filledIn({ page_url })(node)),
			);
			path = await flows.desk.publish('Example', [flows.desk.callOf(NAME, 'Link')]);
			// publishing goes on after n8n has answered
			await until(async () => await flows.desk.post(path, { url: '' }).catch(() => undefined));
		});

		it.each<[url: string, said: RegExp | 'right']>([
			['https://n8n.shop.example/webhook/wrong', 'right'],
			[' HTTPS://n8n.shop.example/wrong ', 'right'],
			['http://localhost:5678/webhook/wrong', 'right'],
			['https://n8n.shop.example/webhook-test/wrong', /Test URL/],
			['https://n8n.shop.example/Webhook/wrong', /to the letter/],
			['https://n8n.shop.example/webhook/my-page', /to the letter/],
			['http://n8n.shop.example/webhook/wrong', /begin with https/],
			['n8n.shop.example/webhook/wrong', /begin with https/],
			['https://n8n.shop.example/webhook/wrong?a=b', /nothing behind it/],
			['', /begin with https.* It is empty/],
		])('%j', async (url, said) => {
			const item = { topup_id: '1', device_id: '2', url };
			const [handed] = await flows.desk.post(path, item);
			const link = `^${url.trim().replace('HTTPS', 'https')}\\?order=1&esim=2&sign=`;
			const my_esim_link = expect.stringMatching(new RegExp(link)) as string;
			const my_esim_why = expect.stringMatching(said) as string;
			expect(handed).toEqual(
				said === 'right' ? { ...item, my_esim_link } : { ...item, my_esim_link: '', my_esim_why },
			);
		});
	});
});

describe('the page', () => {
	it('has what the buyer needs, and nothing of the supplier or of other buyers', async () => {
		const product = '<b>Japan</b> & "Tokyo"';
		const life = { downloadAfterMs: Infinity, cf_code: '000777' };
		const { order, esim, link } = await reader({ row: { product, buyer_phone: '+49 170' }, life });
		const page = await visit(link);
		expect(page.status).toBe(200);
		expect(page.headers).toMatchObject({
			'content-type': 'text/html; charset=utf-8',
			'cache-control': 'no-store',
			'referrer-policy': 'no-referrer',
			'x-robots-tag': 'noindex, nofollow',
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'content-security-policy': expect.stringContaining('sandbox') as string,
		});
		expect(qrOf(page)).toBe(esim.lpa_str);
		const [, address, matching] = esim.lpa_str.split('$');
		for (const said of ['Ready to install', '#one', '000777', address!, matching!, esim.lpa_str])
			expect(wordsOf(page)).toContain(said);
		expect(page.text).toContain('&lt;b&gt;Japan&lt;/b&gt; &amp; &quot;Tokyo&quot;');
		expect(page.text).toContain(`href="${esim.ios_esim_install_link}"`);
		expect(page.text).toContain(`href="${esim.android_esim_install_link}"`);
		expect(wordsOf(page)).toMatch(/Install by\n+\w+ \d+, \d{4}\n/);
		const { topup_id } = order;
		const secrets = [...SECRETS, topup_id, esim.device_id, 'buyer.example', '+49', 'sign='];
		for (const secret of secrets) expect(page.text).not.toContain(secret);
		expect(page.text).not.toMatch(/undefined|null|\[object|\{\{|NaN|Invalid|<script/);
		// nothing is fetched from elsewhere
		expect(page.text).not.toMatch(/(src|action)="(?!data:)|<link|@import|url\(/);
	});

	it('says in words what state the eSIM is in', async () => {
		const neverInstalled = { life: { downloadAfterMs: Infinity } };
		const all = await readers({
			installed: {},
			inUse: {},
			installedInTime: {},
			deleted: { life: { deletedAfterMs: HOUR_MS } },
			usedUp: {},
			expired: {},
			tooLate: neverInstalled,
			terminated: {},
		});
		const { installed, installedInTime, deleted, inUse, usedUp, expired, tooLate, terminated } =
			all;
		people.pass(
			3,
			[inUse, usedUp, terminated].map(({ order }) => order),
		);
		people.pass(121, [expired.order]);
		people.pass(169, [tooLate.order]);
		// installed for a journey that is later than the day until which it had to be
		for (const { order } of [installedInTime, deleted]) {
			order.plan.active_type = 'ACTIVEDBYORDER';
			order.activationAt = Date.now() + DAY_MS;
			people.pass(169, [order]);
		}
		installed.order.readyAt = Date.now() - 20_000;
		installed.order.bookedAt = installed.order.readyAt;
		inUse.uses(512);
		expired.uses(512);
		usedUp.uses(1100);
		terminated.esim.terminatedAt = Date.now() - HOUR_MS;
		const words: Record<keyof typeof all, [percent: string | undefined, ...said: string[]]> = {
			installed: [undefined, 'Installed, not used yet'],
			installedInTime: [undefined, 'Installed, not used yet'],
			deleted: [undefined, 'Deleted from the phone'],
			inUse: ['50', 'In use', '512 MB of 1 GB used', 'Valid until'],
			usedUp: ['100', 'All data is used', '1.1 GB of 1 GB used', 'Valid until'],
			expired: ['50', 'It has run out', '512 MB of 1 GB used'],
			tooLate: [undefined, 'It was not installed in time'],
			terminated: ['0', 'It was ended'],
		};
		for (const [name, [percent, ...said]] of Object.entries(words)) {
			const { link, esim } = all[name as keyof typeof all];
			const page = await visit(link);
			expect([name, page.status]).toEqual([name, 200]);
			for (const one of said) expect(wordsOf(page)).toContain(one);
			const [, bar] = /aria-valuenow="(\d+)"/.exec(page.text) ?? [];
			expect([name, bar]).toEqual([name, percent]);
			const isOver = ['expired', 'tooLate', 'terminated', 'deleted'].includes(name);
			expect([name, qrOf(page)]).toEqual([name, isOver ? undefined : esim.lpa_str]);
		}
	});

	it('counts the data of the day where the plan has some for each day', async () => {
		const one = await reader({ plan: 'daily' });
		people.pass(30);
		const today = Math.floor((Date.now() + 8 * HOUR_MS) / DAY_MS) * DAY_MS - 8 * HOUR_MS;
		const [burst] = one.esim.bursts!;
		burst!.at = today - 60_000;
		one.uses(700);
		expect(wordsOf(await visit(one.link))).toMatch(/Data today\n+0 MB of 1 GB used/);
	});

	it('speaks the language of the buyer, and English where a language lacks a text', async () => {
		const said = {
			'it-IT': ['it', 'Pronta', 'Install on iPhone'],
			pt: ['pt-br', 'Pronto', 'Install on iPhone'],
			fil: ['fil', 'Handa na', 'Install on iPhone'],
			'de-AT': ['de', 'Bereit zum Installieren', 'Auf dem iPhone installieren'],
			es: ['es', 'Lista para instalar', 'Instalar en el iPhone'],
			fr: ['fr', 'Prête à installer', 'Installer sur iPhone'],
			'zh-CN': ['zh', '可以安装', '在 iPhone 上安装'],
			xx: ['en', 'Ready to install', 'Install on iPhone'],
		};
		const life = { downloadAfterMs: Infinity };
		const languages = Object.keys(said) as Array<keyof typeof said>;
		const bought = languages.map((language) => [language, { row: { language }, life }]);
		const all = await readers(Object.fromEntries(bought) as Record<keyof typeof said, Bought>);
		for (const language of languages) {
			const page = await visit(all[language].link);
			const [known, ...words] = said[language];
			expect(page.text).toContain(`<html lang="${known}">`);
			for (const one of words) expect(wordsOf(page)).toContain(one);
		}
	});
});

describe('what MicroeSIM is asked', () => {
	it('is kept for some minutes, however often the page is loaded', async () => {
		const one = await reader({ life: { downloadAfterMs: Infinity } });
		expect(await askedBy(async () => await visit(one.link))).toEqual([
			'deviceDetail',
			'topupDetail',
			'esimDataplanListPage',
			'eventDetail',
		]);
		const reload = async () => await Promise.all([1, 2, 3].map(async () => await visit(one.link)));
		expect(await askedBy(reload)).toEqual([]);
		await age(one, 4.5);
		expect(await askedBy(reload)).toEqual([]);
		await age(one, 5.5);
		expect(await askedBy(async () => await visit(one.link))).toEqual([
			'deviceDetail',
			'eventDetail',
		]);
		people.pass(3);
		Object.assign(one.esim, { downloadAfterMs: 0 });
		await age(one, 5.5);
		expect(await askedBy(async () => await visit(one.link))).toEqual(['deviceDetail']);
		expect(wordsOf(await visit(one.link))).toContain('In use');
	});

	it('and does not say, the page asks to come back, with the code where it was seen before', async () => {
		const { faults } = flows.simulator;
		const one = await reader({ life: { downloadAfterMs: Infinity } });
		const down = () => faults.always('*', { kind: 'code', code: 500, msg: 'Busy' });
		down();
		const unseen = await visit(one.link);
		faults.clear();
		expect([unseen.status, qrOf(unseen)]).toEqual([503, undefined]);
		expect(wordsOf(unseen)).toContain('Please come back in a minute');
		expect(wordsOf(unseen)).toContain('#one');
		expect(unseen.text).not.toMatch(/Busy|undefined|null/);
		// not before a minute is over
		expect(await askedBy(async () => await visit(one.link))).toEqual([]);
		await age(one, 1.5);
		expect((await visit(one.link)).status).toBe(200);
		await age(one, 6);
		down();
		const page = await visit(one.link);
		faults.clear();
		expect([page.status, qrOf(page)]).toEqual([503, one.esim.lpa_str]);
		expect(wordsOf(page)).toContain('Please come back in a minute');
		expect(page.text).toContain(`href="${one.esim.ios_esim_install_link}"`);
	});
});

describe('a forged link', () => {
	let mine: { link: string; order: string; esim: string; sign: string };
	let other: typeof mine;
	let nothing: Received;

	beforeAll(async () => {
		const read = ({ link }: Reader) => {
			const { order, esim, sign } = Object.fromEntries(new URL(link).searchParams);
			return { link, order: order!, esim: esim!, sign: sign! };
		};
		const { one, two } = await readers({ one: {}, two: {} });
		[mine, other] = [read(one), read(two)];
		expect((await visit(mine.link)).status).toBe(200);
		expect(mine.sign).toBe(signed(''));
		// signed, and of nobody
		const [item] = await flows.desk.call(NAME, { topup_id: '1', device_id: '2' });
		nothing = await visit(textOf(item, 'my_esim_link'));
		expect(nothing.status).toBe(404);
		expect(wordsOf(nothing)).toContain('There is nothing here');
	});

	/** All of an answer but when it was given. */
	const pageOf = ({ status, headers, text }: Received) => ({
		status,
		headers: { ...headers, date: '' },
		text,
	});
	const signed = (more: string) =>
		createHmac('sha256', `${SECRET}${more}`)
			.update(`my-esim ${mine.order} ${mine.esim}`)
			.digest('hex');
	const at = (query: string) => `${flows.n8n.url}/webhook/my-esim${query}`;
	const isRefused = async (query: string): Promise<void> => {
		let page: Received | undefined;
		expect(await askedBy(async () => (page = await visit(at(query))))).toEqual([]);
		expect({ query, ...pageOf(page!) }).toEqual({ query, ...pageOf(nothing) });
	};

	it.each<[string, () => string]>([
		['without anything', () => ''],
		['without a signature', () => `?order=${mine.order}&esim=${mine.esim}`],
		['with an empty one', () => `?order=${mine.order}&esim=${mine.esim}&sign=`],
		['cut', () => `?order=${mine.order}&esim=${mine.esim}&sign=${mine.sign.slice(0, -1)}`],
		['cut to a letter', () => `?order=${mine.order}&esim=${mine.esim}&sign=${mine.sign[0]}`],
		['with more at its end', () => `?order=${mine.order}&esim=${mine.esim}&sign=${mine.sign}0`],
		['in capitals', () => `?order=${mine.order}&esim=${mine.esim}&sign=${mine.sign.toUpperCase()}`],
		['with a space', () => `?order=${mine.order}&esim=${mine.esim}&sign=%20${mine.sign}`],
		["with another's signature", () => `?order=${mine.order}&esim=${mine.esim}&sign=${other.sign}`],
		["of another's eSIM", () => `?order=${mine.order}&esim=${other.esim}&sign=${mine.sign}`],
		["of another's order", () => `?order=${other.order}&esim=${mine.esim}&sign=${mine.sign}`],
		[
			'signed with another secret',
			() => `?order=${mine.order}&esim=${mine.esim}&sign=${signed('.')}`,
		],
		['with both exchanged', () => `?order=${mine.esim}&esim=${mine.order}&sign=${mine.sign}`],
		['without the order', () => `?esim=${mine.esim}&sign=${mine.sign}`],
		['without the eSIM', () => `?order=${mine.order}&sign=${mine.sign}`],
		[
			'with two signatures',
			() => `?order=${mine.order}&esim=${mine.esim}&sign=${mine.sign}&sign=${mine.sign}`,
		],
		['with a list', () => `?order=${mine.order}&esim=${mine.esim}&sign[]=${mine.sign}`],
		['with an object', () => `?order=${mine.order}&esim=${mine.esim}&sign[length]=64`],
		[
			'with two orders',
			() => `?order=${mine.order}&order=${other.order}&esim=${mine.esim}&sign=${mine.sign}`,
		],
		[
			'with a space in the order',
			() => `?order=${mine.order}%20${mine.esim}&esim=&sign=${mine.sign}`,
		],
		[
			'with a line after the eSIM',
			() => `?order=${mine.order}&esim=${mine.esim}%0A&sign=${mine.sign}`,
		],
		['very long', () => `?order=${mine.order}&esim=${mine.esim}&sign=${'a'.repeat(12_000)}`],
		['with a very long order', () => `?order=${'1'.repeat(12_000)}&esim=1&sign=${mine.sign}`],
		['with __proto__', () => `?__proto__[sign]=${mine.sign}&order=${mine.order}&esim=${mine.esim}`],
		['with markup', () => `?order=<script>alert(1)</script>&esim=%22%3E&sign='`],
	])('%s gets the page of an eSIM that nobody knows', async (_name, query) => {
		await isRefused(query());
	});

	it('with any other signature, too', async () => {
		const flipped = fc
			.tuple(fc.nat(63), fc.integer({ min: 1, max: 15 }))
			.map(([place, bits]) =>
				mine.sign.replace(/./g, (letter, index) =>
					index === place ? (Number.parseInt(letter, 16) ^ bits).toString(16) : letter,
				),
			);
		const any = fc.oneof(
			flipped,
			fc.string({ maxLength: 80 }),
			fc.stringMatching(/^[0-9a-f]{64}$/),
		);
		await fc.assert(
			fc.asyncProperty(any, async (sign) => {
				fc.pre(sign !== mine.sign);
				await isRefused(`?order=${mine.order}&esim=${mine.esim}&sign=${encodeURIComponent(sign)}`);
			}),
			{ numRuns: 25 },
		);
	});

	it('is none where a mail program has put something behind it', async () => {
		expect((await visit(`${mine.link}&utm_source=mail&order_by=1`)).status).toBe(200);
	});
});

it('is not published without a secret', async () => {
	const { microesimApi } = flows.desk.credentials;
	const bare = new FlowDesk(flows.n8n.api, { microesimApi: microesimApi! });
	await expect(bare.open('my-esim-page', withPath('nowhere'))).rejects.toThrow(/400.*Sign It/s);
});

/** Writes the same times into a page each time, for its picture. */
const STILL = `for (const one of document.querySelectorAll('dd, .quiet'))
	one.innerHTML = one.innerHTML.replace(/[A-Z][a-z]+ \\d+, \\d{4}, [^(]*/, 'Nov 29, 2026, 9:41 AM ')`;

describeInBrowser('the page, as it is seen', () => {
	let browser: Browser;
	beforeAll(async () => {
		browser = await openBrowser(flows.n8n);
	});
	afterAll(async () => await browser?.close());

	const DEVICES = { phone: { width: 375, height: 720 }, desktop: { width: 1280, height: 900 } };

	it.each([
		['phone', 'light'],
		['phone', 'dark'],
		['desktop', 'light'],
	] as const)('on a %s, %s', async (device, colorScheme) => {
		const one = await reader({ life: { cf_code: '' } });
		people.pass(50);
		one.uses(640);
		const { page } = browser;
		const asked: Request[] = [];
		const complaints: string[] = [];
		page.on('request', (request) => asked.push(request));
		page.on('console', (message) => complaints.push(message.text()));
		await page.route(/esimsetup/, async (route) => await route.fulfill({ body: 'installing' }));
		await page.setViewportSize(DEVICES[device]);
		await page.emulateMedia({ colorScheme });
		await page.goto(one.link);
		await page.locator('summary').click();
		const painted = async () => await page.evaluate(`document.querySelector('img').naturalWidth`);
		await until(async () => (await painted()) === 600);
		const widest = await page.evaluate('document.documentElement.scrollWidth');
		expect(widest).toBe(DEVICES[device].width);
		const background = await page.evaluate(
			`getComputedStyle(document.querySelector('main')).backgroundColor`,
		);
		expect(background).toBe(colorScheme === 'dark' ? 'rgb(29, 34, 45)' : 'rgb(255, 255, 255)');
		const bar = await page.evaluate(
			`document.querySelector('.bar div').offsetWidth / document.querySelector('.bar').offsetWidth`,
		);
		expect(bar).toBeCloseTo(0.63, 1);
		expect(asked.map((request) => request.url()).filter((url) => !url.startsWith('data:'))).toEqual(
			[one.link],
		);
		if (device === 'phone' && colorScheme === 'light') {
			await page.locator('summary').click();
			await page.evaluate(STILL);
			await picture('my-esim', page.locator('main'));
			await page.locator('summary').click();
		}
		await page.getByText('Install on iPhone').click();
		await page.waitForURL(/esimsetup/);
		const install = asked.at(-1)!;
		expect(install.url()).toContain('esimsetup.apple.com');
		expect((await install.allHeaders()).referer).toBeUndefined();
		expect(complaints).toEqual([]);
		page.removeAllListeners();
		await page.unroute(/esimsetup/);
	});
});
