import { sentTo } from '../support/look';
import { takeAway, useWatchDesk, Watch } from './support';

/** A week of looks at the account and the catalogue: exactly the runs that must start, and what they hold. */

const { bench, onSale, watching } = useWatchDesk({ plans: 1200 });
const busy = { kind: 'code', code: 500, msg: 'Busy' } as const;
const catalogue = () => bench.simulator.plans;

it('starts nothing at first, and nothing where nothing changes', async () => {
	const watch = await watching();
	for (const look of [1, 2]) expect([look, await watch.poll()]).toEqual([look, null]);
});

it('tells a dip of the balance once, and that it is over', async () => {
	const watch = await watching({ events: ['balance_below', 'balance_above'] });
	const seen = [];
	for (const balance of [600, 499.5, 300, 200, 500, 700, 450]) {
		bench.simulator.balance = balance;
		seen.push(await watch.poll());
	}
	const item = (event: string, balance: number, balance_before: number) => [
		{
			event,
			balance,
			balance_before,
			difference: balance - balance_before,
			currency: bench.simulator.currency,
			threshold: 500,
		},
	];
	expect(seen).toEqual([
		null,
		item('balance_below', 499.5, 600),
		null,
		null,
		item('balance_above', 500, 200),
		null,
		item('balance_below', 450, 700),
	]);
});

it('tells every change of the balance, by choice', async () => {
	const watch = await watching({ events: ['balance_changed'] });
	bench.simulator.balance = 900.1;
	expect(await watch.poll()).toMatchObject([{ event: 'balance_changed', difference: -99.9 }]);
	expect(await watch.poll()).toBeNull();
});

it('tells prices, names, what is new, gone and back, in one run', async () => {
	const watch = await watching();
	const [priced, renamed, other, sold] = onSale();
	const was = { price: Number(priced!.price), name: renamed!.channel_dataplan_name };
	priced!.price = (was.price * 1.1).toFixed(2);
	renamed!.channel_dataplan_name = 'Another name';
	other!.day += 1;
	sold!.status = '0';
	catalogue().push({ ...priced!, channel_dataplan_id: 'new-1', channel_dataplan_name: 'New' });
	const items = (await watch.poll())!;
	expect(items.map(({ event, channel_dataplan_id }) => [event, channel_dataplan_id])).toEqual([
		['plan_price', priced!.channel_dataplan_id],
		['plan_changed', renamed!.channel_dataplan_id],
		['plan_changed', other!.channel_dataplan_id],
		['new_plan', 'new-1'],
	]);
	expect(items[0]).toEqual({
		event: 'plan_price',
		channel_dataplan_id: priced!.channel_dataplan_id,
		channel_dataplan_name: priced!.channel_dataplan_name,
		name_before: priced!.channel_dataplan_name,
		price: Number(priced!.price),
		price_before: was.price,
		price_change_percent: expect.closeTo(10, 0) as number,
		currency: priced!.currency,
		currency_before: priced!.currency,
	});
	expect(items[1]).toMatchObject({ channel_dataplan_name: 'Another name', name_before: was.name });
	// It counts as gone when two looks agree.
	expect(await watch.poll()).toMatchObject([
		{ event: 'plan_gone', channel_dataplan_id: sold!.channel_dataplan_id, price: null },
	]);
	expect(await watch.poll()).toBeNull();
	sold!.status = '1';
	sold!.price = '9999.00';
	expect((await watch.poll())!.map(({ event }) => event)).toEqual(['plan_back', 'plan_price']);
	expect(await watch.poll()).toBeNull();
});

it('tells a change once where a look takes longer than the time to the next one', async () => {
	const watch = await watching();
	onSale()[0]!.price = '1.23';
	const both = await Promise.all([watch.poll(), watch.poll()]);
	expect(both.filter((items) => items !== null)).toMatchObject([[{ event: 'plan_price' }]]);
	onSale()[0]!.price = '2.34';
	expect(await watch.poll()).toMatchObject([{ price: 2.34 }]);
});

it('tells nothing of a plan that one look has missed', async () => {
	const watch = await watching();
	const [, , missed] = onSale();
	const giveBack = takeAway(bench.simulator, (plan) => plan === missed);
	expect(await watch.poll()).toBeNull();
	giveBack();
	expect(await watch.poll()).toBeNull();
});

