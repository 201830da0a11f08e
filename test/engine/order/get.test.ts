import type { ProcessingShape, SimulatorOptions } from '../../../simulator';
import { needsField } from '../harness/olderN8n';
import { items, seenError } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBenches } from '../support/useBench';

const openBench = useBenches();

/** A bench with one order of `quantity` eSIMs, booked at 2024-08-16 14:00:08 in China. */
async function booked(quantity: number, options: SimulatorOptions = {}) {
	const clock = { mode: 'manual', startAt: Date.UTC(2024, 7, 16, 6, 0, 8) } as const;
	const bench = await openBench({ clock, ...options });
	const created = await bench.run('order', 'create', {
		planId: planById(SAMPLE_PLAN),
		customOrderNo: '1',
		quantity,
	});
	const [order] = bench.simulator.ledger;
	if (!order) throw new Error(created.error()?.message ?? 'nothing was booked');
	const get = async (parameters = {}) =>
		await bench.run('order', 'get', { topupId: order.topup_id, ...parameters });
	return { bench, order, created, get };
}

const head = {
	channel_dataplan_id: SAMPLE_PLAN,
	channel_dataplan_name: 'Global 66-Total1GB-7-A0-test',
	create_time: '2024-08-16T14:00:08+08:00',
	type: 'esim',
};

const NO_CODE = {
	sm_dp_address: null,
	matching_id: null,
	sm_dp_oid: null,
	confirmation_code_required: null,
};
const nothing = {
	device_id: null,
	lpa_str: null,
	qrcode: null,
	ios_esim_install_link: null,
	android_esim_install_link: null,
	msisdn: null,
	cf_code: null,
	operator_iccid: null,
	...NO_CODE,
};

