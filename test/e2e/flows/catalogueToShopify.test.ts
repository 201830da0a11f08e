import Big from 'big.js';
import type { INode } from 'n8n-workflow';

import type { Plan } from '../../../simulator';
import { until } from '../harness';
import { SHOP, SHOP_CREDENTIAL, SHOP_HOST } from './fakes/shopify';
import { ShopifyProducts } from './fakes/shopifyProducts';
import type { Product } from './fakes/shopifyVariants';
import { filledIn, notFilledIn, type Values } from './fillIn';
import { useFlows } from './support';

/** The plans of MicroeSIM as products of a shop, night after night. */

const shop = new ShopifyProducts();
const flows = useFlows(
	{ plans: 0 },
	{
		sites: { [SHOP_HOST]: shop },
		credentials: { shopifyAccessTokenApi: SHOP_CREDENTIAL },
	},
);
const { postbox } = flows;

const FLOW = 'Catalogue to Shopify';

const idOf = (number: number) => `c0ffee00-0000-4000-8000-${String(number).padStart(12, '0')}`;

const plan = (
	number: number,
	code: string,
	day: number,
	data: string,
	price: string,
	more: Partial<Plan> = {},
): Plan => ({
	channel_dataplan_id: idOf(number),
	channel_dataplan_name: `${code}-${data}-${day}-${number}`,
	price,
	currency: 'HKD',
	status: '1',
	day,
	data,
	apn: 'internet',
	active_type: 'ACTIVEDBYDEVICE',
	code,
	networks: '',
	ip: 'HK',
	rule_desc: 'terminate',
	validity_period: '60',
	special_desc: '',
	...more,
});

const sell = (...plans: Plan[]) => flows.simulator.plans.splice(0, Infinity, ...plans);

const JAPAN = () => [
	plan(1, 'JP', 5, '3GB', '50.00'),
	plan(2, 'JP', 10, 'Daily2GB', '120.50'),
	plan(3, 'JP', 7, 'unlimited', '99.99'),
];
const THAILAND = () => [
	plan(4, 'TH', 1, '500MB', '20.00'),
	plan(5, 'TH', 15, 'Total10GB', '80.00'),
];

/** What the owner of the shop fills in. */
const FILLED = { shop_subdomain: SHOP, exchange_rate: '0.11', new_products: 'active' };

/** The tests run it by hand, also when they run at night. */
const byHand = (node: INode): INode => {
	const interval = [{ field: 'months', monthsInterval: 12 }];
	return node.name === 'Every Night' ? { ...node, parameters: { rule: { interval } } } : node;
};

const open = async (values: Values = {}) =>
	await flows.desk.open('catalogue-to-shopify', (node) =>
		filledIn({ ...FILLED, ...values })(byHand(node)),
	);

/** Fills something else in, which the editor keeps, without publishing it. */
async function draft(values: Values): Promise<void> {
	const { api } = flows.n8n;
	const path = `/workflows/${flows.desk.idOf(FLOW)}`;
	const was = await api.call<{ nodes: INode[]; activeVersionId: string }>('GET', path);
	const nodes = was.nodes.map(filledIn(values));
	const is = await api.call<Record<string, unknown>>('PATCH', path, { nodes });
	expect(is.activeVersionId).toBe(was.activeVersionId);
}

/** Sets it off as the editor's button does. @returns the number of its execution */
const start = async () => await flows.desk.start(FLOW, 'Every Night');

/** Runs it to its end. @returns how it ended */
const run = async () => await flows.desk.run(FLOW, 'Every Night');

/** Runs it again with nothing forgotten of the shop but what was asked before. */
async function runAgain(): Promise<string> {
	shop.calls.length = 0;
	postbox.mails.length = 0;
	return await run();
}

const titled = (title: string): Product => {
	const found = shop.products.filter((product) => product.title === title);
	expect(found).toHaveLength(1);
	return found[0]!;
};

const variantsOf = (title: string) =>
	titled(title).variants.map(({ sku, option1, price }) => [sku, option1, price]);

const said = (): string => {
	expect(postbox.mails).toHaveLength(1);
	return `${postbox.mails[0]!.subject}\n${postbox.mails[0]!.text}`;
};

/** A shop that the first run has filled. */
async function filledShop(values: Values = {}, plans = [...JAPAN(), ...THAILAND()]) {
	sell(...plans);
	await open(values);
	expect(await run()).toBe('success');
}

