import { startSimulator, type Simulator } from '../../../simulator';
import { startN8n, type N8n } from '../harness';
import { describeInBrowser, openBrowser, type Browser } from './browser';
import { Editor } from './editor';
import { picture } from './pictures';

let n8n: N8n;
let simulator: Simulator;
let browser: Browser;
let editor: Editor;

describeInBrowser('the way of a new user, from an empty workflow to an eSIM', () => {
	beforeAll(async () => {
		simulator = await startSimulator({ deliveryMs: 3_000, balance: 2_000, plans: 1_500 });
		n8n = await startN8n();
		browser = await openBrowser(n8n);
		editor = new Editor(browser.page, n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await simulator?.stop();
	});

	it('finds the node by "esim", and buying in its actions', async () => {
		await editor.searchNodes('esim');
		expect((await editor.listed('MicroeSIM'))[0]).toBe('MicroeSIM');
		await picture('nodes-panel', editor.page, editor.panel);
		await editor.choose('MicroeSIM');
		await editor.choose(/^Actions \(/);
		await picture('nodes-panel-actions', editor.page, editor.panel);
		await editor.choose('Buy eSIMs (costs money)');
		await editor.mark('node-execute-button').waitFor();
	});

	it('makes the credential: its test is red with a wrong secret, and green with the right one', async () => {
		await editor.mark('node-credentials-empty-state').locator('button').first().click();
		await editor.pick('environment', 'Custom');
		await editor.fill('baseUrl', simulator.url);
		await editor.fill('account', simulator.account);
		await editor.fill('secret', 'wrong');
		await editor.fill('salt', simulator.salt);
		await editor.saveCredential();
		await editor.choose('More details');
		const modal = editor.mark('editCredential-modal');
		expect(await modal.innerText()).toContain('Check Environment, Account, Secret and Salt');
		await picture('credential-red', modal);
		await editor.fill('secret', simulator.secret);
		await editor.saveCredential();
		await modal.waitFor({ state: 'hidden' });
	});

	it('picks a plan by "japan 7 days"', async () => {
		await editor.openList('planId');
		await editor.page.keyboard.type('japan 7 days');
		const rows = editor.page.locator('[data-test-id="rlc-item"]');
		await rows.filter({ hasNotText: /^$/ }).first().waitFor();
		await editor.settled(async () => (await rows.allInnerTexts()).join('\n'));
		const texts = await rows.allInnerTexts();
		expect(texts.length).toBeGreaterThan(1);
		for (const text of texts) expect(text).toMatch(/^7 days · .* HKD · /);
		await picture('plan-list', editor.page, editor.mark('rlc-item').locator('xpath=..'));
		await rows.first().click();
	});

	it('sees in a preview what it would cost', async () => {
		await editor.switchOn('previewOnly');
		await editor.execute();
		expect(await editor.output.innerText()).toContain('checks_passed');
		await editor.show('table');
		await picture('preview', editor.page, editor.output);
		expect(simulator.ledger).toHaveLength(0);
	});

	it('buys, waits for the delivery, and sees the QR code', async () => {
		await editor.switchOn('previewOnly');
		await editor.switchOn('waitForDelivery');
		await editor.addOption('Add to the delivery', 'Put QR Code in Field');
		await editor.execute();
		await editor.show('table');
		const table = await editor.output.innerText();
		const [order] = simulator.ledger;
		expect(table).toContain(order!.topup_id);
		await picture('bought', editor.page, editor.output);
		await editor.show('binary');
		await editor.output.getByText('View', { exact: true }).click();
		await editor.output.locator('img, embed, iframe').first().waitFor();
		await picture('qr-code', editor.page, editor.output);
	});
});
