import type { IWorkflowBase } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { startSimulator, type Simulator } from '../../../simulator';
import { startPostbox, type Postbox } from '../../engine/examples/postbox';
import { buy } from '../../unit/simulator/client';
import {
	publish,
	saveCredential,
	served,
	startN8n,
	type CredentialRef,
	type N8n,
} from '../harness';
import { describeInBrowser, openBrowser, type Browser } from './browser';
import { ACCOUNT, Editor } from './editor';
import { picture } from './pictures';

const EXAMPLES = join(__dirname, '../../../examples');

let n8n: N8n;
let simulator: Simulator;
let postbox: Postbox;
let browser: Browser;
let editor: Editor;
let credentials: Record<string, CredentialRef>;

/** An example as a user imports it: credentials are chosen, nothing else is changed. */
function readExample(name: string): IWorkflowBase {
	const text = readFileSync(join(EXAMPLES, `${name}.json`), 'utf8');
	const example = JSON.parse(text) as IWorkflowBase;
	const nodes = example.nodes.map((node) => {
		const kinds = Object.keys(node.credentials ?? {});
		return {
			...node,
			credentials: Object.fromEntries(kinds.map((kind) => [kind, credentials[kind]!])),
		};
	});
	return { ...example, nodes };
}

describeInBrowser('the examples, as the README shows them', () => {
	beforeAll(async () => {
		simulator = await startSimulator({ deliveryMs: 0, balance: 10_000 });
		postbox = await startPostbox();
		n8n = await startN8n();
		credentials = {
			microesimApi: await saveCredential(n8n.api, simulator, {}, ACCOUNT),
			smtp: await n8n.api.call('POST', '/credentials', {
				name: 'SMTP account',
				type: 'smtp',
				data: postbox.credential,
			}),
		};
		browser = await openBrowser(n8n);
		editor = new Editor(browser.page, n8n);
	});
	afterAll(async () => {
		await browser?.close();
		await n8n?.stop();
		await postbox?.stop();
		await simulator?.stop();
	});

	it('"Buy an eSIM" runs to its end', async () => {
		const { name, nodes, connections, settings } = readExample('buy-an-esim');
		const workflow = { name, nodes, connections, settings };
		const { id } = await n8n.api.call<{ id: string }>('POST', '/workflows', workflow);
		await editor.openWorkflow(id);
		await editor.page.getByText('Execute workflow').last().click();
		await editor.page.getByText('Workflow executed successfully').waitFor();
		await editor.mark('zoom-to-fit').click();
		const canvas = editor.mark('canvas');
		await picture('buy-an-esim', editor.page, canvas);
		expect(simulator.ledger).toHaveLength(1);
	});

	it('"Callback to QR mail" mails what can be scanned, tapped or typed', async () => {
		const { name, nodes, connections } = readExample('callback-to-qr-mail');
		await publish(n8n.api, name, nodes, connections);
		const { webhookId } = nodes.find(({ type }) => type.endsWith('microesimTrigger'))!;
		const url = `${n8n.url}/webhook/${webhookId}/microesim`;
		await served(url);
		await buy(simulator, { notify_url: url });
		while (postbox.mails.length === 0) await editor.page.waitForTimeout(200);
		const [mail] = postbox.mails;
		const [qr] = mail!.attachments;
		const html = String(mail!.html).replace(
			'cid:qr',
			`data:image/png;base64,${qr!.content.toString('base64')}`,
		);
		await editor.page.setViewportSize({ width: 560, height: 800 });
		await editor.page.setContent(html);
		await picture('mail', editor.page.locator('table table').first());
	});
});
