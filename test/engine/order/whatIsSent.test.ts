import { items, seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench, useBenches } from '../support/useBench';

const bench = useBench();
const openBench = useBenches();

const order = { planId: planById(SAMPLE_PLAN), customOrderNo: '1001-1' };

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

it('buys one eSIM and puts out its order ID with what was asked', async () => {
	const result = await bench.run('order', 'create', order);
	const [booked] = bench.simulator.ledger;
	expect(result.error()).toBeUndefined();
	expect(bench.simulator.ledger).toHaveLength(1);
	expect(booked?.topup_id).toMatch(/^\d{24}$/);
	expect(result.json()).toEqual([
		{
			topup_id: booked?.topup_id,
			channel_dataplan_id: SAMPLE_PLAN,
			number: 1,
			custom_order_no: '1001-1',
		},
	]);
	expect(result.items()[0]?.pairedItem).toEqual({ item: 0 });
});

describe.each([
	['multipart', /^multipart\/form-data; boundary=/],
	['urlencoded', /^application\/x-www-form-urlencoded/],
])('with the body format %s', (bodyFormat, contentType) => {
	it('sends every field once, with a Content-Length and not in chunks', async () => {
		const activation = new Date(Math.floor(Date.now() / 1000) * 1000 + 5 * 86_400_000);
		const result = await bench.run(
			'order',
			'create',
			{
				...order,
				quantity: 2,
				activationDate: activation.toISOString(),
				options: {
					customEmail: 'traveller@example.com',
					remark: 'Für Zoë & Co. = 5 % + 日本',
					notifyUrl: 'http://127.0.0.1:9/hook?a=1&b=2',
				},
			},
			{ credentials: { microesimApi: { ...bench.credential, bodyFormat } } },
		);
		expect(result.error()).toBeUndefined();
		const [request, ...others] = sentTo(bench.simulator, 'esimSubscribe');
		expect(others).toEqual([]);
		const wanted = {
			channel_dataplan_id: SAMPLE_PLAN,
			number: '2',
			activation_date: activation.toISOString().slice(0, 19).replace('T', ' '),
			custom_order_no: '1001-1',
			custom_email: 'traveller@example.com',
			remark: 'Für Zoë & Co. = 5 % + 日本',
			notify_url: 'http://127.0.0.1:9/hook?a=1&b=2',
		};
		expect(request?.fields).toEqual(wanted);
		expect(request?.method).toBe('POST');
		expect(request?.signature).toBe('valid');
		expect(request?.contentType).toMatch(contentType);
		expect(Number(request?.contentLength)).toBeGreaterThan(150);
		expect(request?.transferEncoding).toBeUndefined();
		expect(result.json()[0]).toEqual({
			...wanted,
			// Its query may hold a secret, such as the token of a resume address.
			notify_url: 'http://127.0.0.1:9/hook',
			number: 2,
			topup_id: bench.simulator.ledger[0]?.topup_id,
		});
	});

	it('leaves out every field that is empty', async () => {
		const empty = { activationDate: '', options: { customEmail: ' ', remark: '', notifyUrl: '' } };
		const credentials = { microesimApi: { ...bench.credential, bodyFormat } };
		await bench.run('order', 'create', { ...order, ...empty }, { credentials });
		expect(sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields)).toEqual([
			{ channel_dataplan_id: SAMPLE_PLAN, number: '1', custom_order_no: '1001-1' },
		]);
	});
});

it('takes the plan from the list, and one that was pasted with invisible characters', async () => {
	const fromList = { __rl: true, mode: 'list', value: SAMPLE_PLAN, cachedResultName: 'A plan' };
	const pasted = planById(` \u200b${SAMPLE_PLAN}\ufeff\n`);
	for (const planId of [fromList, pasted]) await bench.run('order', 'create', { ...order, planId });
	expect(bench.simulator.ledger.map((booked) => booked.channel_dataplan_id)).toEqual([
		SAMPLE_PLAN,
		SAMPLE_PLAN,
	]);
});

it('orders once for each item, with the values of that item', async () => {
	const result = await bench.run(
		'order',
		'create',
		{ ...order, customOrderNo: '={{ $json.value }}', quantity: '={{ $itemIndex + 1 }}' },
		{ input: items('a', 'b', 'c') },
	);
	expect(
		sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => [
			fields.custom_order_no,
			fields.number,
		]),
	).toEqual([
		['a', '1'],
		['b', '2'],
		['c', '3'],
	]);
	expect(result.json().map(({ topup_id }) => topup_id)).toEqual(
		bench.simulator.ledger.map(({ topup_id }) => topup_id),
	);
	expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([
		{ item: 0 },
		{ item: 1 },
		{ item: 2 },
	]);
});

describe('the activation date', () => {
	const arrived = () =>
		sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields.activation_date);
	const day = inDays(5).slice(0, 10);

	it.each([
		['with an offset', `${day}T10:00:00+02:00`, 'UTC', `${day} 08:00:00`],
		['in UTC', `${day}T10:00:00.000Z`, 'Asia/Tokyo', `${day} 10:00:00`],
		[
			'without an offset, in the time zone of the workflow',
			`${day}T10:00:00`,
			'Asia/Tokyo',
			`${day} 01:00:00`,
		],
		['with a space, as databases write it', `${day} 10:00:00`, 'UTC', `${day} 10:00:00`],
	])('is sent in UTC when it comes %s', async (_name, activationDate, timezone, sent) => {
		const result = await bench.run(
			'order',
			'create',
			{ ...order, activationDate },
			{ settings: { timezone } },
		);
		expect(result.error()).toBeUndefined();
		expect(arrived()).toEqual([sent]);
	});

	it("may be a date of n8n or JavaScript's own", async () => {
		const luxon = `={{ DateTime.fromISO('${day}T10:00:00', { zone: 'America/New_York' }).toUTC().set({ hour: 9 }).setZone('Asia/Tokyo') }}`;
		const date = `={{ new Date('${day}T10:00:00Z') }}`;
		for (const activationDate of [luxon, date])
			await bench.run('order', 'create', { ...order, activationDate });
		expect(arrived()).toEqual([`${day} 09:00:00`, `${day} 10:00:00`]);
	});

	it('may be now, also where the clock of MicroeSIM is a little ahead', async () => {
		const ahead = await openBench();
		await ahead.simulator.clock.advance(3000);
		const result = await ahead.run('order', 'create', { ...order, activationDate: '={{ $now }}' });
		expect(result.error()?.message).toBeUndefined();
		expect(ahead.simulator.ledger).toHaveLength(1);
	});

	it('may lie close to thirty days ahead', async () => {
		const result = await bench.run('order', 'create', { ...order, activationDate: inDays(29.99) });
		expect(result.error()).toBeUndefined();
		expect(bench.simulator.ledger).toHaveLength(1);
	});
});

it('shows the words and the code of a refusal, and says that nothing was bought by saying nothing else', async () => {
	bench.simulator.balance = 10;
	const error = seenError(await bench.run('order', 'create', order));
	expect(error.message).toContain('"Insufficient balance" (code 9429)');
	expect(error.message).toContain('[item 0]');
	expect(error.message).not.toContain('may have been bought');
	expect(error.description).toContain('Top up the account');
	expect(bench.simulator.ledger).toEqual([]);
});
