import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { NodeAfter } from './workflow';

/** A shop's system that the node behind the trigger calls for each eSIM, and that may be down. */
export interface Shop {
	/** The node that calls it. */
	node: NodeAfter;
	/** How often it was called for each eSIM. */
	calls: Map<string, number>;
	/** What it answers. */
	status: number;
	/** It answers none of its callers before this. */
	ready: Promise<void>;
	stop(): Promise<void>;
}

/** Starts one. @param trigger the name of the node whose items it is told of */
export async function startShop(trigger: string): Promise<Shop> {
	const calls = new Map<string, number>();
	const server = createServer((request, response) => {
		const esim = new URL(request.url!, 'http://shop.example').searchParams.get('esim')!;
		calls.set(esim, (calls.get(esim) ?? 0) + 1);
		request.resume();
		void shop.ready.then(() =>
			response.writeHead(shop.status, { 'Content-Type': 'application/json' }).end('{}'),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const esim = `{{ $('${trigger}').item.json.topup_id }}-{{ $('${trigger}').item.json.device_id }}`;
	const shop: Shop = {
		calls,
		status: 200,
		ready: Promise.resolve(),
		node: {
			name: 'Tell the Shop',
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: { url: `=http://127.0.0.1:${port}/delivered?esim=${esim}`, options: {} },
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return shop;
}
