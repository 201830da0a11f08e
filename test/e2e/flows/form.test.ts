import type { Page } from 'playwright-core';

import { sentTo } from '../../engine/support/look';
import { look } from '../../engine/support/picture';
import { describeInBrowser, openBrowser, type Browser } from '../editor/browser';
import { picture } from '../editor/pictures';
import { served, until } from '../harness';
import { Table } from '../ledger/table';
import { filledIn } from './fillIn';
import { useFlows } from './support';

/** A person with a phone, from the form's address to the eSIM. */

const LOGIN = { user: 'staff', password: 'not-a-real-password' };
const REFUSAL = { kind: 'code', code: 2002, msg: 'Insufficient balance' } as const;
const PHONE = { width: 375, height: 720 };

const flows = useFlows({ deliveryMs: 500, plans: 400 }, { credentials: { httpBasicAuth: LOGIN } });
const { postbox } = flows;

describeInBrowser('a form that buys', () => {
	let browser: Browser;
	let page: Page;
	let address: string;

	beforeAll(async () => {
		const { desk, n8n } = flows;
		const delivered = desk.addresses('esim-delivered')['eSIM Delivered']!;
		await desk.open('order-ledger');
		await desk.open('esim-mail');
		await desk.open('esim-delivered');
		await desk.open('buy-by-form', filledIn({ notify_url: delivered }));
		address = `${n8n.url}/form/buy-an-esim`;
		await served(delivered);
		browser = await openBrowser(n8n);
		const context = await browser.page
			.context()
			.browser()!
			.newContext({
				viewport: PHONE,
				locale: 'en-US',
				httpCredentials: { username: LOGIN.user, password: LOGIN.password },
			});
		page = await context.newPage();
	});
	afterAll(async () => await browser?.close());

	const orders = () => sentTo(flows.simulator, 'esimSubscribe').length;
	const isWithin = async () => {
		const width = await page.evaluate('document.documentElement.scrollWidth');
		expect(width).toBeLessThanOrEqual(PHONE.width);
	};

	async function ask(destination: string, days: string, gigabytes: string): Promise<void> {
		await page.goto(address);
		await page.locator('select').first().selectOption({ label: destination });
		await page.locator('input[type=number]').fill(days);
		await page.locator('select').nth(1).selectOption({ label: gigabytes });
		await page.locator('input[type=email]').fill('traveller@shop.example');
		await isWithin();
		await page.getByRole('button', { name: 'Find a plan' }).click();
	}
	async function answer(label: string): Promise<void> {
		await page.getByText('Buy it for this price?').waitFor();
		await isWithin();
		await page.getByText(label, { exact: true }).click();
		await page.getByRole('button', { name: 'Go on' }).click();
	}

	it('shows plan and price, buys it once, and shows the eSIM', async () => {
		const before = flows.simulator.balance;
		await ask('Japan JP', '7', '3 GB');
		await page.getByText('Buy it for this price?').waitFor();
		const said = await page.locator('table').innerText();
		const price = Number(/Price\s+([\d.]+)/.exec(said)![1]);
		expect(orders()).toBe(0);
		await answer('Yes, buy it');
		await page.getByText('Your eSIM is ready').waitFor();
		await isWithin();
		expect(orders()).toBe(1);
		const [order] = flows.simulator.ledger.slice(-1);
		expect(order!.cost).toBe(price);
		expect(before - flows.simulator.balance).toBeCloseTo(price, 2);
		const [esim] = order!.esims;
		const shown = await page.locator('main').innerText();
		expect(shown).toContain(esim!.lpa_str);
		expect(shown).toContain(order!.topup_id);
		const source = await page.locator('img').getAttribute('src');
		const png = Buffer.from(source!.replace('data:image/png;base64,', ''), 'base64');
		expect(look(png).text).toBe(esim!.lpa_str);
		const buttons = await page
			.locator('a.button')
			.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
		expect(buttons).toEqual([esim!.ios_esim_install_link, esim!.android_esim_install_link]);
		await page.reload();
		expect(await page.locator('main').innerText()).toBe(shown);
		await flows.desk.idle();
		const [row] = await new Table(flows.n8n.api).of(order!.custom_order_no);
		expect(row).toMatchObject({ state: 'delivered', price, buyer: 'traveller@shop.example' });
		expect(postbox.mails).toHaveLength(1);
	});

	it('buys nothing where the person says no, or no plan fits, and says so', async () => {
		const before = orders();
		await ask('Japan JP', '7', '3 GB');
		await answer('No');
		await page.getByText('Nothing was bought').waitFor();
		await ask('Japan JP', '7', 'unlimited');
		await page.getByText(/Buy it for this price\?|No plan was found/).waitFor();
		await ask('Portugal PT', '365', '20 GB');
		await page.getByText('No plan was found').waitFor();
		await isWithin();
		expect(orders()).toBe(before);
	});

	it('says what came of it where MicroeSIM refuses, and where it does not answer', async () => {
		const before = orders();
		flows.simulator.faults.next('esimSubscribe', REFUSAL);
		await ask('Japan JP', '7', '3 GB');
		await answer('Yes, buy it');
		await page.getByText('It was not bought').waitFor();
		flows.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await ask('Japan JP', '7', '3 GB');
		await answer('Yes, buy it');
		await page.getByText('Nobody knows yet whether it was bought').waitFor();
		await isWithin();
		expect(orders()).toBe(before + 2);
	});

	it('lets nobody in without the password', async () => {
		expect((await fetch(address)).status).toBe(401);
	});

	it('is seen like this on a phone', async () => {
		await ask('Japan JP', '7', '3 GB');
		await answer('Yes, buy it');
		await page.getByText('Your eSIM is ready').waitFor();
		await picture('form-esim', page.locator('main'));
	});

	it('mails it where the page is gone before it is bought, and says before what to do then', async () => {
		flows.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 2000, book: true });
		const before = orders();
		await ask('Japan JP', '7', '3 GB');
		await page.getByText('Buy it for this price?').waitFor();
		const told = page.getByText('do not begin again: that buys another one.');
		expect(await told.innerText()).toContain('by mail to traveller@shop.example');
		await answer('Yes, buy it');
		await until(() => orders() === before + 1, 'the order');
		await page.goto('about:blank');
		const isMailed = () => {
			const [esim] = flows.simulator.ledger.at(-1)!.esims;
			return postbox.to('traveller@shop.example').some(({ text }) => text?.includes(esim!.lpa_str));
		};
		await until(isMailed, 'the mail');
		expect(orders()).toBe(before + 1);
	});

	it('hands the eSIM to the owner where n8n is killed while it waits for it', async () => {
		flows.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 5000, book: true });
		const before = flows.simulator.ledger.length;
		await ask('Japan JP', '7', '3 GB');
		await answer('Yes, buy it');
		await until(() => flows.simulator.ledger.length === before + 1, 'the order');
		await flows.n8n.restart('byForce');
		const order = flows.simulator.ledger.at(-1)!;
		order.bookedAt -= 660_000;
		const pushed = async () => (await flows.simulator.pushNow(order.topup_id))[0]!.status === 200;
		await until(pushed, 'a push that is taken');
		const isWithOwner = () =>
			postbox.to('owner@shop.example').some(({ text }) => text?.includes(order.esims[0]!.lpa_str));
		await until(isWithOwner, 'the mail to the owner');
		const [row] = await new Table(flows.n8n.api).of(order.custom_order_no);
		expect(row).toMatchObject({ state: 'asked', buyer: 'traveller@shop.example' });
		expect(flows.simulator.ledger).toHaveLength(before + 1);
	});
});