/** What was sent about the variants of the one product that was written. */
const written = (): unknown => {
	expect(shop.writes).toHaveLength(1);
	return (shop.writes[0]!.body as { product: { variants?: unknown } }).product.variants;
};

const nothingHappened = () => {
	expect(shop.writes).toEqual([]);
	expect(postbox.mails).toEqual([]);
};

/** What the owner reads where nothing was changed. */
const refused = async (): Promise<string> => {
	expect(await runAgain()).toBe('error');
	expect(shop.writes).toEqual([]);
	expect(said()).toContain('The products in your shop were not updated');
	expect(said()).toContain('Nothing was changed in the shop.');
	return said();
};

const STEPS: Record<string, [string, string]> = {
	cent: ['0.01', '0'],
	'.90': ['1', '0.90'],
	ten: ['10', '0'],
};

beforeEach(() => {
	flows.simulator.faults.clear();
	flows.simulator.onPage = undefined;
});

describe('the first run', () => {
	it('makes one product for each country, with a variant for each plan that can be sold', async () => {
		await filledShop({}, [
			...JAPAN(),
			...THAILAND(),
			plan(6, 'US', 5, '3GB', '10.00'),
			plan(7, 'JP', 5, '20GB', '10.00', { active_type: 'ACTIVEDBYORDER' }),
			plan(8, 'JP', 6, '20GB', '10.00', { special_desc: 'ekyc required esim' }),
			plan(9, 'JP', 8, '20GB', '10.00', { status: '0' }),
		]);
		expect(shop.products).toHaveLength(2);
		expect(variantsOf('eSIM Japan')).toEqual([
			[idOf(1), '5 days, 3 GB', '7.99'],
			[idOf(3), '7 days, unlimited', '14.99'],
			[idOf(2), '10 days, 2 GB per day', '17.99'],
		]);
		expect(variantsOf('eSIM Thailand')).toEqual([
			[idOf(4), '1 day, 500 MB', '2.99'],
			[idOf(5), '15 days, 10 GB', '11.99'],
		]);
		const { status, tags, options, variants } = titled('eSIM Japan');
		expect({ status, tags, options }).toEqual({
			status: 'active',
			tags: 'microesim-jp',
			options: [{ name: 'Plan' }],
		});
		expect(variants).toMatchObject(
			variants.map(() => ({ requires_shipping: false, inventory_management: null, taxable: true })),
		);
		expect(said()).toContain('5 new, 0 other prices, 0 taken out');
		expect(said()).toContain('eSIM Japan\n  new product, on sale\n  new: 5 days, 3 GB, 7.99');
	});

	it.each(['cent', '.90', 'ten'])(
		'reckons prices that end in %s to the cent, as Find Best does',
		async (round_up_to) => {
			const costs = Array.from({ length: 99 }, (_, index) => ((index * 7919 + 1) / 100).toFixed(2));
			const plans = costs.map((cost, index) => plan(index, 'JP', index + 1, '1GB', cost));
			const filled = { exchange_rate: '0.117342', margin_percent: '12.5', margin_fixed: '0.35' };
			await filledShop({ ...filled, countries: 'JP', round_up_to }, plans);
			const [step, ending] = STEPS[round_up_to]!;
			const expected = costs.map((cost) => {
				const asked = new Big(cost).times('0.117342').times('1.125').plus('0.35');
				const steps = asked.minus(ending).div(step).round(0, Big.roundUp);
				return (steps.lt(0) ? new Big(0) : steps).times(step).plus(ending).toFixed(2);
			});
			expect(titled('eSIM Japan').variants.map(({ price }) => price)).toEqual(expected);
		},
	);

	it('says it in the words of the owner, as drafts if he likes', async () => {
		const words = {
			countries: 'BA',
			language: 'en',
			title: 'Daten für {country}',
			description: '<b>{country}</b>',
			option: 'Tarif',
			text_days: '{days} Tage',
			text_one_day: 'Ein Tag',
			text_daily: 'täglich {data}',
			text_unlimited: 'ohne Grenze',
			new_products: 'draft',
			days: '1, 7',
			with_ekyc: true,
			leave_out: idOf(3),
		};
		await filledShop(words, [
			plan(1, 'BA', 1, 'Daily500MB', '10.00', { special_desc: 'eKYC' }),
			plan(2, 'HR,BA', 7, 'unlimited', '30.00'),
			plan(3, 'BA', 7, '1GB', '5.00'),
			plan(4, 'BA', 8, '1GB', '5.00'),
		]);
		const { title, body_html, status, options, variants } = shop.products[0]!;
		expect({ title, body_html, status, options }).toEqual({
			title: 'Daten für Bosnia & Herzegovina',
			body_html: '<b>Bosnia &amp; Herzegovina</b>',
			status: 'draft',
			options: [{ name: 'Tarif' }],
		});
		expect(variants.map(({ option1 }) => option1)).toEqual([
			'Ein Tag, täglich 500 MB',
			'7 Tage, ohne Grenze',
		]);
	});

	it('leaves out the dearer of plans that are alike, and what finds no room, and says so', async () => {
		const many = Array.from({ length: 104 }, (_, index) =>
			plan(100 + index, 'JP', 200 - index, '1GB', `${500 - index}.00`),
		);
		await filledShop({ countries: 'JP' }, [
			plan(2, 'JP', 5, '3GB', '60.00'),
			plan(1, 'JP', 5, 'Total3GB', '50.00'),
			plan(3, 'JP', 5, '3GB', '50.00'),
			...many,
		]);
		const skus = variantsOf('eSIM Japan').map(([sku]) => sku);
		expect(skus).toHaveLength(100);
		expect(skus.slice(0, 2)).toEqual([idOf(1), idOf(203)]);
		expect(skus).not.toContain(idOf(104));
		expect(said()).toContain('left out: JP-3GB-5-2: as JP-Total3GB-5-1, which costs no more');
		expect(said()).toContain('left out: 5 dearer plans');
	});
});

