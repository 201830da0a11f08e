import type { IDataObject, INode } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Plan } from '../../../simulator';
import { publish, readExample, until } from '../harness';
import { Table } from '../ledger/table';
import { SHOP, SHOP_CREDENTIAL, SHOP_HOST } from './fakes/shopify';
import { ShopifyProducts } from './fakes/shopifyProducts';
import type { Product, Variant } from './fakes/shopifyVariants';
import { filledIn, notFilledIn } from './fillIn';
import { hurried, looked, retryFailed, runsOf } from './looking';
import { activated, useFlows } from './support';

/** From the catalogue to the owner's mailbox and his table. */

const shop = new ShopifyProducts();
const flows = useFlows(
	{ plans: 60 },
	{
		sites: { [SHOP_HOST]: shop },
		credentials: { shopifyAccessTokenApi: SHOP_CREDENTIAL },
	},
);
const { postbox } = flows;
const NAME = 'Catalogue watch';
const TABLE = 'MicroeSIM plan changes';
const PRODUCTS = 'Products of the Shop';

let published: string | undefined;
let table: Table;
let before: number;

/** Publishes the flow, which learns the plans as they are. */
async function watch(edit: (node: INode) => INode = (node) => node): Promise<void> {
	await flows.desk.open('catalogue-watch', (node) => edit(hurried(node)));
	await begin(flows.desk.idOf(NAME));
}

async function begin(id: string): Promise<void> {
	published = id;
	table = new Table(flows.n8n.api, TABLE);
	before = (await table.rows()).length;
	await look();
}

afterEach(async () => {
	flows.simulator.faults.clear();
	if (published) await flows.n8n.api.call('POST', `/workflows/${published}/deactivate`, {});
	published = undefined;
});

/** What a person does who has a shop at Shopify. */
const withShop = (node: INode): INode =>
	filledIn({ shop_subdomain: SHOP })(activated(PRODUCTS)(node));

const look = async (times = 1) => await looked(flows.simulator, 'esimDataplanListPage', times);
/** Looks, and waits until the run that it starts has ended. A plan is gone when two looks agree. */
async function lookAndRun(times?: number): Promise<void> {
	await look(times);
	await runs();
}

const onSale = (): Plan[] => flows.simulator.plans.filter(({ status }) => status === '1');
const idOf = (plan: Plan) => plan.channel_dataplan_id;

/** A price that is so many times as high, as MicroeSIM writes it. */
const raised = ({ price }: Plan, factor: number) => (Number(price) * factor).toFixed(2);

/** How each run ended, oldest first. */
const runs = async () => await runsOf(flows.n8n.api, published!);

const subjects = () => postbox.mails.map(({ subject }) => subject);
const lastText = () => String(postbox.mails.at(-1)?.text);

/** What was written since the flow was published, without its times. */
async function written(...columns: string[]): Promise<unknown[][]> {
	const rows: IDataObject[] = await table.rows();
	return rows.slice(before).map((row) => columns.map((column) => row[column]));
}

/** On the shelf of the shop. @param variants title and SKU of each */
const onShelf = (id: number, title: string, variants: Array<[string, string | null]>) =>
	({
		id,
		title,
		status: 'active',
		variants: variants.map(([name, sku]) => ({ title: name, sku }) as unknown as Variant),
	}) as Product;

/** A shop of three pages, in which the last product sells the plan. */
function stock(plan: Plan): void {
	for (let id = 1; id <= 600; id++)
		shop.products.push(
			onShelf(7_000_000_000_000 + id, `Charger ${id}`, [['Default Title', `charger-${id}`]]),
		);
	const sells: [string, string] = ['5 days', ` ${idOf(plan).toUpperCase()} `];
	shop.products.push(onShelf(42, 'eSIM <Japan>', [['3 days', null], sells]));
}

