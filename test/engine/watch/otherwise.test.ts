import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import { startSimulator } from '../../../simulator';
import { useFastClock } from '../support/fastClock';
import { credentialOf } from '../support/microesim';
import { startProxy, type Proxy } from './proxy';
import { ALL, takeAway, useWatchDesk, Watch } from './support';

/** What MicroeSIM writes in other ways than before, and what it says wrongly. */

const { bench, onSale, watching } = useWatchDesk({ plans: 1200 });

let proxy: Proxy | undefined;
afterEach(async () => {
	await proxy?.stop();
	proxy = undefined;
});

/** A credential for a MicroeSIM whose answers are changed on the way. */
async function spoiled(
	change: Parameters<typeof startProxy>[1],
): Promise<ICredentialDataDecryptedObject> {
	proxy = await startProxy(bench.simulator.url, change);
	return { ...credentialOf(bench.simulator), baseUrl: proxy.url };
}

describe('what is the same tells nothing:', () => {
	it.each([
		['price', '5.00', '5.0'],
		['price', '5.00', 5],
		['price', '1000.00', '1,000.00'],
		['code', 'JP,KR', 'KR, JP'],
		['data', 'unlimited', 'Unlimited'],
		['validity_period', '180', '180 days'],
		['special_desc', '', 'null'],
		['day', 5, '5.0'],
	])('the %s %j and %j', async (field, one, other) => {
		const [plan] = onSale();
		Object.assign(plan!, { [field]: one });
		const watch = await watching();
		Object.assign(plan!, { [field]: other });
		expect(await watch.told(2)).toEqual([]);
	});

	it.each([
		['currency', '-'],
		['currency', 'a|b'],
		['channel_dataplan_id', '2024|0813-A'],
		['channel_dataplan_id', '2024\u00a00813'],
		['channel_dataplan_id', 'AB\ncd'],
		['channel_dataplan_name', 'Japan | 5GB\u0000\ud83d'],
		['channel_dataplan_name', '__proto__'],
		['channel_dataplan_name', ''],
	])('a %s %j, also after a restart', async (field, odd) => {
		Object.assign(onSale()[3]!, { [field]: odd });
		const watch = await watching();
		watch.restart();
		expect(await watch.told(2)).toEqual([]);
	});
});

it('a threshold that is raised above the balance is told at once', async () => {
	const watch = await watching({ events: ['balance_below', 'balance_above'] });
	watch.change({ threshold: 1500 });
	expect(await watch.poll()).toMatchObject([{ event: 'balance_below', threshold: 1500 }]);
	expect(await watch.poll()).toBeNull();
	watch.change({ threshold: 500 });
	expect(await watch.poll()).toMatchObject([{ event: 'balance_above', threshold: 500 }]);
});

it('another currency is no fall of the balance', async () => {
	let given = { balance: 1000, currency: 'HKD' };
	const credential = await spoiled((endpoint, result) => {
		if (endpoint === 'accountBalance') Object.assign(result, given);
	});
	const watch = new Watch(bench, { events: ['balance_below', 'balance_changed'], threshold: 500 });
	expect(await watch.poll({ credential, mode: 'publish' })).toBeNull();
	given = { balance: 128.2, currency: 'USD' };
	for (const look of [1, 2]) expect([look, await watch.poll({ credential })]).toEqual([look, null]);
});

it('a first look at an empty catalogue learns none', async () => {
	const giveBack = takeAway(bench.simulator, () => true);
	const watch = await watching();
	giveBack();
	expect(await watch.told(2)).toEqual([]);
	onSale()[0]!.price = '1.23';
	expect(await watch.told(2)).toHaveLength(1);
});

