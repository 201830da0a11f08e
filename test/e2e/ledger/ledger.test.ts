import type { IDataObject } from 'n8n-workflow';

import type { Order } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { useFlows } from '../flows/support';
import { executionsOf, served, until } from '../harness';
import { atOnce, night as runNight, publishReceiver, publishShop } from './support';
import { Table, type Row } from './table';

const START = 10_000;
const bench = useFlows({ plans: 30, balance: START });
const { postbox } = bench;

let table: Table;
let shop: string;
/** It gives MicroeSIM no address to call back. */
let quietShop: string;
let receiver: string;

beforeAll(async () => {
	const { desk } = bench;
	table = new Table(desk.api);
	await desk.open('order-ledger', atOnce);
	receiver = await publishReceiver(desk);
	shop = await publishShop(desk, { delivery: { notifyUrl: receiver } });
	quietShop = await publishShop(desk);
	await served(receiver);
});

const plans = () =>
	bench.simulator.plans.filter(
		({ status, active_type }) => status === '1' && active_type === 'ACTIVEDBYDEVICE',
	);

/** Units of an order of the shop. */
const units = (...numbers: string[]): IDataObject[] =>
	numbers.map((custom_order_no, index) => {
		const { channel_dataplan_id, price, currency } = plans()[index]!;
		const line = {
			state: 'asked',
			shop: 'Travel',
			shop_order: '#1042',
			line: 'Japan',
			unit: index + 1,
		};
		return { ...line, custom_order_no, channel_dataplan_id, price, currency };
	});

const call = async (...items: IDataObject[]) => await bench.desk.call('Order ledger', ...items);
const send = async (path: string, ...items: IDataObject[]) => await bench.desk.post(path, ...items);

const rowIn = async (state: string, number: string) =>
	await until(
		async () => (await table.of(number)).find((row) => row.state === state),
		`${number} is ${state}`,
	);

/** What a flow calls the ledger with, for one order of one eSIM. */
const calls = (number: string) => {
	const [asked] = units(number);
	const order = { custom_order_no: number, topup_id: `T-${number}` };
	const { price, currency } = asked!;
	return {
		asked: asked!,
		bought: { ...order, number: 1, price, currency },
		pushed: { topup_id: order.topup_id, device_id: 'D', lpa_str: 'LPA:1$a$b', push: {} },
		delivered: { ...order, device_id: 'D', lpa_str: 'LPA:1$a$b', number: 1, price, currency },
		refused: { error: 'No', details: { outcome: 'not_bought', custom_order_no: number } },
		inDoubt: { error: 'Hm', details: { outcome: 'unknown', custom_order_no: number } },
		alert: { topup_id: order.topup_id, device_id: 'D', alert: 'data_used', alert_text: '80 %' },
	};
};

describe('the table', () => {
	it('makes itself, also when two flows call at the same moment', async () => {
		await Promise.all([call(...units('x1')), call(...units('x2'))]);
		expect(await table.rows()).toMatchObject([
			{ state: 'asked', shop: 'Travel', shop_order: '#1042', line: 'Japan', unit: '1' },
			{ state: 'asked' },
		]);
	});

	it('has one row for a number, however many calls come at the same moment', async () => {
		await Promise.all(Array.from({ length: 12 }, async () => await call(...units('x3'))));
		expect(await table.of('x3')).toHaveLength(1);
	});

	it('hands back what it got', async () => {
		const items = units('x4', 'x5');
		expect(await call(...items)).toEqual(items);
	});

	it('takes no item without an order, and says so', async () => {
		const rows = await table.rows();
		await expect(call({ shop: 'Travel' })).rejects.toThrow();
		await expect(call({ custom_order_no: 'x6', preview: true })).rejects.toThrow();
		expect(await table.rows()).toEqual(rows);
	});
});