it('tells of a week of the catalogue, each change once, and writes it down', async () => {
	await watch(withShop);
	const { simulator, n8n } = flows;
	const [up, down, sold, renamed, longer, later, unsold] = onSale() as [
		Plan,
		Plan,
		Plan,
		Plan,
		Plan,
		Plan,
		Plan,
	];
	const was = {
		up: up.price,
		down: down.price,
		later: later.price,
		name: renamed.channel_dataplan_name,
	};
	stock(sold);
	await look(2);
	expect(await runs()).toEqual([]);

	up.price = raised(up, 1.1);
	down.price = raised(down, 0.9);
	await lookAndRun();
	expect(subjects()).toEqual(['MicroeSIM plans: price up 1, price down 1']);
	for (const [plan, price] of [
		[up, was.up],
		[down, was.down],
	] as const)
		expect(lastText()).toContain(
			`- ${plan.channel_dataplan_name}: ${price} → ${plan.price} ${plan.currency} (`,
		);
	expect(shop.calls).toEqual([]);

	sold.status = '0';
	await lookAndRun(2);
	expect(subjects().slice(1)).toEqual(['MicroeSIM plans: gone 1']);
	expect(lastText()).toContain(
		`- ${sold.channel_dataplan_name}, last for ${sold.price} ${sold.currency}\n  ${idOf(sold)}\n` +
			`  Your shop sells it: eSIM <Japan>, 5 days (active), https://${SHOP_HOST}/admin/products/42\n`,
	);
	expect(shop.calls).toHaveLength(3);

	// n8n is down while a price changes; the plan that is gone was told
	const restarted = n8n.restart();
	await sleep(200);
	later.price = raised(later, 1.2);
	await restarted;
	await lookAndRun();
	expect(subjects().slice(2)).toEqual(['MicroeSIM plans: price up 1']);
	expect(lastText()).toContain(`${was.later} → ${later.price} ${later.currency} (+`);

	sold.status = '1';
	sold.price = raised(sold, 2);
	await lookAndRun();
	expect(subjects().slice(3)).toEqual(['MicroeSIM plans: price up 1, back 1']);

	renamed.channel_dataplan_name = 'Another name';
	longer.day += 1;
	const anew = { ...up, channel_dataplan_id: 'new-1', channel_dataplan_name: 'A new one' };
	simulator.plans.push(anew);
	await lookAndRun();
	expect(subjects().slice(4)).toEqual(['MicroeSIM plans: new 1, renamed 1, changed 1']);
	expect(lastText()).toContain(`- ${was.name} → Another name\n`);
	expect(lastText()).toContain(`- ${longer.channel_dataplan_name}\n`);
	expect(lastText()).toContain(`- A new one, ${anew.price} ${anew.currency}\n  new-1\n`);

	unsold.status = '0';
	await look(2);
	expect(await runs()).toEqual(Array.from({ length: 6 }, () => 'success'));
	expect(subjects().slice(5)).toEqual(['MicroeSIM plans: gone 1']);
	expect(lastText()).toContain(`${idOf(unsold)}\n  No product of your shop sells it.`);

	const name = (plan: Plan) => plan.channel_dataplan_name;
	const facts = ['what', 'channel_dataplan_id', 'channel_dataplan_name', 'price_before', 'price'];
	const soldFor = Number(sold.price) / 2;
	expect(await written(...facts)).toEqual([
		['price up', idOf(up), name(up), Number(was.up), Number(up.price)],
		['price down', idOf(down), name(down), Number(was.down), Number(down.price)],
		['gone', idOf(sold), name(sold), soldFor, null],
		['price up', idOf(later), name(later), Number(was.later), Number(later.price)],
		['back', idOf(sold), name(sold), soldFor, Number(sold.price)],
		['price up', idOf(sold), name(sold), soldFor, Number(sold.price)],
		['renamed', idOf(renamed), 'Another name', Number(renamed.price), Number(renamed.price)],
		['changed', idOf(longer), name(longer), Number(longer.price), Number(longer.price)],
		['new', 'new-1', 'A new one', null, Number(anew.price)],
		['gone', idOf(unsold), name(unsold), Number(unsold.price), null],
	]);
	const others = await written('change_percent', 'currency', 'name_before', 'seen_at');
	expect(others.map(([percent]) => percent).filter((percent) => percent !== null)).toEqual([
		expect.closeTo(10, 0),
		expect.closeTo(-10, 0),
		expect.closeTo(20, 0),
		expect.closeTo(100, 0),
	]);
	expect(new Set(others.map(([, currency]) => currency))).toEqual(new Set([up.currency]));
	expect(others[6]![2]).toBe(was.name);
	for (const [, , , seenAt] of others)
		expect(Date.now() - Date.parse(seenAt as string)).toBeLessThan(3_600_000);
});