describe('a catalogue that is not what MicroeSIM says it is', () => {
	it.each<[string, Parameters<typeof startProxy>[1]]>([
		['one plan short', (_endpoint, result) => (result.total = Number(result.total) + 1)],
		['without any', (_endpoint, result) => (result.total = 0)],
		[
			'with a plan that is none',
			(_endpoint, result) => {
				if (result.pageNo === 1) (result.list as unknown[])[7] = null;
			},
		],
	])('is believed when two looks find the same: %s', async (_name, spoil) => {
		const credential = await spoiled((endpoint, result) => {
			if (endpoint === 'esimDataplanListPage') spoil(endpoint, result);
		});
		const watch = new Watch(bench, { events: ['plan_price'] });
		const told = [];
		for (let look = 0; look < 5; look++) {
			onSale()[0]!.price = `${look}.23`;
			told.push((await watch.poll({ credential }))?.length ?? 0);
		}
		expect(told).toEqual([0, 0, 1, 1, 1]);
	});

	it('is an error when it is another one three times', async () => {
		let total = 5000;
		const credential = await spoiled((endpoint, result) => {
			if (endpoint === 'esimDataplanListPage') result.total = total++;
		});
		const watch = new Watch(bench, { events: ['plan_price'] });
		for (const look of [1, 2])
			expect([look, await watch.poll({ credential })]).toEqual([look, null]);
		await expect(watch.poll({ credential })).rejects.toThrow(
			'was not complete in 3 looks in a row',
		);
	});

	it('ends where MicroeSIM says that its pages do, also where one comes empty', async () => {
		let isBroken = false;
		const credential = await spoiled((endpoint, result) => {
			if (endpoint !== 'esimDataplanListPage') return;
			delete result.total;
			if (isBroken && result.pageNo === 2) result.list = [];
		});
		const watch = new Watch(bench, { events: ALL });
		expect(await watch.poll({ credential, mode: 'publish' })).toBeNull();
		isBroken = true;
		expect(await watch.poll({ credential })).toBeNull();
		isBroken = false;
		for (const look of [1, 2])
			expect([look, await watch.poll({ credential })]).toEqual([look, null]);
	});
});

it('a plan is gone after two looks in a row, not where a good one lay between', async () => {
	const watch = await watching({
		events: ['plan_gone', 'plan_price'],
		options: { mostChanges: 20 },
	});
	const [, gap] = onSale();
	gap!.status = '0';
	expect(await watch.poll()).toBeNull();
	gap!.status = '1';
	const others = onSale().slice(5, 40);
	const prices = others.map(({ price }) => price);
	for (const plan of others) plan.price = '7.77';
	expect(await watch.poll()).toMatchObject([{ event: 'too_many_changes' }]);
	others.forEach((plan, index) => (plan.price = prices[index]!));
	gap!.status = '0';
	expect(await watch.poll()).toBeNull();
	expect(await watch.told(1)).toEqual([['plan_gone', gap!.channel_dataplan_id]]);
});

it('a test event costs one page', async () => {
	const watch = await watching({ events: ['plan_price'] });
	bench.simulator.requests.length = 0;
	expect(await watch.poll({ mode: 'manual' })).toHaveLength(1);
	expect(bench.simulator.requests).toHaveLength(1);
});

describe('a credential that is changed while it is looked', () => {
	useFastClock(10);

	it('tells nothing, and the next look begins anew', async () => {
		const other = await startSimulator({ plans: 40, seed: 3, balance: 10 });
		try {
			const { simulator } = bench;
			const credential = { ...credentialOf(simulator) };
			const watch = new Watch(bench, { events: ALL, threshold: 500 });
			expect(await watch.poll({ credential, mode: 'publish' })).toBeNull();
			// longer than n8n's answer for the credential is kept
			simulator.faults.next('accountBalance', { kind: 'slow', ms: 6000 });
			const looking = watch.poll({ credential });
			while (!simulator.requests.some(({ endpoint }) => endpoint === 'accountBalance'))
				await sleep(1);
			Object.assign(credential, credentialOf(other));
			expect(await looking).toBeNull();
			for (const look of [1, 2])
				expect([look, await watch.poll({ credential })]).toEqual([look, null]);
			other.balance = 900;
			expect(await watch.poll({ credential })).toMatchObject([
				{ event: 'balance_above' },
				{ event: 'balance_changed' },
			]);
		} finally {
			await other.stop();
		}
	});
});
