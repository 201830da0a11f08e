import type { INode } from 'n8n-workflow';

import { keep } from '../flows/support';
import { exampleNames, readExample, saveCredential, type CredentialRef } from '../harness';
import { describeInBrowser } from './browser';
import { useDesk } from './desk';
import { ACCOUNT } from './editor';
import { picture } from './pictures';

const RUN = 'buy-an-esim';

const others = exampleNames().filter((name) => name !== RUN);

/** Their credentials are chosen for the picture; nothing is sent with them. */
const CHOSEN = [
	'smtp',
	'shopifyAccessTokenApi',
	'wooCommerceApi',
	'slackApi',
	'telegramApi',
	'openAiApi',
	'httpBearerAuth',
	'crypto',
];

let credentials: Record<string, CredentialRef>;

/** Sub-workflows are chosen, too. */
function withSubWorkflow(node: INode): INode {
	const { workflowId } = node.parameters as { workflowId?: { value: string } };
	if (workflowId?.value !== '') return node;
	const chosen = { ...workflowId, value: 'chosen' };
	return { ...node, parameters: { ...node.parameters, workflowId: chosen as never } };
}

describeInBrowser('the examples, as their pages show them', () => {
	const desk = useDesk({ deliveryMs: 0, balance: 10_000 });
	beforeAll(async () => {
		const { api } = desk.n8n;
		credentials = { microesimApi: await saveCredential(api, desk.simulator, {}, ACCOUNT) };
		for (const type of CHOSEN) credentials[type] = await keep(api, type, {});
	});

	/** Imports it and opens it in the editor. @returns its canvas */
	async function open(file: string) {
		const { name, nodes: read, connections, settings } = readExample(file, credentials);
		const workflow = { name, nodes: read.map(withSubWorkflow), connections, settings };
		const { id } = await desk.n8n.api.call<{ id: string }>('POST', '/workflows', workflow);
		await desk.editor.openWorkflow(id);
		return { canvas: desk.editor.mark('canvas'), nodes: read };
	}

	it('"Buy an eSIM" runs to its end', async () => {
		const { canvas } = await open(RUN);
		await desk.editor.page.getByText('Execute workflow').last().click();
		await desk.editor.page.getByText('Workflow executed successfully').waitFor();
		await desk.editor.mark('zoom-to-fit').click();
		// behind the last node n8n says it a moment later
		await canvas.getByText('1 item', { exact: true }).nth(4).waitFor();
		await picture(`flow-${RUN}`, desk.editor.page, canvas);
		expect(desk.simulator.ledger).toHaveLength(1);
	});

	it.each(others)('%s is laid out so that it can be read', async (name) => {
		const { canvas, nodes } = await open(name);
		await desk.editor.mark('zoom-to-fit').click();
		const last = nodes.filter(({ type }) => !type.endsWith('.stickyNote')).at(-1)!;
		await canvas.getByText(last.name, { exact: true }).first().waitFor();
		await picture(`flow-${name}`, desk.editor.page, canvas);
	});
});
