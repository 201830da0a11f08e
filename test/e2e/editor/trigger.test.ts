import { startSimulator, type Simulator } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { saveCredential, startN8n, type N8n } from '../harness';
import { describeInBrowser, openBrowser, type Browser } from './browser';
import { ACCOUNT, Editor } from './editor';
import { picture } from './pictures';

const TRIGGER = { name: 'MicroeSIM Trigger', type: 'microesimTrigger', parameters: {} } as const;

let n8n: N8n;
let simulator: Simulator;
let browser: Browser;
let editor: Editor;

describeInBrowser('the panel of the trigger', () => {
	beforeAll(async () => {
		simulator = await startSimulator({ deliveryMs: 0, balance: 10_000 });
		n8n = await startN8n();
		browser = await openBrowser(n8n);
		editor = new Editor(browser.page, n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await simulator?.stop();
	});

	it('does not listen without the credential that its check needs', async () => {
		await editor.openWorkflowOf(TRIGGER);
		await editor.openNode(TRIGGER.name);
		expect(await editor.mark('node-execute-button').isDisabled()).toBe(true);
	});

	it('shows its addresses, and says where they go', async () => {
		const credential = await saveCredential(n8n.api, simulator, {}, ACCOUNT);
		await editor.openWorkflowOf({ ...TRIGGER, credential });
		await editor.openNode(TRIGGER.name);
		await editor.choose('Webhook URLs');
		const form = editor.mark('node-parameters');
		await editor.choose('Test URL');
		await editor.page.getByText(`${n8n.url}/webhook-test/`).waitFor();
		await editor.choose('Production URL');
		await editor.page.getByText(`${n8n.url}/webhook/`).waitFor();
		const text = await form.innerText();
		expect(text).toMatch(/Copy the Production URL of this node into Order → Create → Delivery/);
		expect(text).toMatch(/Test URL in its place.*reachable from the internet/);
		await picture('trigger', editor.page, form);
	});

	it('listens for a test, and shows the eSIM that is pushed to its Test URL', async () => {
		await editor.choose('Test URL');
		const address = editor.page.getByText(`${n8n.url}/webhook-test/`);
		const url = (await address.innerText()).replace(/\s/g, '');
		await editor.mark('node-execute-button').click();
		await editor.page.getByText('Listening for test event').waitFor();
		const topupId = await buy(simulator, { notify_url: url.slice(url.indexOf('http')) });
		await editor.output.getByText(topupId).first().waitFor();
		await editor.show('table');
		await picture('trigger-pushed', editor.page, editor.output);
	});
});
