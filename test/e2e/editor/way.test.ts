import { describeInBrowser } from './browser';
import { useDesk } from './desk';
import { picture } from './pictures';

describeInBrowser('the way of a new user, from an empty workflow to an eSIM', () => {
	const desk = useDesk({ deliveryMs: 3_000, balance: 2_000, plans: 1_500 });

	it('finds the node by what people call what they look for', async () => {
		await desk.editor.searchNodes('');
		for (const words of ['sim card', 'buy esim', 'travel sim', 'data plan', 'roaming', 'lpa']) {
			await desk.editor.mark('node-creator-search-bar').fill(words);
			expect(await desk.editor.listed('MicroeSIM')).toContain('MicroeSIM');
		}
	});

	it('finds the node by "esim", and buying in its actions', async () => {
		await desk.editor.searchNodes('esim');
		expect((await desk.editor.listed('MicroeSIM'))[0]).toBe('MicroeSIM');
		await picture('nodes-panel', desk.editor.page, desk.editor.panel);
		await desk.editor.choose('MicroeSIM');
		await desk.editor.choose(/^Actions \(/);
		await picture('nodes-panel-actions', desk.editor.page, desk.editor.panel);
		await desk.editor.choose('Buy eSIMs (costs money)');
		await desk.editor.mark('node-execute-button').waitFor();
	});

	it('makes the credential: its test is red with a wrong secret, and green with the right one', async () => {
		await desk.editor.mark('node-credentials-empty-state').locator('button').first().click();
		await desk.editor.pick('environment', 'Custom');
		await desk.editor.fill('baseUrl', desk.simulator.url);
		await desk.editor.fill('account', desk.simulator.account);
		await desk.editor.fill('secret', 'wrong');
		await desk.editor.fill('salt', desk.simulator.salt);
		await desk.editor.saveCredential();
		await desk.editor.choose('More details');
		const modal = desk.editor.mark('editCredential-modal');
		expect(await modal.innerText()).toContain('Check Environment, Account, Secret and Salt');
		await picture('credential-red', modal);
		await desk.editor.fill('secret', desk.simulator.secret);
		await desk.editor.saveCredential();
		await modal.waitFor({ state: 'hidden' });
	});

	it('picks a plan by "japan 7 days"', async () => {
		await desk.editor.openList('planId');
		await desk.editor.page.keyboard.type('japan 7 days');
		const rows = desk.editor.page.locator('[data-test-id="rlc-item"]');
		await rows.filter({ hasNotText: /^$/ }).first().waitFor();
		await desk.editor.settled(async () => (await rows.allInnerTexts()).join('\n'));
		const texts = await rows.allInnerTexts();
		expect(texts.length).toBeGreaterThan(1);
		for (const text of texts) expect(text).toMatch(/^7 days · .* HKD · /);
		await picture('plan-list', desk.editor.page, desk.editor.mark('rlc-item').locator('xpath=..'));
		await rows.first().click();
	});

	it('sees in a preview what it would cost', async () => {
		await desk.editor.switchOn('previewOnly');
		await desk.editor.execute();
		expect(await desk.editor.output.innerText()).toContain('checks_passed');
		await desk.editor.show('table');
		await picture('preview', desk.editor.page, desk.editor.output);
		expect(desk.simulator.ledger).toHaveLength(0);
	});

	it('buys, waits for the delivery, and sees the QR code', async () => {
		await desk.editor.switchOn('previewOnly');
		await desk.editor.switchOn('waitForDelivery');
		await desk.editor.addOption('Add to the delivery', 'Put QR Code in Field');
		await desk.editor.execute();
		await desk.editor.show('table');
		const table = await desk.editor.output.innerText();
		const [order] = desk.simulator.ledger;
		expect(table).toContain(order!.topup_id);
		await picture('bought', desk.editor.page, desk.editor.output);
		await desk.editor.show('binary');
		await desk.editor.output.getByText('View', { exact: true }).click();
		await desk.editor.output.locator('img, embed, iframe').first().waitFor();
		await picture('qr-code', desk.editor.page, desk.editor.output);
	});
});