describe('an order that is ready', () => {
	it.each<[string, SimulatorOptions]>([
		['as the document writes it', {}],
		['with numbers as text', { answerNumbersAs: 'strings' }],
		['with every number bare, IDs of 24 digits included', { answerNumbersAs: 'numbers' }],
	])('is one item per eSIM, %s', async (_name, options) => {
		const { order, get, created } = await booked(2, options);
		const result = await get();
		expect(created.json()[0]?.topup_id).toBe(order.topup_id);
		expect(result.json()).toEqual(
			order.esims.map((esim) => ({
				...head,
				topup_id: order.topup_id,
				number: 2,
				success_number: 2,
				delivered: true,
				esims_open: 0,
				device_id: esim.device_id,
				lpa_str: esim.lpa_str,
				qrcode: esim.qrcode,
				ios_esim_install_link: esim.ios_esim_install_link,
				android_esim_install_link: esim.android_esim_install_link,
				msisdn: esim.msisdn,
				cf_code: esim.cf_code,
				operator_iccid: null,
				sm_dp_address: esim.lpa_str.split('$')[1],
				matching_id: esim.lpa_str.split('$')[2],
				sm_dp_oid: null,
				confirmation_code_required: false,
			})),
		);
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expect(order.topup_id).toHaveLength(24);
	});

	it('is one item with its eSIMs as a list, when asked', async () => {
		const { order, get } = await booked(3);
		const [item, ...others] = (await get({ output: 'perOrder' })).json();
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			...head,
			topup_id: order.topup_id,
			number: 3,
			delivered: true,
			esims_open: 0,
		});
		expect((item?.esims as Array<{ lpa_str: string }>).map(({ lpa_str }) => lpa_str)).toEqual(
			order.esims.map(({ lpa_str }) => lpa_str),
		);
		expect(item).not.toHaveProperty('lpa_str');
		expect(item).not.toHaveProperty('device_ids');
	});

	it('is what MicroeSIM sent when Simplify is off', async () => {
		const { order, get } = await booked(2);
		expect((await get({ simplify: false })).json()).toEqual([
			{
				topup_id: order.topup_id,
				number: 2,
				channel_dataplan_id: SAMPLE_PLAN,
				channel_dataplan_name: 'Global 66-Total1GB-7-A0-test',
				success_number: 2,
				create_time: 'Fri Aug 16 14:00:08 CST 2024',
				type: 'esim',
				device_ids: order.esims.map((esim) => esim.device_id),
				lpa_str: order.esims.map((esim) => esim.lpa_str),
				qrcode: order.esims.map((esim) => esim.qrcode),
				ios_esim_install_link: order.esims.map((esim) => esim.ios_esim_install_link),
				android_esim_install_link: order.esims.map((esim) => esim.android_esim_install_link),
				msisdn: order.esims.map((esim) => esim.msisdn),
				cf_code: order.esims.map((esim) => esim.cf_code),
			},
		]);
	});

	it('keeps every digit of a bare number when Simplify is off', async () => {
		const { order, get } = await booked(1, { answerNumbersAs: 'numbers' });
		expect((await get({ simplify: false })).json()[0]?.topup_id).toBe(order.topup_id);
	});

	it('may hold scalars where lists belong, and more fields than the document names', async () => {
		const { bench, get } = await booked(1, { readyAs: 'scalars' });
		await bench.run('order', 'create', { planId: planById(SAMPLE_PLAN), customOrderNo: '2' });
		const [first, second] = bench.simulator.ledger;
		expect((await get()).json()[0]).toMatchObject({
			lpa_str: first?.esims[0]?.lpa_str,
			delivered: true,
		});
		const [item] = (await get({ topupId: second?.topup_id })).json();
		expect(item).toMatchObject({
			lpa_str: second?.esims[0]?.lpa_str,
			operator_iccid: second?.esims[0]?.operator_iccid,
			status: 'Success',
			apn: 'vmobile.jp',
			delivered: true,
		});
	});

	it('is asked for once per item', async () => {
		const { bench, order } = await booked(1);
		const parameters = { topupId: '={{ $json.value }}' };
		const result = await bench.run('order', 'get', parameters, {
			input: items(order.topup_id, order.topup_id),
		});
		expect(result.items().map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

describe('an order that is still being made', () => {
	const slow = { deliveryMs: 600_000 };

	it.each<[ProcessingShape, Record<string, unknown>]>([
		['msg', {}],
		['status', { status: 'Processing' }],
		['emptyLists', {}],
		['emptyStrings', {}],
		['scalars', {}],
	])('is a normal answer that is not delivered (%s)', async (processingShape, extra) => {
		const { order, get } = await booked(2, { ...slow, processingShape });
		const common = {
			...head,
			...extra,
			topup_id: order.topup_id,
			number: 2,
			success_number: 0,
			delivered: false,
			esims_open: 2,
		};
		expect((await get()).json()).toEqual([{ ...common, ...nothing }]);
		expect((await get({ output: 'perOrder' })).json()).toEqual([{ ...common, esims: [] }]);
	});

	it('shows the eSIMs that are there, and how many are open', async () => {
		const { order, get } = await booked(3, { ...slow, processingShape: 'partial' });
		const result = await get();
		expect(
			result.json().map(({ device_id, lpa_str, delivered, esims_open }) => ({
				device_id,
				lpa_str,
				delivered,
				esims_open,
			})),
		).toEqual(
			[0, 1, 2].map((i) => ({
				device_id: order.esims[i]?.device_id,
				lpa_str: i < 2 ? order.esims[i]?.lpa_str : null,
				delivered: false,
				esims_open: 1,
			})),
		);
	});

	it('late orders keep their ID with Simplify off', async () => {
		const { bench, order, get } = await booked(1, slow);
		const shapes: unknown[] = [];
		for (let n = 0; n < 6; n++) {
			bench.simulator.faults.next('topupDetail', {
				kind: 'code',
				code: 1,
				msg: 'Processing',
				result: n % 2 ? { status: 'Processing' } : 'Processing',
			});
			const result = await get({ simplify: false });
			shapes.push(result.error()?.message ?? result.json());
		}
		for (const shape of shapes) expect(JSON.stringify(shape)).toContain(order.topup_id);
	});

	it('may not be known yet, which is an error with advice', async () => {
		const { get } = await booked(1, { ...slow, processingShape: 'notFound' });
		const error = seenError(await get());
		expect(error.message).toContain('"No results were found" (code 9404)');
		expect(error.description).toContain('may not be known yet');
	});
});

describe('answers of other shapes', () => {
	const answer = async (result: unknown) => {
		const { get, bench, order } = await booked(1);
		bench.simulator.faults.next('topupDetail', { kind: 'code', code: 1, msg: 'Success', result });
		return { json: (await get()).json(), topupId: order.topup_id };
	};

	it('lists of unequal lengths lose nothing', async () => {
		const { json } = await answer({
			number: 3,
			device_ids: ['1', '2', '3'],
			lpa_str: ['LPA:1$a.b$X'],
			cf_code: ['', '', '', '0042'],
		});
		expect(
			json.map(({ device_id, lpa_str, cf_code, delivered }) => [
				device_id,
				lpa_str,
				cf_code,
				delivered,
			]),
		).toEqual([
			['1', 'LPA:1$a.b$X', null, false],
			['2', null, null, false],
			['3', null, null, false],
			[null, null, '0042', false],
		]);
	});

	it('an activation code that does not fit the grammar is kept as it came', async () => {
		const { json } = await answer({ number: 1, lpa_str: ['https://carrier.example/esim/1'] });
		expect(json[0]).toMatchObject({
			lpa_str: 'https://carrier.example/esim/1',
			...NO_CODE,
			delivered: true,
		});
	});

	it('an answer without a result still names the order', async () => {
		const { json, topupId } = await answer(undefined);
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({ topup_id: topupId });
	});
});

it.each([
	['', '"Order ID" is empty'],
	['={{ 202308161431187762753800 }}', 'holds a number too long to be exact'],
	['={{ undefined }}', '"Order ID" is empty'],
])('refuses the order ID %j', async (topupId, message) => {
	const { bench } = await booked(1);
	bench.forgetRequests();
	const run = bench.run('order', 'get', { topupId });
	if (topupId === '') await expect(run).rejects.toThrow(needsField('Order ID'));
	else expect(seenError(await run).message).toContain(message);
	expect(bench.simulator.requests).toEqual([]);
});
