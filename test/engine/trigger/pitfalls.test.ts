import { PushMemory, type Ticket } from '../../inside';
import { signedHeaders } from '../../unit/simulator/client';
import { post, pushFields, useTriggerBench } from './support';

const bench = useTriggerBench();

it('a value of Verify Push By that is none of the three believes nothing', async () => {
	for (const verifyBy of ['lookUp', '={{ $json.nope }}', '']) {
		const webhook = await bench.serve({ verifyBy });
		const body = { ...pushFields(await bench.buy()), topup_id: '99999', device_id: '888888' };
		const { status } = await post(webhook.url, body);
		expect([verifyBy, status, webhook.runs.length]).toEqual([verifyBy, expect.any(Number), 0]);
	}
});

it('a push that lists its device twice starts its run', async () => {
	const webhook = await bench.serve();
	const fields = pushFields(await bench.buy());
	const body = {
		...fields,
		device_id: [fields.device_id, fields.device_id],
		lpa_str: [fields.lpa_str, fields.lpa_str],
	};
	expect((await post(webhook.url, body)).status).toBe(200);
	expect(webhook.runs).toHaveLength(1);
});

it('signature: a run that failed is started again by the same push sent again', async () => {
	let tries = 0;
	const run = async () => {
		if (++tries === 1) throw new Error('mail server down');
	};
	const webhook = await bench.serve({ verifyBy: 'signature', respond: 'lastNode' }, { run });
	const body = pushFields(await bench.buy());
	const headers = signedHeaders(bench.simulator);
	expect((await post(webhook.url, body, headers)).status).toBe(500);
	expect((await post(webhook.url, body, headers)).status).toBe(200);
});

it('signature: the same headers cannot carry another order', async () => {
	const webhook = await bench.serve({ verifyBy: 'signature' });
	const headers = signedHeaders(bench.simulator);
	await post(webhook.url, pushFields(await bench.buy()), headers);
	expect((await post(webhook.url, pushFields(await bench.buy()), headers)).status).toBe(403);
});

it('signature with a credential that cannot be used is answered 503, not a failed execution', async () => {
	const webhook = await bench.serve(
		{ verifyBy: 'signature' },
		{ credential: { ...bench.credential, salt: 'xyz' } },
	);
	expect((await post(webhook.url, pushFields(await bench.buy()))).status).toBe(503);
});

it('a refusal of the look-up in words nobody knows is no verdict about the push', async () => {
	const webhook = await bench.serve();
	bench.simulator.faults.next('deviceDetail', {
		kind: 'code',
		code: 9,
		msg: 'Service under maintenance, please try again later',
	});
	expect((await post(webhook.url, pushFields(await bench.buy()))).status).toBe(503);
});

it('a QR code that cannot be drawn or stored does not keep the eSIM from its run', async () => {
	const webhook = await bench.serve({ options: { qrCodeField: 'data' } });
	const fields = pushFields(await bench.buy());
	const { status } = await post(webhook.url, {
		...fields,
		lpa_str: fields.lpa_str + 'A'.repeat(4500),
	});
	expect(status).toBe(200);
	expect(webhook.runs).toHaveLength(1);
});

it('a claim that was given away after an hour is not ended by the run that had it before', () => {
	const limits = { windowMs: 7 * 86_400_000, mostEntries: 10 };
	const memory = new PushMemory();
	const first = memory.claim('k', 0, limits) as Ticket;
	expect(first).toMatchObject({ key: 'k' });
	const later = 61 * 60 * 1000;
	expect(memory.claim('k', later, limits)).toMatchObject({ key: 'k' });
	memory.settle(first, false);
	expect(memory.claim('k', later + 1, limits)).toBe('running');
});

it('a run under way is not forgotten because others were pushed', () => {
	const limits = { windowMs: 7 * 86_400_000, mostEntries: 2 };
	const memory = new PushMemory();
	memory.claim('a', 0, limits);
	for (const key of ['b', 'c']) {
		const ticket = memory.claim(key, 1, limits) as Ticket;
		memory.save({}, 1, limits, [key]);
		memory.settle(ticket, true);
	}
	expect(memory.claim('a', 2, limits)).toBe('running');
});
