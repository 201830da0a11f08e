import type { IDataObject } from 'n8n-workflow';

import { sentTo } from '../../engine/support/look';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { useFlows } from '../flows/support';
import { atOnce, night as runNight } from './support';
import { Table, type Row } from './table';

/** What flows, people and MicroeSIM do to the ledger that they should not. */

const flows = useFlows({ plans: 30 });
const { postbox } = flows;
let table: Table;

beforeAll(async () => {
	table = new Table(flows.n8n.api);
	await flows.desk.open('order-ledger', atOnce);
});

const call = async (...items: IDataObject[]) => await flows.desk.call('Order ledger', ...items);
const code = { lpa_str: 'LPA:1$smdp.example.com$A' };

const asked = (number: string, more: IDataObject = {}) => ({
	state: 'asked',
	custom_order_no: number,
	shop: 'Travel',
	buyer: 'buyer@shop.example',
	price: 5.25,
	currency: 'HKD',
	...more,
});
const failed = (number: string, outcome: string, more: IDataObject = {}) => ({
	...asked(number),
	error: 'No',
	details: { outcome, custom_order_no: number, ...more },
});

let count = 0;
const fresh = () => `n${++count}`;

/** What stands in the ledger of a number or an order ID. */
async function of(key: string): Promise<Row[]> {
	return (await table.rows()).filter((row) => row.custom_order_no === key || row.topup_id === key);
}

describe('a number that is asked for again before it is known what came of it', () => {
	it('is in doubt, whatever the second try says that was not sent', async () => {
		const n = fresh();
		await call(asked(n));
		await call(asked(n));
		await call(failed(n, 'not_sent'));
		expect(await of(n)).toMatchObject([{ state: 'in doubt' }]);
		await call({ custom_order_no: n, topup_id: `T${n}`, number: 1, price: 5 });
		expect(await of(n)).toMatchObject([{ state: 'bought', price: 5, note: '' }]);
	});

	it('is bought where the error says that it was, with its order ID', async () => {
		const n = fresh();
		await call(asked(n));
		await call(failed(n, 'bought', { topup_id: `T${n}` }));
		expect(await of(n)).toMatchObject([{ state: 'bought', topup_id: `T${n}`, price: 5.25 }]);
	});

	it('is in doubt after an error that nobody knows', async () => {
		const n = fresh();
		await call(asked(n));
		await call({ custom_order_no: n, error: 'The service timed out' });
		expect(await of(n)).toMatchObject([{ state: 'in doubt', note: 'The service timed out' }]);
	});
});

it('a second order of one number has a row of its own', async () => {
	const n = fresh();
	await call(asked(n));
	await call({ custom_order_no: n, topup_id: `T1${n}`, number: 1, price: 5 });
	await call({ custom_order_no: n, topup_id: `T2${n}`, number: 1, price: 7 });
	expect(await of(n)).toMatchObject([
		{ topup_id: `T1${n}`, price: 5, state: 'bought' },
		{ topup_id: `T2${n}`, price: 7, state: 'bought' },
	]);
});

describe('calls that race without a row', () => {
	it.each([
		['asked', 'bought', 'pushed'],
		['delivered', 'pushed'],
		['asked', 'delivered'],
		['bought', 'pushed', 'delivered', 'asked'],
	])('%j', async (...names) => {
		for (let time = 0; time < 8; time++) {
			const n = fresh();
			const order = { custom_order_no: n, topup_id: `T${n}`, number: 1, price: 6 };
			const pushed = { topup_id: `T${n}`, device_id: `D${n}`, ...code };
			const all: Record<string, IDataObject> = {
				asked: asked(n),
				bought: order,
				pushed,
				delivered: { ...order, ...pushed },
			};
			await Promise.all(names.map(async (name) => await call(all[name!]!)));
			// what a call a moment later finds is mended by it
			await call(all[names.includes('delivered') ? 'delivered' : 'bought']!);
			expect(await of(`T${n}`)).toMatchObject([
				{ custom_order_no: n, device_id: `D${n}`, state: 'delivered', price: 6 },
			]);
			expect(await of(n)).toHaveLength(1);
		}
	});
});

describe('what an item carries from an earlier order', () => {
	const old = { topup_id: 'TOLD', device_id: 'DOLD', lpa_str: 'LPA:1$old$old' };

	it.each([old, { ...old, alert: 'data_used', alert_text: '80 %' }])(
		'is not taken for the one that is asked for: %j',
		async (before) => {
			const n = fresh();
			await call({ ...before, ...asked(n) });
			expect(await of(n)).toMatchObject([{ state: 'asked', topup_id: null, device_id: null }]);
			// n8n lays the item from before the order under its error
			await call({ ...before, ...failed(n, 'not_bought') });
			expect(await of(n)).toMatchObject([{ state: 'refused', topup_id: null }]);
			expect(await of('TOLD')).toEqual([]);
		},
	);
});

