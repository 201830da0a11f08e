import { buy } from '../../unit/simulator/client';
import { saveCredential } from '../harness';
import { describeInBrowser } from './browser';
import { useDesk } from './desk';
import { ACCOUNT } from './editor';
import { picture } from './pictures';

const TRIGGER = { name: 'MicroeSIM Trigger', type: 'microesimTrigger', parameters: {} } as const;

describeInBrowser('the panel of the trigger', () => {
	const desk = useDesk({ deliveryMs: 0, balance: 10_000 });

	it('does not listen without the credential that its check needs', async () => {
		await desk.editor.openWorkflowOf(TRIGGER);
		await desk.editor.openNode(TRIGGER.name);
		expect(await desk.editor.mark('node-execute-button').isDisabled()).toBe(true);
	});

	it('shows its addresses, and says where they go', async () => {
		const credential = await saveCredential(desk.n8n.api, desk.simulator, {}, ACCOUNT);
		await desk.editor.openWorkflowOf({ ...TRIGGER, credential });
		await desk.editor.openNode(TRIGGER.name);
		await desk.editor.choose('Webhook URLs');
		const form = desk.editor.mark('node-parameters');
		await desk.editor.choose('Test URL');
		await desk.editor.page.getByText(`${desk.n8n.url}/webhook-test/`).waitFor();
		await desk.editor.choose('Production URL');
		await desk.editor.page.getByText(`${desk.n8n.url}/webhook/`).waitFor();
		const text = await form.innerText();
		expect(text).toMatch(/Copy the Production URL of this node into Order → Create → Delivery/);
		expect(text).toMatch(/Test URL in its place.*reachable from the internet/);
		await picture('trigger', desk.editor.page, form);
	});

	it('listens for a test, and shows the eSIM that is pushed to its Test URL', async () => {
		await desk.editor.choose('Test URL');
		const address = desk.editor.page.getByText(`${desk.n8n.url}/webhook-test/`);
		const url = (await address.innerText()).replace(/\s/g, '');
		await desk.editor.mark('node-execute-button').click();
		await desk.editor.page.getByText('Listening for test event').waitFor();
		const topupId = await buy(desk.simulator, { notify_url: url.slice(url.indexOf('http')) });
		await desk.editor.output.getByText(topupId).first().waitFor();
		await desk.editor.show('table');
		await picture('trigger-pushed', desk.editor.page, desk.editor.output);
	});
});
