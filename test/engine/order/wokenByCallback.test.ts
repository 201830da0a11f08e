import { post, pushFields } from '../trigger/support';
import { useShop } from './support';

/** An execution that a callback wakes puts out what it would have put out at once. */

const shop = useShop();
const TYPE = 'n8n-nodes-microesim.microesim';

it.each([1, 2])('items and QR codes are the same, version %i', async (typeVersion) => {
	await shop.buy();
	const [order] = shop.simulator.ledger;
	const parameters = {
		resource: 'order',
		operation: 'waitForDelivery',
		waitFor: 'callback',
		topupId: order!.topup_id,
		options: { qrCodeField: 'qr' },
	};
	const node = { id: 'x', name: 'Node', type: TYPE, typeVersion, parameters };
	const credentials = { microesimApi: shop.credential };
	const atOnce = await shop.engine.runNode({ ...node, credentials });
	expect(Object.keys(atOnce.items()[0]!.binary ?? {})).toEqual(['qr']);
	const type = shop.engine.nodeTypes.getByNameAndVersion(TYPE, typeVersion);
	const woken = jest.spyOn(type, 'webhook');
	const webhook = await shop.engine.serveWebhook({ node, credentials });
	await post(webhook.url, pushFields(order!));
	await webhook.stop();
	const { workflowData } = await woken.mock.results.at(-1)!.value;
	const [[item]] = workflowData as [[{ json: unknown; binary?: object }]];
	expect(item.json).toEqual(atOnce.json()[0]);
	expect(Object.keys(item.binary ?? {})).toEqual(['qr']);
	woken.mockRestore();
});