describe('each further run', () => {
	it('writes nothing and mails nothing where nothing has changed', async () => {
		await filledShop();
		expect(await runAgain()).toBe('success');
		expect(shop.calls.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
			'GET shop.json',
			'GET products.json',
		]);
		nothingHappened();
	});

	it('changes exactly the variant whose price has changed', async () => {
		await filledShop();
		const before = structuredClone(shop.products);
		flows.simulator.plans[2]!.price = '120.00';
		expect(await runAgain()).toBe('success');
		const [one, other, third] = before[0]!.variants.map(({ id }) => id);
		expect(written()).toEqual([{ id: one }, { id: other, price: '17.99' }, { id: third }]);
		before[0]!.variants[1]!.price = '17.99';
		expect(shop.products).toEqual(before);
		expect(said()).toContain('0 new, 1 other prices, 0 taken out');
		expect(said()).toContain('eSIM Japan\n  price: 7 days, unlimited, 14.99 → 17.99\n');
	});

	it('adds a new plan, takes out one that is gone, and puts it back when it returns', async () => {
		await filledShop();
		const [gone] = flows.simulator.plans.splice(1, 1, plan(11, 'TH', 30, '20GB', '200.00'));
		expect(await runAgain()).toBe('success');
		expect(variantsOf('eSIM Japan').map(([sku]) => sku)).toEqual([idOf(1), idOf(3)]);
		expect(variantsOf('eSIM Thailand').at(-1)).toEqual([idOf(11), '30 days, 20 GB', '28.99']);
		expect(said()).toContain('1 new, 0 other prices, 1 taken out');
		expect(said()).toContain('taken out: 10 days, 2 GB per day');
		expect(await runAgain()).toBe('success');
		nothingHappened();
		flows.simulator.plans.push(gone!);
		expect(await runAgain()).toBe('success');
		expect(variantsOf('eSIM Japan').at(-1)).toEqual([idOf(2), '10 days, 2 GB per day', '17.99']);
	});

	it('makes a product without any plan a draft, and puts it on sale again', async () => {
		await filledShop();
		titled('eSIM Thailand').tags = 'sale, microesim-th';
		const thailand = flows.simulator.plans.splice(3, 2);
		expect(await runAgain()).toBe('success');
		expect(titled('eSIM Thailand')).toMatchObject({
			status: 'draft',
			tags: 'sale, microesim-th, microesim-sold-out',
		});
		expect(said()).toContain('eSIM Thailand\n  taken out: 1 day, 500 MB\n');
		expect(said()).toContain('no plan is left');
		expect(await runAgain()).toBe('success');
		nothingHappened();
		flows.simulator.plans.push(thailand[0]!);
		expect(await runAgain()).toBe('success');
		expect(titled('eSIM Thailand')).toMatchObject({ status: 'active', tags: 'sale, microesim-th' });
		expect(variantsOf('eSIM Thailand')).toEqual([[idOf(4), '1 day, 500 MB', '2.99']]);
		expect(said()).toContain('eSIM Thailand\n  back on sale\n');
	});

	it('goes on past a draft whose plans are gone, and tells when there are plans again', async () => {
		await filledShop();
		titled('eSIM Thailand').status = 'draft';
		const thailand = flows.simulator.plans.splice(3, 2);
		thailand.push(plan(16, 'TH', 3, '1GB', '30.00'), plan(17, 'TH', 4, '1GB', '35.00'));
		const { variants } = titled('eSIM Thailand');
		for (const id of [16, 17, 18]) variants.push({ ...variants[0]!, id, sku: idOf(id) });
		flows.simulator.plans[0]!.price = '60.00';
		expect(await runAgain()).toBe('success');
		expect(variantsOf('eSIM Japan')[0]).toEqual([idOf(1), '5 days, 3 GB', '8.99']);
		expect(said()).toContain('0 new, 1 other prices, 0 taken out');
		expect(said()).toContain('eSIM Thailand\n  no plan is left. It is a draft already');
		expect(titled('eSIM Thailand').variants).toHaveLength(5);
		expect(await runAgain()).toBe('success');
		nothingHappened();

		// the advice where nothing at all is left: all products are drafts
		const japan = flows.simulator.plans.splice(0, 3);
		expect(await refused()).toContain('set the products to draft in Shopify');
		titled('eSIM Japan').status = 'draft';
		expect(await runAgain()).toBe('success');
		expect(said()).toContain('eSIM Japan\n  no plan is left');
		expect(await runAgain()).toBe('success');
		nothingHappened();
		sell(...japan);
		expect(await runAgain()).toBe('success');
		expect(said()).toContain(
			'eSIM Japan\n  there are plans again, and the product is a draft: set it',
		);
		expect(titled('eSIM Japan')).toMatchObject({ status: 'draft', tags: 'microesim-jp' });
		expect(await runAgain()).toBe('success');
		nothingHappened();
	});

	it('knows a SKU in capital letters, and writes it as MicroeSIM does', async () => {
		await filledShop();
		const before = structuredClone(shop.products);
		titled('eSIM Japan').variants[0]!.sku = idOf(1).toUpperCase();
		expect(await runAgain()).toBe('success');
		expect(shop.products).toEqual(before);
		expect(said()).toContain(`SKU: 5 days, 3 GB, ${idOf(1).toUpperCase()} → ${idOf(1)}`);
	});

	it('leaves alone what the owner wrote, added, drafted or archived', async () => {
		await filledShop();
		const japan = titled('eSIM Japan');
		const [first] = japan.variants;
		Object.assign(japan, { title: 'Japan!', body_html: '<p>Mine</p>', tags: 'asia, Microesim-JP' });
		japan.options[0]!.name = 'Size';
		japan.variants.push(
			{ ...first!, id: 42, sku: 'CABLE', option1: '9 days, 1 GB', price: '5.00' },
			{ ...first!, id: 43, option1: 'As a gift' },
		);
		titled('eSIM Thailand').status = 'archived';
		const before = structuredClone(shop.products);
		flows.simulator.plans.push(plan(15, 'JP', 9, '1GB', '40.00'));
		expect(await runAgain()).toBe('success');
		nothingHappened();
		japan.status = 'draft';
		flows.simulator.plans[0]!.price = '60.00';
		expect(await runAgain()).toBe('success');
		before[0]!.variants[0]!.price = before[0]!.variants[4]!.price = '8.99';
		expect(shop.products).toEqual([{ ...before[0], status: 'draft' }, before[1]]);
		expect(said()).toContain('left out: 9 days, 1 GB: a variant of yours has this name');
	});

	it('names a variant anew where its plan holds something else now', async () => {
		await filledShop();
		const before = structuredClone(shop.products);
		flows.simulator.plans[0]!.data = '2GB';
		expect(await runAgain()).toBe('success');
		before[0]!.variants[0]!.option1 = '5 days, 2 GB';
		expect(shop.products).toEqual(before);
		expect(said()).toContain('name: 5 days, 3 GB → 5 days, 2 GB');
	});

	it('sells the cheaper one of two that are alike, in the same variant', async () => {
		await filledShop();
		const [variant] = structuredClone(titled('eSIM Japan').variants);
		flows.simulator.plans.push(plan(12, 'JP', 5, 'Total3GB', '40.00'));
		expect(await runAgain()).toBe('success');
		expect(titled('eSIM Japan').variants).toHaveLength(3);
		expect(titled('eSIM Japan').variants[0]).toEqual({ ...variant, sku: idOf(12), price: '5.99' });
		expect(said()).toContain('price: 5 days, 3 GB, 7.99 → 5.99 (another plan)');
		// of two at the same price the one that is in the shop stays
		flows.simulator.plans.unshift(plan(0, 'JP', 5, '3GB', '40.00'));
		expect(await runAgain()).toBe('success');
		nothingHappened();
	});

	it('keeps up a product twice, or of a country that is not filled in any more, and says so', async () => {
		await filledShop();
		const [japan] = shop.products;
		shop.products.push({ ...structuredClone(japan!), id: 4711, title: 'Copy' });
		shop.products.at(-1)!.variants.forEach((variant) => (variant.id += 1_000_000));
		await open({ countries: 'JP' });
		flows.simulator.plans[0]!.price = '60.00';
		flows.simulator.plans[3]!.price = '25.00';
		expect(await runAgain()).toBe('success');
		expect(variantsOf('Copy')).toEqual(variantsOf('eSIM Japan'));
		expect(variantsOf('eSIM Japan')[0]).toEqual([idOf(1), '5 days, 3 GB', '8.99']);
		expect(variantsOf('eSIM Thailand')[0]).toEqual([idOf(4), '1 day, 500 MB', '3.99']);
		expect(said()).toContain('2 products have the tag microesim-jp');
		expect(said()).toContain('Thailand (TH) is not in Fill In');
	});

	it('finds its products on all pages of the shop', async () => {
		await filledShop();
		shop.largestPage = 2;
		const other = { ...structuredClone(shop.products[0]!), title: 'eSIM Japan', tags: '', id: 0 };
		for (let id = 1; id < 5; id++) shop.products.unshift({ ...other, id });
		expect(await runAgain()).toBe('success');
		expect(shop.calls.filter(({ path }) => path.endsWith('products.json'))).toHaveLength(3);
		nothingHappened();
	});
});

