import { usePostbox } from '../../engine/examples/postbox';
import { look } from '../../engine/support/picture';
import { buy } from '../../unit/simulator/client';
import { saveSmtp } from '../flows/support';
import { publish, readExample, saveCredential, served, type CredentialRef } from '../harness';
import { describeInBrowser } from './browser';
import { useDesk } from './desk';
import { ACCOUNT } from './editor';
import { picture } from './pictures';

let credentials: Record<string, CredentialRef>;

describeInBrowser('the examples, as the README shows them', () => {
	const desk = useDesk({ deliveryMs: 0, balance: 10_000 });
	const postbox = usePostbox();
	beforeAll(async () => {
		const { api } = desk.n8n;
		credentials = {
			microesimApi: await saveCredential(api, desk.simulator, {}, ACCOUNT),
			smtp: await saveSmtp(api, postbox.credential),
		};
	});

	it('"Buy an eSIM" runs to its end', async () => {
		const { name, nodes, connections, settings } = readExample('buy-an-esim', credentials);
		const workflow = { name, nodes, connections, settings };
		const { id } = await desk.n8n.api.call<{ id: string }>('POST', '/workflows', workflow);
		await desk.editor.openWorkflow(id);
		await desk.editor.page.getByText('Execute workflow').last().click();
		await desk.editor.page.getByText('Workflow executed successfully').waitFor();
		await desk.editor.mark('zoom-to-fit').click();
		const canvas = desk.editor.mark('canvas');
		// behind the last node n8n says it a moment later
		await canvas.getByText('1 item', { exact: true }).nth(4).waitFor();
		await picture('buy-an-esim', desk.editor.page, canvas);
		expect(desk.simulator.ledger).toHaveLength(1);
	});

	it('"Order ledger" is laid out so that it can be read', async () => {
		const { name, nodes, connections, settings } = readExample('order-ledger', credentials);
		const workflow = { name, nodes, connections, settings };
		const { id } = await desk.n8n.api.call<{ id: string }>('POST', '/workflows', workflow);
		await desk.editor.openWorkflow(id);
		await desk.editor.mark('zoom-to-fit').click();
		const canvas = desk.editor.mark('canvas');
		await canvas.getByText('Remove the Double', { exact: true }).waitFor();
		await picture('order-ledger', desk.editor.page, canvas);
	});

	it('"Callback to QR mail" mails what can be scanned, tapped or typed', async () => {
		const { name, nodes, connections } = readExample('callback-to-qr-mail', credentials);
		await publish(desk.n8n.api, name, nodes, connections);
		const { webhookId } = nodes.find(({ type }) => type.endsWith('microesimTrigger'))!;
		const url = `${desk.n8n.url}/webhook/${webhookId}/microesim`;
		await served(url);
		await buy(desk.simulator, { notify_url: url });
		while (postbox.mails.length === 0) await desk.editor.page.waitForTimeout(200);
		const [mail] = postbox.mails;
		const [qr] = mail!.attachments;
		const [order] = desk.simulator.ledger.slice(-1);
		const { lpa_str, ios_esim_install_link } = order!.esims[0]!;
		expect(look(qr!.content).text).toBe(lpa_str);
		expect(String(mail!.html)).toContain(ios_esim_install_link);
		expect(String(mail!.html)).toContain(lpa_str);
	});
});
