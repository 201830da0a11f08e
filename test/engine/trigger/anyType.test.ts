import { pushFields, useTriggerBench } from './support';

/** Bodies that n8n reads itself for version 1 of the trigger, and leaves unread for later ones. */
const bench = useTriggerBench();

const TYPES = [
	'application/octet-stream',
	'application/octet-stream; note=multipart/related',
	'"multipart/form-data"',
	'x-multipart/form-data',
	'application/http;inner="multipart/mixed"',
	'application/JSON ; charset=utf-8',
	'application/vnd.microesim+json',
	';',
];

describe.each([1, 1.1])('version %d', (typeVersion) => {
	it.each(TYPES)('reads JSON that is called %s', async (type) => {
		const webhook = await bench.serve({}, { typeVersion });
		const response = await fetch(webhook.url, {
			method: 'POST',
			headers: { 'content-type': type },
			body: JSON.stringify(pushFields(await bench.buy())),
		});
		expect([response.status, webhook.runs.length]).toEqual([200, 1]);
	});

	it('refuses a body of more than 16 MB in chunks', async () => {
		const webhook = await bench.serve({}, { typeVersion });
		const chunk = Buffer.alloc(1024 * 1024, ' ');
		let chunks = 0;
		const body = new ReadableStream({
			pull: (controller) => (++chunks > 20 ? controller.close() : controller.enqueue(chunk)),
		});
		const status = await fetch(webhook.url, {
			method: 'POST',
			headers: { 'content-type': 'application/octet-stream' },
			body,
			duplex: 'half',
		} as RequestInit).then(
			(response) => response.status,
			// n8n may close the connection before everything was sent
			() => 413,
		);
		expect([413, 500]).toContain(status);
		expect(webhook.runs).toEqual([]);
	});
});