describe('a row', () => {
	type Call = keyof ReturnType<typeof calls>;

	const sequences = permutations<Call>(['asked', 'bought', 'pushed']);
	it('comes to the same end, in whatever sequence its calls arrive', async () => {
		for (const [index, sequence] of sequences.entries()) {
			const number = `s${index}`;
			for (const name of [...sequence, 'asked'] as const) await call(calls(number)[name]);
			const rows = (await table.rows()).filter(({ topup_id }) => topup_id === `T-${number}`);
			expect([sequence, rows]).toMatchObject([
				sequence,
				[{ custom_order_no: number, device_id: 'D', state: 'delivered' }],
			]);
			expect(rows[0]!.price).toBe(Number(calls(number).asked.price));
		}
	});

	it.each<[Call[], string]>([
		[['asked', 'refused'], 'refused'],
		[['asked', 'inDoubt'], 'in doubt'],
		[['asked', 'refused', 'asked'], 'asked'],
		[['asked', 'inDoubt', 'asked', 'refused'], 'in doubt'],
		[['asked', 'bought', 'inDoubt', 'refused', 'asked'], 'bought'],
		[['asked', 'refused', 'bought'], 'bought'],
		[['inDoubt', 'delivered', 'bought', 'refused'], 'delivered'],
		[['delivered', 'alert'], 'delivered'],
	])('after %j is %s', async (sequence, state) => {
		const number = `o-${sequence.join('-')}`;
		for (const name of sequence) await call(calls(number)[name]);
		const rows = await table.of(number);
		expect(rows).toMatchObject([{ state }]);
		expect(rows[0]!.last_alert).toBe(sequence.includes('alert') ? '80 %' : null);
		expect(rows[0]!.note).toBe(
			{ refused: 'No', 'in doubt': 'Hm', bought: '', delivered: '', asked: '' }[state],
		);
	});
});

/** What stands in the ledger as paid, in cents: floating point would hide a cent, or make one up. */
const cents = (rows: Row[]): number =>
	rows
		.filter(({ state }) => state === 'bought' || state === 'delivered')
		.reduce((sum, { price }) => sum + Math.round((price ?? 0) * 100), 0);

const spent = () => Math.round((START - bench.simulator.balance) * 100);
const booked = (number: string) =>
	bench.simulator.ledger.filter(({ custom_order_no }) => custom_order_no === number);

/** Rows of the orders below; those above were bought by nobody. */
const ofShop = async () =>
	(await table.rows()).filter(({ custom_order_no }) => custom_order_no?.startsWith('shop'));

