import { post, pushFields, REFUSED, useTriggerBench } from './support';

/** Pushes of several eSIMs, of which not all can be handed on now. */

const bench = useTriggerBench();

const UNKNOWN_PLAN = { channel_dataplan_id: 'another-plan' };

/** What the nodes behind have seen, in the order of the eSIMs. */
const seen = (webhook: Awaited<ReturnType<typeof bench.serve>>) =>
	webhook.runs.map((items) => items.map(({ json }) => json.device_id));

describe.each(['onReceived', 'lastNode'])('a push of two eSIMs (%s)', (respond) => {
	it('of which one has no code yet: the other one runs, and it is asked for', async () => {
		const webhook = await bench.serve({ respond });
		const order = await bench.buy(2);
		const [one, two] = order.esims.map(({ device_id }) => device_id);
		const codes = order.esims.map(({ lpa_str }) => lpa_str);
		const body = { topup_id: order.topup_id, device_id: [one, two] };
		const first = await post(webhook.url, { ...body, lpa_str: [codes[0], ''] });
		expect(first.status).toBe(503);
		expect(first.text).toMatch(REFUSED);
		expect(seen(webhook)).toEqual([[one]]);
		expect((await post(webhook.url, { ...body, lpa_str: [codes[0], null] })).status).toBe(503);
		expect((await post(webhook.url, { ...body, lpa_str: codes })).status).toBe(200);
		expect(seen(webhook)).toEqual([[one], [two]]);
	});

	it('with one code, nobody knows whose: both as the order itself shows them', async () => {
		const webhook = await bench.serve({ respond });
		const order = await bench.buy(2);
		const [one, two] = order.esims;
		const body = {
			topup_id: order.topup_id,
			device_id: [one!.device_id, two!.device_id],
			lpa_str: [two!.lpa_str],
		};
		expect((await post(webhook.url, body)).status).toBe(200);
		expect(webhook.runs.flat().map(({ json }) => json)).toMatchObject([
			{ device_id: one!.device_id, lpa_str: one!.lpa_str, push: { verified_by: 'order' } },
			{ device_id: two!.device_id, lpa_str: two!.lpa_str, push: { verified_by: 'order' } },
		]);
		const credential = { ...bench.credential, urlToken: 'abc' };
		const unasked = await bench.serve({ respond, verifyBy: 'token' }, { credential });
		expect((await post(`${unasked.url}?token=abc`, body)).status).toBe(503);
		expect(unasked.executions).toEqual([]);
	});

	it('with one code for both is answered by the order itself, as is one whose codes lack "LPA:"', async () => {
		const order = await bench.buy(2);
		const devices = order.esims.map(({ device_id }) => device_id);
		const codes = order.esims.map(({ lpa_str }) => lpa_str);
		const bare = codes.map((code) => code.replace('LPA:', ''));
		for (const [lpa_str, verifyBy] of [
			[[codes[0], codes[0]], 'lookup'],
			[bare, 'order'],
		] as const) {
			const webhook = await bench.serve({ respond, verifyBy });
			const body = { topup_id: order.topup_id, device_id: devices, lpa_str };
			expect((await post(webhook.url, body)).status).toBe(200);
			expect(webhook.runs.flat().map(({ json }) => [json.lpa_str, json.push])).toMatchObject(
				codes.map((code) => [code, { verified_by: 'order' }]),
			);
		}
	});

	it('in an object with numbers for names runs both, each with its own fields alone', async () => {
		const order = await bench.buy(2);
		const [one, two] = [pushFields(order, 0), pushFields(order, 1)];
		for (const simplify of [true, false]) {
			const webhook = await bench.serve({ respond, simplify });
			expect((await post(webhook.url, { code: 1, data: { 0: one, 2: two } })).status).toBe(200);
			const items = webhook.runs.flat().map(({ json }) => json);
			expect(items).toMatchObject([{ lpa_str: one.lpa_str }, { lpa_str: two.lpa_str }]);
			expect(JSON.stringify(items[0])).not.toContain(two.lpa_str);
			expect(JSON.stringify(items[1])).not.toContain(one.lpa_str);
		}
	});

	it.each([
		['without a code', { lpa_str: '' }, 503],
		['with HTML for a code', { lpa_str: '<b>LPA:1$a.b$c</b>' }, 503],
		['without an ID', { device_id: '' }, 503],
		['with an ID that can be none', { device_id: '1 2' }, 503],
		['of an unknown order', { topup_id: '299912312359590000000000' }, 503],
		['of another plan', UNKNOWN_PLAN, 403],
	])('of which one is %s, as objects: the other one runs', async (_, change, status) => {
		const webhook = await bench.serve({ respond });
		const order = await bench.buy(2);
		const objects = [{ ...pushFields(order, 0), ...change }, pushFields(order, 1)];
		expect((await post(webhook.url, { code: 1, data: objects })).status).toBe(status);
		expect(seen(webhook)).toEqual([[order.esims[1]!.device_id]]);
		const whole = [pushFields(order, 0), pushFields(order, 1)];
		expect((await post(webhook.url, { code: 1, data: whole })).status).toBe(200);
		expect(seen(webhook).flat()).toEqual([order.esims[1]!.device_id, order.esims[0]!.device_id]);
	});

	it('of which one is inside the other and has no code: the other one runs, and it is asked for', async () => {
		const order = await bench.buy(2);
		const [one, two] = [pushFields(order, 0), pushFields(order, 1)];
		const body = { ...one, others: [{ device_id: two.device_id }] };
		const webhook = await bench.serve({ respond });
		expect((await post(webhook.url, body)).status).toBe(503);
		expect(seen(webhook)).toEqual([[one.device_id]]);
		const asked = await bench.serve({ respond, verifyBy: 'order' });
		expect((await post(asked.url, body)).status).toBe(200);
		expect(asked.runs.flat().map(({ json }) => json.lpa_str)).toEqual([one.lpa_str, two.lpa_str]);
	});

	it('of which one cannot be looked up now: the other one runs, and it is asked for', async () => {
		const webhook = await bench.serve({ respond });
		const order = await bench.buy(2);
		const objects = [pushFields(order, 0), pushFields(order, 1)];
		bench.simulator.faults.next('deviceDetail', { kind: 'html502' });
		expect((await post(webhook.url, objects)).status).toBe(503);
		expect((await post(webhook.url, objects)).status).toBe(200);
		expect(seen(webhook).map((devices) => devices.length)).toEqual([1, 1]);
		expect(seen(webhook).flat().sort()).toEqual(
			order.esims.map(({ device_id }) => device_id).sort(),
		);
	});
});

