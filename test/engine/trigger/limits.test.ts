import { mayCopy } from '../../inside';
import { signedHeaders } from '../../unit/simulator/client';
import { postForm, postInChunks } from '../support/chunked';
import { post, pushFields, useTriggerBench } from './support';

/** What is too much, whoever sends it, and what one sender's too much means for others. */

const bench = useTriggerBench();

it.each<[string, (fields: Record<string, string>) => Record<string, string>]>([
	['one large field', (fields) => ({ ...fields, padding: 'x'.repeat(3_000_000) })],
	['a large name', (fields) => ({ ...fields, ['x'.repeat(300_000)]: '1' })],
	[
		'many fields',
		(fields) => ({
			...fields,
			...Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`x${i}`, 'y'.repeat(400)])),
		}),
	],
])('a multipart body of no known length is refused: %s', async (_, enlarge) => {
	const webhook = await bench.serve();
	const fields = pushFields(await bench.buy());
	const send = async (given: Record<string, string>) => await postForm(webhook.url, given);
	expect(await send(enlarge(fields))).toBe(413);
	expect(webhook.executions).toEqual([]);
	expect(await send(fields)).toBe(200);
	expect(webhook.runs.flat()).toHaveLength(1);
});

it.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain'])(
	'any other body of no known length is refused (%s)',
	async (type) => {
		const webhook = await bench.serve();
		const fields = { ...pushFields(await bench.buy()), padding: 'x'.repeat(300_000) };
		const body =
			type === 'application/json' ? JSON.stringify(fields) : String(new URLSearchParams(fields));
		expect(await postInChunks(webhook.url, type, [body])).toBe(413);
		expect(webhook.executions).toEqual([]);
	},
);

describe('files that n8n would keep copies of', () => {
	/** A form whose every part n8n takes for a file. */
	function typedForm(fields: Record<string, string>, more = 0): FormData {
		const form = new FormData();
		const others = Array.from({ length: more }, (_, i) => [`x${i}`, '1']);
		for (const [name, value] of [...Object.entries(fields), ...others])
			form.append(name!, new Blob([value!], { type: 'text/plain' }), name);
		return form;
	}
	const send = async (url: string, body: FormData, headers: Record<string, string> = {}) =>
		(await fetch(url, { method: 'POST', body, headers })).status;

	/** Leaves so many files that may still be copied for a trigger within this hour. */
	const spendAllBut = (id: string, left: number) =>
		mayCopy(JSON.stringify(['workflow', id]), 10_000 - left);

	it('are not copied for whoever cannot sign, so that the others are read', async () => {
		const webhook = await bench.serve({ verifyBy: 'signature' }, { id: 'signed' });
		spendAllBut('signed', 50);
		expect(await send(webhook.url, typedForm({ a: '1' }, 49))).toBe(403);
		const signed = async (form: FormData) =>
			await send(webhook.url, form, signedHeaders(bench.simulator));
		expect(await signed(typedForm(pushFields(await bench.buy())))).toBe(200);
		expect(webhook.runs.flat()).toHaveLength(1);
		// What can sign and sends nothing useful uses it up.
		expect(await signed(typedForm({ a: '1' }, 49))).toBe(400);
		expect(await signed(typedForm(pushFields(await bench.buy())))).toBe(503);
	});

	it('are counted for a push that is received and starts nothing, too', async () => {
		const webhook = await bench.serve({ options: { orderNumbers: '1' } }, { id: 'received' });
		spendAllBut('received', 60);
		expect(await send(webhook.url, typedForm({ topup_id: '3' }, 49))).toBe(200);
		expect(await send(webhook.url, typedForm({ topup_id: '3' }, 49))).toBe(503);
	});

	it('of one trigger do not keep those of another one from being read', async () => {
		const flooded = await bench.serve({}, { id: 'flooded' });
		spendAllBut('flooded', 0);
		const order = await bench.buy();
		expect(await send(flooded.url, typedForm(pushFields(order)))).toBe(503);
		const webhook = await bench.serve();
		expect(await send(webhook.url, typedForm(pushFields(order)))).toBe(200);
	});
});

describe('Order IDs to Accept', () => {
	it.each<[string, (topup_id: string) => unknown]>([
		['without an eSIM', (topup_id) => ({ topup_id })],
		['beside a third one', (topup_id) => ({ topup_id: [topup_id, '3'], device_id: '1' })],
		[
			'with too many eSIMs',
			(topup_id) => ({ topup_id, device_id: Array.from({ length: 1001 }, (_, i) => i) }),
		],
		['without a code', (topup_id) => ({ topup_id, device_id: '1' })],
		['with no code yet', (topup_id) => ({ topup_id, device_id: '1', lpa_str: 'Processing' })],
		['with HTML', (topup_id) => ({ topup_id, device_id: '1', lpa_str: '<b>' })],
		['with an eSIM ID that can be none', (topup_id) => ({ topup_id, device_id: '<b>' })],
		[
			'with codes of nobody',
			(topup_id) => ({ topup_id, device_id: ['1', '2'], lpa_str: ['LPA:1$a.example$B'] }),
		],
	])('another order is received, and not asked for again: %s', async (_, bodyOf) => {
		const { topup_id } = await bench.buy();
		bench.forgetRequests();
		for (const verifyBy of ['lookup', 'order']) {
			const others = await bench.serve({ verifyBy, options: { orderNumbers: '1,2' } });
			expect((await post(others.url, bodyOf(topup_id))).status).toBe(200);
			expect(others.executions).toEqual([]);
		}
		expect(bench.simulator.requests).toEqual([]);
		const own = await bench.serve({ options: { orderNumbers: topup_id } });
		expect((await post(own.url, bodyOf(topup_id))).status).not.toBe(200);
	});

	it('what names no order is refused all the same', async () => {
		const webhook = await bench.serve({ options: { orderNumbers: '1,2' } });
		for (const body of [{}, { device_id: '1' }, [], { topup_id: '<b>', device_id: '1' }])
			expect((await post(webhook.url, body)).status).toBe(400);
	});
});