describe('orders of a shop', () => {
	it('are written down before they leave, after, and when MicroeSIM calls back', async () => {
		await send(shop, ...units('shop-1', 'shop-2', 'shop-3'));
		for (const number of ['shop-1', 'shop-2', 'shop-3']) {
			const [order] = booked(number);
			expect(await rowIn('delivered', number)).toMatchObject({
				topup_id: order!.topup_id,
				device_id: order!.esims[0]!.device_id,
				channel_dataplan_id: order!.channel_dataplan_id,
				asked_at: expect.any(String),
				bought_at: expect.any(String),
				delivered_at: expect.any(String),
			});
		}
		expect(cents(await ofShop())).toBe(spent());
	});

	it('are bought, and written down, once when the shop sends them twice at the same moment', async () => {
		const order = units('shop-4', 'shop-5');
		await Promise.all([send(shop, ...order), send(shop, ...order)]);
		await rowIn('delivered', 'shop-4');
		await rowIn('delivered', 'shop-5');
		expect(await table.of('shop-4')).toHaveLength(1);
		expect(await table.of('shop-5')).toHaveLength(1);
		expect(cents(await ofShop())).toBe(spent());
	});

	it('are told as refused, and bought when the shop sends them again', async () => {
		const fault = { kind: 'code', code: 7, msg: 'Insufficient balance' } as const;
		bench.simulator.faults.next('esimSubscribe', fault);
		await send(shop, ...units('shop-6'));
		const refused = await rowIn('refused', 'shop-6');
		expect(refused.note).toContain('Insufficient balance');
		await send(shop, ...units('shop-6'));
		expect(await rowIn('delivered', 'shop-6')).toMatchObject({ note: '' });
	});

	it('are in doubt where no clear answer came, whether they were booked or not', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await send(shop, ...units('shop-7'));
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutBefore' });
		await send(shop, ...units('shop-8'));
		for (const number of ['shop-7', 'shop-8'])
			expect((await rowIn('in doubt', number)).note).toContain('may have been bought');
		expect([booked('shop-7'), booked('shop-8')].map(({ length }) => length)).toEqual([1, 0]);
	});

	it('are asked for where n8n was killed on the way', async () => {
		const fault = { kind: 'slow', ms: 60_000, book: true } as const;
		bench.simulator.faults.next('esimSubscribe', fault);
		void send(quietShop, ...units('shop-9')).catch(() => {});
		await until(() => booked('shop-9').length === 1, 'the order is booked');
		await bench.n8n.restart('byForce');
		await served(receiver);
		expect(await table.of('shop-9')).toMatchObject([{ state: 'asked', topup_id: null }]);
	});

	it('are not bought where they cannot be written down before', async () => {
		await table.rename('line', 'row');
		await expect(send(shop, ...units('unwritten'))).rejects.toThrow();
		await table.rename('row', 'line');
		expect(booked('unwritten')).toEqual([]);
	});

	it('are bought where MicroeSIM does not call back', async () => {
		await send(quietShop, ...units('shop-10'));
		await rowIn('bought', 'shop-10');
	});
});

it('saves no execution that succeeds, so that the list of n8n stays that of the shop', async () => {
	const { desk } = bench;
	const executions = await executionsOf(desk.api, desk.idOf('Order ledger'));
	expect(executions.filter(({ status }) => status === 'success')).toEqual([]);
});

it('writes nothing, and says so, while another table has its name in its own', async () => {
	const remove = await table.addOther();
	await expect(call(...units('other-table'))).rejects.toThrow();
	await remove();
	expect(await table.of('other-table')).toEqual([]);
	await call(...units('other-table'));
	expect(await table.of('other-table')).toMatchObject([{ state: 'asked' }]);
});