describe('when something fails', () => {
	it('changes nothing where what MicroeSIM shows does not add up', async () => {
		const second = () => flows.simulator.plans[1]!;
		const CASES: Array<[() => unknown, string]> = [
			[
				() => flows.simulator.faults.always('*', { kind: 'http', status: 503 }),
				'The plans could not be read: MicroeSIM answered',
			],
			[() => sell(), 'MicroeSIM shows no plan that fits for JP, TH'],
			[() => sell(JAPAN()[0]!, THAILAND()[0]!), '3 of 5 plans would be taken out of the shop'],
			[() => sell(JAPAN()[0]!, THAILAND()[0]!), 'If it is right, set it to 60, execute'],
			[
				() => {
					second().price = '';
					flows.simulator.plans[2]!.price = '0';
				},
				`no price for: JP-Daily2GB-10-2 (${idOf(2)}), JP-unlimited-7-3 (${idOf(3)}). Write`,
			],
			[
				() => (second().currency = 'USD'),
				'Fill In says plan_currency HKD, which is not that of: JP-Daily2GB-10-2',
			],
		];
		await filledShop();
		const before = structuredClone(shop.products);
		for (const [happen, words] of CASES) {
			sell(...JAPAN(), ...THAILAND());
			happen();
			expect(await refused()).toContain(words);
			expect(shop.products).toEqual(before);
			flows.simulator.faults.clear();
		}
	});

	it('writes no price that jumps, until it is let through', async () => {
		await filledShop();
		const before = structuredClone(shop.products);
		await open({ exchange_rate: '0.011' });
		expect(await refused()).toContain('5 of 5 prices would change by more than most_price_change');
		// the price of a draft holds up nothing
		titled('eSIM Thailand').status = 'draft';
		expect(await refused()).toContain('3 of 3 prices would change');
		titled('eSIM Thailand').status = 'active';
		expect(said()).toContain(
			`\n  eSIM Japan: 10 days, 2 GB per day, 17.99 → 1.99 (plan ${idOf(2)})\n`,
		);
		expect(said()).toContain('set most_price_change to 90, execute');
		await open();
		flows.simulator.plans[2]!.price = '999.90';
		flows.simulator.plans[3]!.price = '18.00';
		expect(await refused()).toContain('1 of 5 prices would change');
		expect(said()).toContain('eSIM Japan: 7 days, unlimited, 14.99 → 142.99');
		expect(shop.products).toEqual(before);
		const most_price_change = /set most_price_change to (\d+),/.exec(said())![1]!;
		await draft({ most_price_change });
		expect(await runAgain()).toBe('success');
		expect(said()).toContain('price: 7 days, unlimited, 14.99 → 142.99');
	});

	it('begins nothing where MicroeSIM fails at a further page', async () => {
		const others = Array.from({ length: 500 }, (_, index) =>
			plan(1000 + index, 'US', 5, '1GB', '1.00'),
		);
		sell(...JAPAN(), ...others, ...THAILAND());
		await open();
		flows.simulator.onPage = () => {
			flows.simulator.faults.always('*', { kind: 'http', status: 503 });
		};
		expect(await refused()).toContain('The plans could not be read');
		expect(shop.products).toEqual([]);
	});

	it('takes out no plan that moved while the pages were read', async () => {
		const others = Array.from({ length: 500 }, (_, index) =>
			plan(1000 + index, 'US', 5, '1GB', '1.00'),
		);
		await filledShop({}, [...others, ...JAPAN(), ...THAILAND()]);
		flows.simulator.plans[501]!.price = '130.00';
		flows.simulator.onPage = () => {
			flows.simulator.plans.shift();
			flows.simulator.onPage = undefined;
		};
		expect(await runAgain()).toBe('success');
		expect(said()).toContain('0 new, 1 other prices, 0 taken out');
		expect(variantsOf('eSIM Japan')).toHaveLength(3);
	});

	it('makes nothing twice where Shopify does not give all of its products', async () => {
		await filledShop();
		shop.largestPage = 1;
		for (let tries = 0; tries < 3; tries++) shop.fail({ asked: /page_info/, skip: 0 });
		expect(await refused()).toContain('"Read the Products" did not go through: 500 ');
		expect(shop.products).toHaveLength(2);
	});

	it('says what Shopify refuses', async () => {
		sell(...JAPAN());
		await open({ text_days: `{days} ${'very long '.repeat(30)}` });
		expect(await run()).toBe('error');
		expect(said()).toContain('0 new, 0 other prices, 0 taken out, 1 NOT WRITTEN');
		expect(said()).toContain(
			'eSIM Japan: 422 {"base":["Option1 must be from 1 to 255 characters"]}',
		);
	});

	it('waits where Shopify says that it is too fast', async () => {
		sell(...JAPAN(), ...THAILAND());
		await open();
		Object.assign(shop, { room: 3, perSecond: 0 });
		const id = await start();
		await until(() => shop.writes.length === 2);
		expect(shop.products).toHaveLength(1);
		shop.recover();
		expect(await flows.desk.ended(id)).toBe('success');
		expect(shop.products.map(({ title }) => title)).toEqual(['eSIM Japan', 'eSIM Thailand']);
		expect(said()).toContain('5 new, 0 other prices, 0 taken out\n');
	});

	it('writes the others where Shopify fails at one, and that one in the next run, each once', async () => {
		sell(
			...JAPAN(),
			...THAILAND(),
			plan(13, 'KR', 5, '1GB', '10.00'),
			plan(14, 'VN', 5, '1GB', '10.00'),
		);
		await open({ countries: 'JP, TH, KR, VN' });
		const asked = /^POST/;
		// the second is made all the same, which nobody hears of
		shop.fail({ asked, skip: 1, isDone: true });
		shop.fail({ asked, skip: 1 });
		expect(await run()).toBe('error');
		const [made, ...later] = ['eSIM Japan', 'eSIM Thailand', 'eSIM Vietnam', 'eSIM South Korea'];
		expect(shop.products.map(({ title }) => title)).toEqual([made, ...later.slice(0, 2)]);
		expect(said()).toContain('4 new, 0 other prices, 0 taken out, 2 NOT WRITTEN');
		expect(said()).toContain('  eSIM South Korea: 500 ');
		expect(await runAgain()).toBe('success');
		expect(shop.products.map(({ title }) => title)).toEqual([made, ...later]);
		expect(said()).toContain('1 new, 0 other prices, 0 taken out\n');
	});

	it('goes on after n8n was ended in the middle, without doubles', async () => {
		sell(...JAPAN(), ...THAILAND());
		await open();
		Object.assign(shop, { room: 3, perSecond: 0 });
		await start();
		await until(() => shop.writes.length === 2);
		await flows.n8n.restart('byForce');
		expect(shop.products).toHaveLength(1);
		shop.recover();
		expect(await runAgain()).toBe('success');
		expect(shop.products.map(({ title }) => title)).toEqual(['eSIM Japan', 'eSIM Thailand']);
		expect(said()).toContain('2 new, 0 other prices, 0 taken out');
	});

	it('can mail the summary later where the mail server was down, by retrying the execution', async () => {
		sell(...JAPAN(), ...THAILAND());
		await open();
		postbox.refused.add('owner@shop.example');
		const id = await start();
		expect(await flows.desk.ended(id)).toBe('error');
		postbox.refused.clear();
		shop.calls.length = 0;
		await flows.n8n.api.call('POST', `/executions/${id}/retry`, { loadWorkflow: false });
		await until(() => postbox.mails.length > 0);
		expect(said()).toContain('5 new, 0 other prices, 0 taken out');
		expect(shop.calls).toEqual([]);
	});
});

