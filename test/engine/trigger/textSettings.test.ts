import type { IDataObject } from 'n8n-workflow';

import { post, pushFields, useTriggerBench } from './support';

/** Settings of the trigger that an expression can fill with something else than text. */

const bench = useTriggerBench();

async function push(parameters: IDataObject, query = '') {
	const webhook = await bench.serve(parameters);
	const answer = await post(`${webhook.url}${query}`, pushFields(await bench.buy()));
	return { ...answer, runs: webhook.runs.length };
}

it('answers with a Response Body that is an object as JSON', async () => {
	const options = { responseBody: '={{ ({ code: 1, msg: "Success" }) }}' };
	const { status, text, runs } = await push({ options });
	expect([status, JSON.parse(text), runs]).toEqual([200, { code: 1, msg: 'Success' }, 1]);
});

describe.each<[string, IDataObject]>([
	['Order IDs to Accept', { options: { orderNumbers: '={{ ({ id: 1 }) }}' } }],
	['Order IDs to Accept', { options: { orderNumbers: '={{ [{ id: 1 }] }}' } }],
	[
		'Order IDs to Accept as a number, which loses digits,',
		{ options: { orderNumbers: '={{ 202308161431187762753800 }}' } },
	],
	['Put QR Code in Field', { options: { qrCodeField: '={{ ({ name: "data" }) }}' } }],
	['URL Token', { urlToken: '={{ ({ token: "a" }) }}' }],
])('%s that holds an object', (_, parameters) => {
	it('lets no push pass for done', async () => {
		expect(await push(parameters)).toMatchObject({ status: 403, runs: 0 });
	});
});

it('takes Order IDs to Accept as a list', async () => {
	const order = await bench.buy();
	const webhook = await bench.serve({
		options: { orderNumbers: `={{ ["1", "${order.topup_id}"] }}` },
	});
	expect(await post(webhook.url, pushFields(order))).toMatchObject({ status: 200 });
	expect(webhook.runs).toHaveLength(1);
});

it('takes a URL Token that is a number', async () => {
	expect(await push({ urlToken: '={{ 12345 }}' }, '?token=12345')).toMatchObject({
		status: 200,
		runs: 1,
	});
});