describe('what fails beside it', () => {
	it.each([
		['does not answer', 503, { errors: 'Service unavailable' }, 'Service unavailable'],
		['answers with something else', 200, { shop: 'closed' }, 'it answered with something else'],
	])(
		'is Shopify, which %s: the mail goes all the same, and says so',
		async (_name, status, body, why) => {
			await watch(withShop);
			const [gone] = onSale();
			for (let tries = 0; tries < 3; tries++) shop.failNext(status, body);
			gone!.status = '0';
			await look(2);
			expect(await runs()).toEqual(['success']);
			expect(subjects()).toEqual(['MicroeSIM plans: gone 1']);
			expect(lastText()).toContain(gone!.channel_dataplan_name);
			expect(lastText()).toContain(`could not be looked up in Shopify: ${why}\n`);
			expect(lastText()).not.toContain('No product');
		},
	);

	it('is Shopify on its second page: it is asked again from the beginning', async () => {
		await watch(withShop);
		const [gone] = onSale();
		stock(gone!);
		const { answer } = shop;
		let asked = 0;
		jest.spyOn(shop, 'answer').mockImplementation((call) => {
			if (++asked === 2) shop.failNext(429, { errors: 'Exceeded 2 calls per second' });
			return answer.call(shop, call);
		});
		gone!.status = '0';
		await look(2);
		expect(await runs()).toEqual(['success']);
		jest.restoreAllMocks();
		expect(asked).toBe(5);
		expect(lastText().match(/Your shop sells it/g)).toHaveLength(1);
	});

	it('is the table: the mail says so', async () => {
		await watch();
		await table.rename('what', 'whatever');
		const [priced] = onSale();
		priced!.price = raised(priced!, 1.5);
		await lookAndRun();
		await table.rename('whatever', 'what');
		expect(await runs()).toEqual(['success']);
		expect(subjects()).toEqual(['MicroeSIM plans: price up 1']);
		expect(lastText()).toContain('1 of 1 rows could not be written');
		expect(await written('what')).toEqual([]);
	});

	it('is the mail server: the run fails, and a retry of it mails it, and writes nothing again', async () => {
		await watch();
		postbox.refused.add('owner@shop.example');
		const [priced] = onSale();
		priced!.price = raised(priced!, 1.5);
		await lookAndRun();
		// the second looks whether a look has failed
		expect(await runs()).toEqual(['error', 'success']);
		postbox.refused.clear();
		await retryFailed(flows.n8n.api, published!);
		expect(subjects()).toEqual(['MicroeSIM plans: price up 1']);
		expect(lastText()).toContain('These are rows in n8n');
		expect(await written('what')).toEqual([['price up']]);
	});
});

it('mails once that looks fail, and tells afterwards what has changed meanwhile', async () => {
	await watch();
	const [priced] = onSale();
	flows.simulator.faults.always('*', { kind: 'http', status: 503 });
	await until(() => postbox.mails.length > 0, 'a mail');
	priced!.price = raised(priced!, 1.5);
	await look(4);
	flows.simulator.faults.clear();
	await until(() => postbox.mails.length > 1, 'the change');
	expect(subjects()).toEqual([
		'MicroeSIM plans could not be looked at',
		'MicroeSIM plans: price up 1',
	]);
	expect(postbox.mails[0]!.text).toMatch(/could not be looked at:\n\nMicroeSIM/);
	expect(await written('what')).toEqual([['price up']]);
});