describe('what is filled in wrongly', () => {
	const WRONG: Array<[Values, string[]]> = [
		[
			{ exchange_rate: '', margin_percent: 'a lot', round_up_to: '.49', countries: ' , ' },
			['exchange_rate is ""', 'margin_percent is "a lot"', 'round_up_to is ".49"', 'is empty'],
		],
		[
			{ shop_subdomain: 'my shop', text_days: 'days', title: 'eSIM', days: 'all', language: '?' },
			[
				'shop_subdomain is "my shop"',
				'{days} must',
				'{country} must',
				'days is "all"',
				'language is "?"',
			],
		],
		[
			{ exchange_rate: '0', margin_percent: '-5', countries: 'JP, Thailand, QX, EU, UN, ZZ' },
			[
				'exchange_rate is "0"',
				'margin_percent is "-5"',
				...['THAILAND', 'QX', 'EU', 'UN', 'ZZ'].map((code) => `holds "${code}", which is no`),
			],
		],
		[{ exchange_rate: '0,11', plan_currency: 'EUR' }, ['is "0,11"', 'must be 1, because both']],
	];

	it('is said before anybody is asked', async () => {
		await filledShop();
		for (const [values, words] of WRONG) {
			await open(values);
			const told = await refused();
			for (const word of words) expect(told).toContain(word);
			expect(shop.calls).toEqual([]);
		}
	});

	it.each([
		[
			'another currency than that of the shop',
			{ shop_currency: 'USD' },
			'The shop sells in EUR, and Fill In says shop_currency USD',
		],
		['countries without plans', { countries: 'FJ' }, 'MicroeSIM shows no plan that fits for FJ'],
	])('is refused with %s', async (_what, values, words) => {
		sell(...JAPAN());
		await open(values);
		expect(await refused()).toContain(words);
	});

	it('takes nothing out where a country is mistyped, and says that it sells nothing', async () => {
		await filledShop();
		await open({ countries: 'JP, TH, TM' });
		expect(await runAgain()).toBe('success');
		expect(shop.writes).toEqual([]);
		expect(said()).toContain('eSIMs in your shop: nothing to sell for Turkmenistan (TM)\n');
		expect(said()).toContain(
			'Turkmenistan (TM): MicroeSIM sells no plan there that fits. The shop has',
		);
	});

	it('takes UK for the United Kingdom, and the address of the admin for the shop', async () => {
		const shop_subdomain = ` https://admin.shopify.com/store/${SHOP}/products `;
		await filledShop({ countries: 'uk', shop_subdomain }, [plan(1, 'GB', 5, '3GB', '50.00')]);
		expect(titled('eSIM United Kingdom').tags).toBe('microesim-gb');
	});

	it('is not filled in at all: nothing is done', async () => {
		await flows.desk.open('catalogue-to-shopify', (node) => notFilledIn(byHand(node)));
		expect(await runAgain()).toBe('error');
		expect(shop.calls).toEqual([]);
		expect(postbox.mails).toEqual([]);
	});
});