describe('a catalogue that cannot be read', () => {
	it('changes nothing, and its error is told', async () => {
		const watch = await watching({ events: ['plan_gone', 'plan_price'] });
		const [priced] = onSale();
		priced!.price = '1.23';
		bench.simulator.faults.after('esimDataplanListPage', 2, busy, 5);
		await expect(watch.poll()).rejects.toThrow('Busy');
		bench.simulator.faults.clear();
		expect(await watch.poll()).toMatchObject([{ event: 'plan_price', price: 1.23 }]);
	});

	it('hides nothing of the balance, and the other way round', async () => {
		const watch = await watching();
		bench.simulator.faults.always('esimDataplanListPage', busy);
		bench.simulator.balance = 400;
		expect((await watch.poll())!.map(({ event }) => event)).toEqual([
			'balance_below',
			'balance_changed',
		]);
		bench.simulator.faults.clear();
		bench.simulator.faults.always('accountBalance', busy);
		onSale()[0]!.price = '1.23';
		expect((await watch.poll())!.map(({ event }) => event)).toEqual(['plan_price']);
		bench.simulator.faults.clear();
		expect(await watch.poll()).toBeNull();
	});

	it('changes nothing where plans move while it is read', async () => {
		const watch = await watching({ events: ['plan_gone', 'new_plan', 'plan_price'] });
		const giveBacks: Array<() => void> = [];
		const moved = onSale()[40]!;
		bench.simulator.onPage = (page) => {
			if (page === 1) giveBacks.push(takeAway(bench.simulator, (plan) => plan === moved));
		};
		for (const look of [1, 2]) {
			expect([look, await watch.poll()]).toEqual([look, null]);
			giveBacks.splice(0).forEach((giveBack) => giveBack());
		}
		bench.simulator.onPage = undefined;
		expect(await watch.poll()).toBeNull();
	});
});

describe('a storm', () => {
	it('of plans that vanish is one item, told once, and nothing is learnt of it', async () => {
		const watch = await watching();
		const giveBack = takeAway(bench.simulator, () => true);
		expect(await watch.poll()).toMatchObject([{ event: 'too_many_changes', plans_on_sale: 0 }]);
		for (const look of [2, 3]) expect([look, await watch.poll()]).toEqual([look, null]);
		giveBack();
		for (const look of [4, 5]) expect([look, await watch.poll()]).toEqual([look, null]);
		onSale()[0]!.price = '1.23';
		expect(await watch.poll()).toMatchObject([{ event: 'plan_price' }]);
	});

	it('of most plans is the same, whatever else changes, and also where they are few or nobody asks for them', async () => {
		const watch = await watching({
			events: ['plan_back', 'plan_price', 'new_plan'],
			options: { mostChanges: 20 },
		});
		const [priced] = onSale();
		const some = new Set(onSale().slice(1, 300));
		const giveBack = takeAway(bench.simulator, (plan) => some.has(plan));
		const told = [];
		for (const price of ['1.23', '1.24', '1.25', '1.26']) {
			priced!.price = price;
			told.push((await watch.poll())?.map(({ event }) => event));
		}
		expect(told).toEqual([['plan_price'], ['too_many_changes'], undefined, undefined]);
		giveBack();
		expect(await watch.told(2)).toEqual([['plan_price', priced!.channel_dataplan_id]]);
	});

	it('is told in full when the limit is raised', async () => {
		const watch = await watching({ events: ['plan_price'], options: { mostChanges: 10 } });
		const some = onSale().slice(0, 20);
		for (const plan of some) plan.price = '1.23';
		expect(await watch.poll()).toMatchObject([{ event: 'too_many_changes', plan_price: 20 }]);
		watch.change({ options: { mostChanges: 20 } });
		expect(await watch.poll()).toHaveLength(20);
		expect(await watch.poll()).toBeNull();
	});
});