it('a run that fails is answered 500, also where a part must come again', async () => {
	let failures = 1;
	const run = async () => {
		if (failures-- > 0) throw new Error('the mail server is down');
	};
	const webhook = await bench.serve({ respond: 'lastNode' }, { run });
	const order = await bench.buy(2);
	const objects = [pushFields(order, 0), { ...pushFields(order, 1), lpa_str: '' }];
	expect((await post(webhook.url, objects)).status).toBe(500);
	expect((await post(webhook.url, objects)).status).toBe(503);
	expect((await post(webhook.url, objects)).status).toBe(503);
	expect(seen(webhook)).toEqual([[order.esims[0]!.device_id], [order.esims[0]!.device_id]]);
});

it('eSIMs of several orders in one push are each told apart by their own order', async () => {
	const [one, two] = [await bench.buy(), await bench.buy()];
	const webhook = await bench.serve({ options: { orderNumbers: two.topup_id } });
	expect((await post(webhook.url, [pushFields(one), pushFields(two)])).status).toBe(200);
	expect(webhook.runs.flat().map(({ json }) => json.topup_id)).toEqual([two.topup_id]);
	const all = await bench.serve();
	expect((await post(all.url, [pushFields(one), pushFields(two)])).status).toBe(200);
	expect(all.runs.flat().map(({ json }) => json.topup_id)).toEqual([one.topup_id, two.topup_id]);
});