describe('delivered', () => {
	it.each<IDataObject>([
		{ device_id: 'D', lpa_str: null },
		{ device_id: 'D', ...code, delivered: false },
		{ device_id: 'D', ...code, esims_open: 1 },
		{ device_id: null },
	])('is not %j', async (half) => {
		const n = fresh();
		await call(asked(n));
		await call({ topup_id: `T${n}`, device_id: null });
		await call({ custom_order_no: n, topup_id: `T${n}`, ...half });
		expect(await of(`T${n}`)).toMatchObject([{ custom_order_no: n, state: 'bought' }]);
	});
});

describe('a price', () => {
	it('may be nothing, and is not multiplied by what a shop calls its number', async () => {
		const [free, numbered] = [fresh(), fresh()];
		await call(asked(free), asked(numbered, { number: 1042 }));
		await call({ custom_order_no: free, topup_id: `T${free}`, number: 1, price: 0 });
		expect(await of(free)).toMatchObject([{ price: 0 }]);
		expect(await of(numbered)).toMatchObject([{ price: 5.25 }]);
	});

	it('that is no number is refused before the order, with all of its call', async () => {
		const [good, bad] = [fresh(), fresh()];
		await expect(call(asked(good), asked(bad, { price: '5,25' }))).rejects.toThrow();
		expect([...(await of(good)), ...(await of(bad))]).toEqual([]);
	});
});

it('an alert changes nothing but the last alert', async () => {
	const n = fresh();
	const order = { custom_order_no: n, topup_id: `T${n}`, device_id: 'D', ...code, price: 3 };
	await call(asked(n));
	await call(order);
	const [before] = await of(n);
	const more = { price: 99, currency: 'EUR', buyer: 'x', shop: 'Other', state: 'delivered' };
	await call({ ...order, ...more, alert: 'expired', alert_text: 'It has expired.' });
	const [{ updatedAt, ...after }] = (await of(n)) as [Row];
	expect({ ...after, updatedAt: before!.updatedAt }).toEqual({
		...before,
		last_alert: 'It has expired.',
	});
	expect(updatedAt).not.toBe(before!.updatedAt);
});

it('a number is the same however its accents and spaces are typed', async () => {
	const n = `Ä ${fresh()}`;
	await call(asked(`  ${n.normalize('NFD')}\u00a0`));
	await call({ custom_order_no: n, topup_id: `T${n}`, number: 1 });
	expect(await of(n)).toMatchObject([{ state: 'bought' }]);
});

it('a number that is a number stays what it is', async () => {
	await call(asked('', { custom_order_no: 820982911946154500 }));
	await call({ custom_order_no: '820982911946154500', topup_id: 'T8', number: 1 });
	expect(await of('820982911946154500')).toMatchObject([{ state: 'bought', topup_id: 'T8' }]);
});

it('is not begun with a table that has lost a column', async () => {
	const n = fresh();
	await table.rename('bought_at', 'bought');
	await expect(call(asked(n))).rejects.toThrow();
	await table.rename('bought', 'bought_at');
	expect(await of(n)).toEqual([]);
});