describe('what is known', () => {
	it('outlives a restart and a new name of the node', async () => {
		const watch = await watching();
		watch.restart();
		expect(await watch.poll({ mode: 'publish', name: 'Renamed' })).toBeNull();
		const [first, second] = onSale();
		first!.price = '1.23';
		watch.restart();
		const again = await watch.poll({ mode: 'publish', name: 'Renamed again' });
		expect(again).toMatchObject([{ event: 'plan_price' }]);
		second!.price = '2.34';
		expect(await watch.poll()).toMatchObject([{ event: 'plan_price', price: 2.34 }]);
		watch.restart();
		expect(await watch.poll({ mode: 'publish' })).toBeNull();
	});

	it('is kept also where one run after another starts', async () => {
		const watch = await watching();
		const [first, second] = onSale();
		for (const [look, plan] of [first, second].entries()) {
			plan!.price = `${look}.23`;
			expect(await watch.poll()).toHaveLength(1);
		}
		watch.restart();
		expect(await watch.poll({ mode: 'publish' })).toBeNull();
	});

	it('is of this node alone', async () => {
		const watch = await watching();
		onSale()[0]!.price = '1.23';
		expect(await watch.poll({ id: 'watch-2' })).toBeNull();
		expect(await watch.poll()).toMatchObject([{ event: 'plan_price' }]);
	});

	it('is learnt anew with another account', async () => {
		const watch = await watching();
		const credential = {
			environment: 'custom',
			baseUrl: bench.simulator.url.replace('127.0.0.1', 'localhost'),
			account: bench.simulator.account,
			secret: bench.simulator.secret,
			salt: bench.simulator.salt,
			bodyFormat: 'multipart',
		};
		onSale()[0]!.price = '1.23';
		bench.simulator.balance = 1;
		expect(await watch.poll({ credential })).toBeNull();
	});

	it('is dropped where something has damaged it', async () => {
		const damages = [
			{ plans: 5 },
			{ plans: {} },
			{ plans: '{"v":2}' },
			{ balance: 'x' },
			{ balance: null },
		];
		for (const damage of damages) {
			const watch = await watching();
			watch.restartWith((kept) => Object.assign(kept, damage));
			for (const look of [1, 2])
				expect([damage, look, await watch.poll()]).toEqual([damage, look, null]);
		}
		const watch = await watching();
		watch.restartWith((kept) => (kept.plans = (kept.plans as string).slice(0, 2000)));
		for (const look of [1, 2]) expect([look, await watch.poll()]).toEqual([look, null]);
	});

	it('of nodes that nobody has seen for months is dropped', async () => {
		const watch = await watching();
		const alone = watch.kept.length;
		await watch.poll({ id: 'watch-2' });
		expect(watch.kept.length).toBeGreaterThan(1.5 * alone);
		watch.restartWith((kept) => (kept.at = Date.now() - 91 * 24 * 3600 * 1000));
		await watch.poll({ id: 'watch-2' });
		expect(watch.kept.length).toBeLessThan(1.5 * alone);
	});

	it('is learnt and not told where it is new to another filter', async () => {
		const watch = await watching({ watch: 'countries', countryCodes: 'JP' });
		const isIn = (code: string) => (plan: { code: string }) => plan.code.split(',').includes(code);
		const [japan] = onSale().filter(isIn('JP'));
		const [france] = onSale().filter((plan) => isIn('FR')(plan) && !isIn('JP')(plan));
		france!.price = '1.23';
		expect(await watch.poll()).toBeNull();
		japan!.price = '1.23';
		watch.change({ countryCodes: 'JP, FR' });
		expect(await watch.poll()).toMatchObject([
			{ event: 'plan_price', channel_dataplan_id: japan!.channel_dataplan_id },
		]);
		france!.price = '2.34';
		expect(await watch.poll()).toMatchObject([
			{ event: 'plan_price', channel_dataplan_id: france!.channel_dataplan_id },
		]);
		watch.change({ watch: 'ids', planIds: ` ${japan!.channel_dataplan_id}\nno-such-plan` });
		for (const look of [1, 2, 3]) expect([look, await watch.poll()]).toEqual([look, null]);
	});
});

it('shows a true example in the editor, and learns nothing of it', async () => {
	const watch = await watching();
	const kept = watch.kept;
	onSale()[0]!.price = '1.23';
	const items = (await watch.poll({ mode: 'manual' }))!;
	expect(items).toMatchObject([
		{ event: 'balance_above', balance: 1000 },
		{ event: 'new_plan', channel_dataplan_id: onSale()[0]!.channel_dataplan_id },
	]);
	expect(watch.kept).toBe(kept);
	expect(await watch.poll()).toMatchObject([{ event: 'plan_price' }]);
});

it.each([
	[{ events: ['balance_below'] }, ['accountBalance']],
	[{ events: ['plan_gone'] }, ['esimDataplanListPage']],
])('asks for what it needs: %j', async (parameters, endpoints) => {
	bench.simulator.requests.length = 0;
	await watching(parameters);
	expect([...new Set(bench.simulator.requests.map(({ endpoint }) => endpoint))]).toEqual(endpoints);
	const pages = sentTo(bench.simulator, 'esimDataplanListPage');
	expect(pages.length).toBeLessThanOrEqual(Math.ceil(catalogue().length / 500) + 1);
});

it.each([
	[{ events: [] }, 'The field "Trigger On" is empty'],
	[{ events: ['never'] }, '"Trigger On" holds "never"'],
	[{ events: ['balance_below'], threshold: '={{ "low" }}' }, '"Balance Threshold" must be'],
	[{ events: ['plan_gone'], watch: 'ids' }, 'The field "Plan IDs" is empty'],
	[
		{ events: ['plan_gone'], watch: 'countries', countryCodes: '={{ [{}] }}' },
		'"Country Codes" must be text',
	],
	[{ events: ['plan_gone'], options: { mostChanges: 0 } }, '"Most Changes at Once" must be'],
])('refuses %j before anything is sent', async (parameters, message) => {
	bench.simulator.requests.length = 0;
	await expect(new Watch(bench, parameters as never).poll()).rejects.toThrow(message);
	expect(bench.simulator.requests).toEqual([]);
});