describe('an owner without Shopify', () => {
	it('publishes it as it is, and nobody is asked', async () => {
		await watch();
		const [gone] = onSale();
		gone!.status = '0';
		await look(2);
		expect(await runs()).toEqual(['success']);
		expect(subjects()).toEqual(['MicroeSIM plans: gone 1']);
		expect(lastText()).not.toMatch(/shop|Shopify/i);
		expect(shop.calls).toEqual([]);
	});

	it('may delete what has to do with it, and the table', async () => {
		const { desk, n8n } = flows;
		const example = readExample('catalogue-watch', desk.credentials);
		const deleted = ['The Table', 'Write Them Down', 'Is Gone', PRODUCTS, 'Who Sells Them'];
		const isLeft = (name: string) => !deleted.includes(name);
		const nodes = example.nodes.filter(({ name }) => isLeft(name)).map(hurried);
		const connections = Object.fromEntries(
			Object.entries(example.connections)
				.filter(([from]) => isLeft(from))
				.map(([from, { main = [] }]) => {
					const ends = main.map((to) => (to ?? []).filter(({ node }) => isLeft(node)));
					return [from, { main: ends }];
				}),
		);
		await begin(await publish(n8n.api, NAME, nodes.map(filledIn()), connections));
		const [gone] = onSale();
		gone!.status = '0';
		await look(2);
		expect(await runs()).toEqual(['success']);
		expect(lastText()).toContain(gone!.channel_dataplan_name);
		expect(lastText()).not.toMatch(/could not|These are rows/);
	});
});

it('says so once where too much changes, which may be an outage', async () => {
	await watch((node) =>
		node.name === 'Plans Changed'
			? { ...node, parameters: { ...node.parameters, options: { mostChanges: 5 } } }
			: node,
	);
	const some = onSale().slice(0, 6);
	for (const plan of some) plan.price = raised(plan, 1.5);
	await look(2);
	expect(await runs()).toEqual(['success']);
	expect(subjects()).toEqual(['MicroeSIM plans: too many changes 1']);
	expect(lastText()).toContain(`6 changes, ${onSale().length} plans on sale.`);
	expect(lastText()).toContain('Most Changes at Once');
});

describe('executed by hand', () => {
	/** Looks at the plans as they are. @returns how the run ended */
	async function tested(edit?: (node: INode) => INode): Promise<string> {
		await flows.desk.open('catalogue-watch', edit && ((node) => edit(hurried(node))));
		published = flows.desk.idOf(NAME);
		return await flows.desk.run(NAME, 'Plans Changed');
	}

	it('tells a test, and asks nobody where there is no shop', async () => {
		table = new Table(flows.n8n.api, TABLE);
		before = (await table.rows()).length;
		expect(await tested()).toBe('success');
		expect(subjects()).toEqual(['Test: MicroeSIM plans: new 1']);
		expect(lastText()).toMatch(/^This is a test\./);
		expect(lastText()).not.toMatch(/shop|Shopify/i);
		expect(await written('what')).toEqual([['test: new']]);
		expect(shop.calls).toEqual([]);
	});

	it('asks Shopify, also where the shop is named by the address of its admin', async () => {
		stock(onSale()[0]!);
		const shop_subdomain = ` https://admin.shopify.com/store/${SHOP}/products `;
		const ofShop = filledIn({ shop_subdomain });
		expect(await tested((node) => ofShop(activated(PRODUCTS)(node)))).toBe('success');
		expect(lastText()).toContain('Shopify was asked: 601 products.\n');
		expect(lastText()).toContain(
			`  Your shop sells it: eSIM <Japan>, 5 days (active), https://${SHOP_HOST}/admin/products/42\n`,
		);
	});

	it('says what is wrong with the token or the name of the shop', async () => {
		const errors = '[API] Invalid API key or access token';
		for (let tries = 0; tries < 3; tries++) shop.failNext(401, { errors });
		expect(await tested(withShop)).toBe('success');
		expect(lastText()).toContain(`sell it could not be looked up in Shopify: ${errors}`);
		shop.calls.length = 0;
		const misnamed = filledIn({ shop_subdomain: 'admin.shopify.com' });
		expect(await tested((node) => misnamed(withShop(node)))).toBe('success');
		expect(lastText()).toContain(
			'Shopify: shop_subdomain of Fill In is "admin.shopify.com". Write',
		);
		expect(shop.calls).toEqual([]);
	});

	it('does nothing while "Fill In" is not filled in', async () => {
		expect(await tested(notFilledIn)).toBe('error');
		expect(postbox.mails).toEqual([]);
	});
});