describe('the night', () => {
	const night = async () => {
		postbox.mails.length = 0;
		return await runNight(flows.desk);
	};
	const mail = () => String(postbox.mails[0]?.text);
	const asks = () => sentTo(flows.simulator, 'topupDetail').length;

	beforeEach(async () => {
		for (const { id } of await table.rows()) await table.write(id, { state: 'elsewhere' });
	});

	it('is one mail, with all that is open, also where MicroeSIM shows nothing', async () => {
		const [unknown, gone, odd] = [fresh(), fresh(), fresh()];
		await call(asked(unknown), asked(gone), asked(odd));
		await call({ custom_order_no: gone, topup_id: '202611290000000000000001', number: 1 });
		await table.write((await of(odd))[0]!.id, { state: ' Refused' });
		await call({ topup_id: '202611290000000000000002' });
		const before = asks();
		expect(await night()).toBe('success');
		// of the two that have an order ID
		expect(asks() - before).toBe(2);
		expect(postbox.mails).toHaveLength(1);
		expect(postbox.mails[0]!.subject).toBe('4 open in the order ledger');
		expect(mail()).toContain(`Nobody knows whether number ${unknown} was bought.`);
		expect(mail()).toContain('MicroeSIM did not show order 202611290000000000000001');
		expect(mail()).toContain('The ledger does not know the state " Refused"');
		expect(mail()).toContain('Order 202611290000000000000002 belongs to no row.');
		expect(mail()).not.toMatch(/undefined|null|\[object/);
		expect((await of(unknown))[0]!.note).toContain('Nobody knows');
	});

	it('notes it in the rows also where the mail cannot be sent', async () => {
		const n = fresh();
		await call(asked(n));
		postbox.refused.add('owner@shop.example');
		expect(await night()).toBe('error');
		expect((await of(n))[0]!.note).toContain('Nobody knows');
	});

	it.each([
		['told by pushes, of which one never comes', true],
		['told by Create, its error first', false],
	])(
		'closes an order of several eSIMs when all are there, and it is paid once (%s)',
		async (_how, byPush) => {
			const n = fresh();
			const order = orderOf(flows.simulator, await buy(flows.simulator, { number: '3' }));
			const { topup_id } = order;
			const all = order.esims.map(({ device_id, lpa_str }) => ({ topup_id, device_id, lpa_str }));
			await call(asked(n));
			if (byPush) {
				await call({ custom_order_no: n, topup_id, number: 3, price: 5 });
				await call(all[1]!);
				await call(all[2]!);
			} else {
				await call(failed(n, 'bought', { topup_id }));
				for (const esim of all) await call({ ...esim, custom_order_no: n, number: 3, price: 5 });
				await call(all[0]!);
			}
			const paid = async () => (await of(n)).reduce((sum, { price }) => sum + (price ?? 0), 0);
			expect([await paid(), (await of(n))[0]!.state]).toEqual([15, 'bought']);
			await night();
			expect(postbox.mails).toEqual([]);
			const rows = await of(n);
			expect(rows.map(({ state }) => state)).toEqual(['delivered', 'delivered', 'delivered']);
			expect(rows.map(({ device_id }) => device_id).sort()).toEqual(
				all.map(({ device_id }) => device_id).sort(),
			);
			expect(await paid()).toBe(15);
		},
	);

	it('takes the order ID of another row for none', async () => {
		const [one, other] = [fresh(), fresh()];
		const order = orderOf(flows.simulator, await buy(flows.simulator, {}));
		const { topup_id } = order;
		await call(asked(one), asked(other));
		await call({ custom_order_no: one, topup_id, number: 1, price: 5 });
		await call({ topup_id, ...order.esims[0]!, ...code });
		await table.write((await of(other))[0]!.id, { topup_id: ` ${topup_id} ` });
		await night();
		expect(await of(one)).toMatchObject([{ state: 'delivered', topup_id }]);
		expect(mail()).toContain(`Order ${topup_id} is that of number ${one}`);
		expect(await of(other)).toMatchObject([{ state: 'asked', device_id: null }]);
	});

	it('takes an order of another plan for none, and sums what is found before it is delivered', async () => {
		const [wrong, late] = [fresh(), fresh()];
		const order = orderOf(flows.simulator, await buy(flows.simulator, {}));
		const { channel_dataplan_id } = order;
		await call(
			asked(wrong, { channel_dataplan_id: 'another plan' }),
			asked(late, { channel_dataplan_id }),
		);
		await table.write((await of(wrong))[0]!.id, { topup_id: order.topup_id });
		flows.simulator.faults.always('topupDetail', { kind: 'code', code: 1, msg: 'Processing' });
		const second = orderOf(flows.simulator, await buy(flows.simulator, {}));
		await table.write((await of(late))[0]!.id, { topup_id: second.topup_id });
		await night();
		expect(await of(late)).toMatchObject([{ state: 'bought' }]);
		expect(mail()).toContain(
			`Order ${second.topup_id} of number ${late} is paid and not delivered.`,
		);
		flows.simulator.faults.clear();
		await night();
		expect(await of(late)).toMatchObject([{ state: 'delivered' }]);
		expect(await of(wrong)).toMatchObject([{ state: 'bought', device_id: null }]);
		expect(mail()).toContain(`which is not what number ${wrong} asked for`);
	});
});

it('two asks at the same moment are in doubt, also over a refused one', async () => {
	for (let time = 0; time < 6; time++) {
		const [first, again] = [fresh(), fresh()];
		await call(asked(again));
		await call(failed(again, 'not_bought'));
		for (const n of [first, again]) {
			await Promise.all([call(asked(n)), call(asked(n))]);
			await call(failed(n, 'not_sent'));
			expect(await of(n)).toMatchObject([{ state: 'in doubt' }]);
		}
	}
});

it('what is elsewhere stays there, whatever comes late', async () => {
	const n = fresh();
	await call(asked(n));
	await table.write((await of(n))[0]!.id, { state: 'elsewhere' });
	for (const late of [asked(n), failed(n, 'not_sent'), failed(n, 'unknown')]) await call(late);
	expect(await of(n)).toMatchObject([{ state: 'elsewhere' }]);
});

it('writes the paid ones behind an order also where one of the call is wrong, and says so', async () => {
	const n = fresh();
	await call(asked(n));
	const order = { custom_order_no: n, topup_id: `T${n}`, number: 1, price: 5 };
	await expect(call(order, { error: 'No number' })).rejects.toThrow();
	expect(await of(n)).toMatchObject([{ state: 'bought', topup_id: `T${n}` }]);
});

it('a delivered row is delivered again after a person has written another state into it', async () => {
	const n = fresh();
	const order = { custom_order_no: n, topup_id: `T${n}`, device_id: 'D', ...code };
	await call(asked(n));
	await call(order);
	await table.write((await of(n))[0]!.id, { state: 'in doubt' });
	await call(order);
	expect(await of(n)).toMatchObject([{ state: 'delivered' }]);
});

it('the night as it comes looks at nothing younger than an hour', async () => {
	await call(asked(fresh()));
	await flows.desk.open('order-ledger');
	expect(await runNight(flows.desk)).toBe('success');
	expect(postbox.mails).toEqual([]);
});