describe('every night', () => {
	const night = async () => {
		postbox.mails.length = 0;
		expect(await runNight(bench.desk)).toBe('success');
	};
	let strange: Order;
	const mail = () => String(postbox.mails[0]?.text);

	beforeAll(async () => {
		for (const { id, custom_order_no } of await table.rows())
			if (custom_order_no && !custom_order_no.startsWith('shop'))
				await table.write(id, { state: 'elsewhere' });
		// one that nobody here asked for
		strange = orderOf(bench.simulator, await buy(bench.simulator));
		const { device_id, lpa_str } = strange.esims[0]!;
		await call({ topup_id: strange.topup_id, device_id, lpa_str });
	});

	it('asks MicroeSIM about what is open, and tells the owner what nobody but him can find out', async () => {
		await night();
		expect(await rowIn('delivered', 'shop-10')).toMatchObject({
			device_id: booked('shop-10')[0]!.esims[0]!.device_id,
		});
		expect(postbox.mails).toHaveLength(1);
		expect(postbox.mails[0]!.subject).toBe('5 open in the order ledger');
		for (const number of ['shop-7', 'shop-8', 'shop-9']) {
			expect(mail()).toContain(`Nobody knows whether number ${number} was bought.`);
			const [row] = await table.of(number);
			expect(row!.note).toContain(`Nobody knows whether number ${number} was bought.`);
		}
		const [{ topup_id }] = booked('shop-7') as [Order];
		expect(mail()).toContain(`Perhaps it is ${topup_id}`);
		expect(mail()).toContain(`Order ${topup_id} belongs to no row.`);
	});

	it('takes what the owner found out, and the ledger agrees with the balance to the cent', async () => {
		const elsewhere = (await table.rows()).find(({ topup_id }) => topup_id === strange.topup_id);
		await table.write(elsewhere!.id, { state: 'elsewhere' });
		for (const number of ['shop-7', 'shop-8', 'shop-9']) {
			const [row] = await table.of(number);
			const [order] = booked(number);
			const found = order ? { topup_id: order.topup_id } : { state: 'refused' };
			await table.write(row!.id, found);
		}
		await night();
		expect(postbox.mails.map(({ text }) => text)).toEqual([]);
		expect((await ofShop()).map(({ custom_order_no, state }) => [custom_order_no, state])).toEqual(
			Array.from({ length: 10 }, (_, index) => [
				`shop-${index + 1}`,
				index === 7 ? 'refused' : 'delivered',
			]),
		);
		const told = cents(await ofShop());
		const fell = spent() - Math.round(strange.cost * 100);
		process.stdout.write(`Ledger ${told / 100}, the balance fell by ${fell / 100}\n`);
		expect(told).toBe(fell);
	});

	it('says in two nights what was refused, also where n8n ended before the shop’s flow said so', async () => {
		await call(calls('late-1').asked);
		await call(calls('late-1').refused);
		await night();
		expect(postbox.mails.map(({ subject }) => subject)).toEqual(['1 open in the order ledger']);
		const told = /^Number late-1.* was refused, and nothing was bought: No Whoever paid/;
		expect(mail()).toMatch(told);
		await night();
		expect(mail()).toMatch(told);
		expect(mail().match(/was refused/g)).toHaveLength(1);
		const asked_at = new Date(Date.now() - 50 * 3_600_000).toISOString();
		await table.write((await rowIn('refused', 'late-1')).id, { asked_at });
		await night();
		expect(postbox.mails).toEqual([]);
		await call(calls('late-1').asked);
		expect(await table.of('late-1')).toMatchObject([{ state: 'asked' }]);
		await call({ ...calls('late-1').refused, error: 'Again' });
		await night();
		expect(mail()).toContain('nothing was bought: Again');
		await table.write((await rowIn('refused', 'late-1')).id, { asked_at });
	});

	it('says in three nights that nobody was mailed an eSIM that has been there for a day', async () => {
		const [forgotten, mailed, old] = await Promise.all(
			['shop-1', 'shop-2', 'shop-3'].map(async (number) => await rowIn('delivered', number)),
		);
		const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
		await table.write(forgotten!.id, { delivered_at: ago(2) });
		await table.write(mailed!.id, { delivered_at: ago(2), mailed_at: ago(2) });
		await table.write(old!.id, { delivered_at: ago(40) });
		await night();
		expect(postbox.mails.map(({ subject }) => subject)).toEqual(['1 open in the order ledger']);
		expect(mail()).toContain('Nobody was mailed the eSIM of order');
		expect(mail()).toContain('number shop-1,');
		expect(mail()).not.toContain('does not know the state');
		expect(await rowIn('delivered', 'shop-1')).toMatchObject({ price: forgotten!.price });
		await call({ topup_id: forgotten!.topup_id, device_id: forgotten!.device_id, mailed: true });
		expect((await rowIn('delivered', 'shop-1'))!.note).toBe('');
		await night();
		expect(postbox.mails).toEqual([]);
	});
});

it('works on a table made of the CSV, where n8n makes none', async () => {
	await table.replaceByCsv();
	const [asked] = units('csv-1');
	await call(asked!);
	await call(calls('csv-1').bought);
	await call(calls('csv-1').pushed);
	const rows = await table.rows();
	expect(rows).toMatchObject([{ custom_order_no: 'csv-1', state: 'delivered', shop: 'Travel' }]);
	expect(Number(rows[0]!.price)).toBe(Number(asked!.price));
});

function permutations<T>(list: T[]): T[][] {
	if (list.length < 2) return [list];
	return list.flatMap((first, index) =>
		permutations(list.filter((_, other) => other !== index)).map((rest) => [first, ...rest]),
	);
}
