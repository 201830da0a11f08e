import type { IDataObject } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { Plan } from '../../../simulator';
import { look } from '../../engine/support/picture';
import { buy, call } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { AS_USERS_HAVE_IT, served, until } from '../harness';
import { Table } from '../ledger/table';
import { ChatWindow } from './chatWindow';
import { OPENAI_CREDENTIAL, OPENAI_HOST, OpenAi, textOf } from './fakes/openai';
import type { ResponsesRequest } from './fakes/openaiRequest';
import { filledIn } from './fillIn';
import { formOf, READ_TOOLS } from './readTools';
import { useFlows } from './support';

/** What a shop's people read in the chat, and what MicroeSIM is sent, whatever a model wants. */

const openai = new OpenAi();
const flows = useFlows(
	{ plans: 200, deliveryMs: 1500 },
	{
		sites: { [OPENAI_HOST]: openai },
		credentials: { openAiApi: OPENAI_CREDENTIAL },
		// the page of the chat is one of the editor's files
		env: AS_USERS_HAVE_IT,
	},
);
const { postbox } = flows;
let url: string;
let table: Table;

beforeAll(async () => {
	const { desk } = flows;
	const delivered = desk.addresses('esim-delivered')['eSIM Delivered']!;
	await desk.open('order-ledger');
	await desk.open('esim-mail');
	await desk.open('esim-delivered');
	await served(delivered);
	const addresses = await desk.open('esim-assistant', filledIn({ notify_url: delivered }));
	url = addresses.Chat!;
	await served(`${url}/chat`);
	table = new Table(flows.n8n.api);
});

const windows: ChatWindow[] = [];
afterEach(() => windows.splice(0).forEach((window) => window.close()));

function open(at = url): ChatWindow {
	const window = new ChatWindow(at, flows.n8n.api);
	windows.push(window);
	return window;
}

/** What stands in *Fill In*. */
const LIMIT = 100;

const priceOf = (plan: Plan): number => Number(plan.price);

/** Plans that may be bought, each for a talk of its own. */
const affordable = (index: number): Plan =>
	flows.simulator.plans.filter(
		(plan) =>
			plan.status === '1' && plan.active_type === 'ACTIVEDBYDEVICE' && priceOf(plan) < LIMIT,
	)[index]!;

/** What MicroeSIM is sent for a number of the shop. */
const numberOf = (number: string) => `chatx${number.toUpperCase()}`;

const bought = (number: string) =>
	flows.simulator.ledger.filter(({ custom_order_no }) => custom_order_no === numberOf(number));

const wish = (plan: Plan, number: string, more: IDataObject = {}) => ({
	name: 'Ask_to_Buy',
	args: { plan_id: plan.channel_dataplan_id, order_number: number, ...more },
});

/** What the model got after a person's message; at least once. */
const requestsAfter = (message: string) =>
	openai.requestsAfter(message) as [ResponsesRequest, ...ResponsesRequest[]];

const read = <Result = IDataObject>(result: string | undefined): Result[] =>
	JSON.parse(result!) as Result[];

/** A person says that he wants a plan, and the model wants to buy it. @returns the window */
async function wantFor(plan: Plan, number: string, more: IDataObject = {}, chat = open()) {
	const message = `Buy ${plan.channel_dataplan_name} for ${number}. (${Math.random()})`;
	openai.parts[message] = [[wish(plan, number, more)], 'Please decide.'];
	expect(await chat.say(message)).toBe('Please decide.');
	return chat;
}

/** The same. @returns the window when the card is there */
async function askFor(plan: Plan, number: string, more: IDataObject = {}) {
	const chat = await wantFor(plan, number, more);
	return { chat, card: await chat.card() };
}

/** Waits for mails to an address. */
const mailsTo = async (address: string) =>
	await until(() => {
		const mails = postbox.to(address);
		return mails.length > 0 && mails;
	}, `a mail to ${address}`);

/** Waits until n8n's log says something. */
const logged = async (words: string) =>
	await until(() => flows.n8n.log().includes(words), `n8n's log says "${words}"`);

/** Side by side, because n8n's chat looks for answers every three seconds alone. */
const together = async (...talks: Array<() => Promise<void>>): Promise<void> => {
	await Promise.all(talks.map(async (talk) => await talk()));
};

it('answers with what MicroeSIM says, by tools that read and one that previews', async () => {
	const order = orderOf(flows.simulator, await buy(flows.simulator, {}));
	await flows.simulator.clock.advance(3 * 86_400_000);

	async function plans(): Promise<void> {
		const question = 'What do I have for Japan, 7 days?';
		openai.parts[question] = [
			[{ name: 'Find_Best_Plan', args: { country_codes: 'JP', days: 7, gigabytes: 1 } }],
			([found]) => {
				const [best] = read<Plan>(found);
				return `${best!.channel_dataplan_name} for ${best!.price} ${best!.currency}`;
			},
		];
		const [best] = flows.simulator.plans
			.filter((plan) => plan.status === '1' && plan.code.split(',').includes('JP'))
			.filter((plan) => plan.day >= 7)
			.sort((one, other) => priceOf(one) - priceOf(other));
		const said = `${best!.channel_dataplan_name} for ${priceOf(best!)} HKD`;
		expect(await open().say(question)).toBe(said);
	}

	async function usage(): Promise<void> {
		const { topup_id, esims } = order;
		const question = `How much data has order ${topup_id} used?`;
		openai.parts[question] = [
			[{ name: 'Look_Up_Order', args: { order_id: topup_id } }],
			([found]) => [
				{
					name: 'Look_Up_eSIM',
					args: { order_id: topup_id, device_id: read(found)[0]!.device_id },
				},
			],
			(results) => `${read<{ data_usage: number }>(results.at(-1))[0]!.data_usage} MB`,
		];
		const usedNow = async () => {
			const fields = { topup_id, device_id: esims[0]!.device_id };
			return Number((await call(flows.simulator, 'deviceDetail', fields)).result.data_usage);
		};
		// it is used on while the model thinks
		const before = await usedNow();
		expect(before).toBeGreaterThan(1);
		const answer = Number.parseFloat(await open().say(question));
		expect(answer).toBeGreaterThanOrEqual(before);
		expect(answer).toBeLessThanOrEqual(await usedNow());
		// what installs an eSIM is nothing for the maker of a model
		const sent = JSON.stringify(requestsAfter(question));
		expect(sent).toContain(esims[0]!.device_id);
		expect(sent).not.toContain(esims[0]!.lpa_str);
	}

	async function unknown(): Promise<void> {
		const question = 'What is order 404?';
		openai.parts[question] = [
			[{ name: 'Look_Up_Order', args: { order_id: '404' } }],
			([result]) => read<{ error: string }>(result)[0]!.error,
		];
		const { msg } = await call(flows.simulator, 'topupDetail', { topup_id: '404' });
		const answer = await open().say(question);
		expect(answer).toContain(msg);
	}

	async function offers(): Promise<void> {
		openai.parts.Hello = ['Hello'];
		await open().say('Hello');
		const [{ tools = [] }] = requestsAfter('Hello');
		const offered = formOf(tools.map(({ name, parameters }) => [name, parameters]));
		expect(offered).toEqual({
			...READ_TOOLS,
			Ask_to_Buy: ['plan_id', 'order_number', 'buyer_mail'],
		});
	}

	await together(plans, usage, unknown, offers);
});

it('buys what a person has said yes to, as it stood on the card, and nothing else', async () => {
	async function refused(): Promise<void> {
		const plan = affordable(0);
		const { chat, card } = await askFor(plan, 'refused');
		await chat.press(card, 'Do Not Buy');
		expect(await chat.hear()).toContain('Nothing was bought');
		const question = 'Was it bought?';
		openai.parts[question] = ['No'];
		await chat.say(question);
		const [{ input }] = requestsAfter(question);
		const known = input.filter(({ role }) => role === 'assistant').map(textOf);
		expect(known.at(-1)).toContain(`you did not want ${plan.channel_dataplan_name}`);
		expect(bought('refused')).toEqual([]);
	}

	/** To whom it goes stands on the card, and it goes there; the numbers are three ways to write one. */
	async function approved(): Promise<void> {
		const plan = affordable(1);
		const [{ chat, card }, other] = await Promise.all([
			askFor(plan, '#1042b', { buyer_mail: ' Buyer_1@shop.example' }),
			askFor(plan, '１０４２B', { buyer_mail: 'other@shop.example' }),
		]);
		const price = `Price: ${priceOf(plan)} HKD (Fill In allows ${LIMIT} HKD)`;
		const facts = [plan.channel_dataplan_name, price, 'order: 1042B', '`Buyer_1@shop.example`'];
		for (const fact of [...facts, '1 eSIM']) expect(card.text).toContain(fact);
		expect(bought('1042B')).toEqual([]);
		await Promise.all([chat.press(card, 'Buy It'), chat.press(card, 'Buy It')]);
		const said = await chat.hear();
		const [order] = bought('1042B');
		expect(said).toContain(`order ID ${order!.topup_id}`);
		expect(said).toContain('It is mailed to Buyer_1@shop.example');
		expect(order).toMatchObject({
			channel_dataplan_id: plan.channel_dataplan_id,
			number: 1,
			cost: priceOf(plan),
		});
		await chat.press(card, 'Buy It');
		await other.chat.press(other.card, 'Buy It');
		expect(await other.chat.hear()).toContain('Nothing was bought now');
		const again = await wantFor(plan, 'Order no. 1042b', {}, chat);
		const known = `order 1042B was bought before, order ID ${order!.topup_id}`;
		expect(await again.hear()).toContain(known);
		expect(bought('1042B')).toEqual([order]);
		const [mail] = await mailsTo('Buyer_1@shop.example');
		expect(look(mail!.attachments[0]!.content).text).toBe(order!.esims[0]!.lpa_str);
		expect(mail!.text).toContain('1042B');
		expect(await table.of(numberOf('1042B'))).toMatchObject([
			{ state: 'delivered', shop: 'chat', buyer: 'Buyer_1@shop.example', price: priceOf(plan) },
		]);
	}

	async function typed(): Promise<void> {
		const plan = affordable(2);
		const { chat, card } = await askFor(plan, 'typed');
		chat.type('Yes, buy it.');
		await logged('Refused chat resume');
		expect(bought('typed')).toEqual([]);
		expect(card.text).toContain('Mailed to: the owner of the shop, because no address');
		await chat.press(card, 'Buy It');
		const said = await chat.hear();
		expect(said).toContain('Bought: 1 eSIM');
		expect(said).toContain('It is mailed to the owner of the shop');
		const [order] = bought('typed');
		const told = async () => (await mailsTo('owner@shop.example')).map(({ text }) => text).join();
		await until(async () => (await told()).includes(order!.topup_id), 'the owner has it');
	}

	async function twoAtOnce(): Promise<void> {
		const yes = { approved: true, hitlParameters: { approved: true } };
		const message = 'Buy both.';
		openai.parts[message] = [
			[wish(affordable(3), 'first', yes), wish(affordable(4), 'second', yes)],
			'Please decide.',
		];
		const chat = open();
		await chat.begin(message, { approved: true, data: { approved: true } });
		expect(await chat.hear()).toBe('Please decide.');
		const card = await chat.card();
		expect(card.text).toContain(affordable(4).channel_dataplan_name);
		expect([...bought('first'), ...bought('second')]).toEqual([]);
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain('for your order SECOND');
		expect(bought('first')).toEqual([]);
		expect(bought('second')).toHaveLength(1);
	}

	async function madeUp(): Promise<void> {
		const plan = affordable(5);
		const message = 'Buy all.';
		const more = {
			quantity: 50,
			number: 50,
			price: 0.01,
			maximum_unit_price: 99_999,
			highest_price: 99_999,
			agent_may_buy: true,
			agentMayBuy: true,
			preview_only: false,
			previewOnly: false,
		};
		openai.parts[message] = [[wish(plan, 'madeup', more)], 'Please decide.'];
		const chat = open();
		expect(await chat.say(message)).toBe('Please decide.');
		const card = await chat.card();
		expect(card.text).toContain(`1 eSIM: ${plan.channel_dataplan_name}`);
		expect(card.text).toContain(`Price: ${priceOf(plan)} HKD`);
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain('Bought: 1 eSIM');
		expect(bought('madeup')).toMatchObject([{ number: 1, cost: priceOf(plan) }]);
	}

	async function noCard(plan: Plan, number: string, reason: string): Promise<void> {
		const message = `Buy ${number}.`;
		const more = { price: 1, highest_price: 99_999, on_sale: true, approved: true };
		openai.parts[message] = [
			[wish(plan, number, more)],
			([result]) => read<{ reason: string }>(result)[0]!.reason,
		];
		const chat = open();
		await chat.begin(message, { highest_price: 99_999 });
		const answers = [await chat.hear(), await chat.hear()];
		for (const answer of answers) expect(answer).toContain(reason);
		expect(answers[1]).toContain('Nothing was bought');
		expect(bought(number)).toEqual([]);
	}

	async function notAllowed(): Promise<void> {
		const { plans } = flows.simulator;
		const dear = plans.find((plan) => plan.status === '1' && priceOf(plan) > LIMIT)!;
		const sold = plans.find((plan) => plan.status !== '1')!;
		const atOnce = plans.find(
			({ status, active_type }) => status === '1' && active_type === 'ACTIVEDBYORDER',
		)!;
		const foreign = affordable(9);
		foreign.currency = 'USD';
		await together(
			async () => await noCard(foreign, 'foreign', 'priced in USD, but the account is kept in HKD'),
			async () => await noCard(dear, 'dear', `and "Maximum Unit Price" is ${LIMIT}`),
			async () => await noCard(sold, 'sold', 'is not on sale'),
			async () => await noCard(atOnce, 'atonce', 'becomes active with the order'),
		);
	}

	/** What is no number, or no address, is not made one. */
	async function notClear(): Promise<void> {
		const plan = affordable(6);
		const letters = 'write the order number with the letters A–Z and digits, 17 at most';
		const address = 'write the mail address of the buyer like name@example.com';
		const odd: Array<[string, string, IDataObject?]> = [
			['订单甲', letters],
			['Müller', letters],
			['A'.repeat(18), letters],
			// one of its letters is Cyrillic
			['mail', address, { buyer_mail: 'buуer@shop.example' }],
		];
		const before = flows.simulator.ledger.length;
		await together(
			...odd.map(([number, reason, more]) => async () => {
				const chat = await wantFor(plan, number, more);
				expect(await chat.hear()).toBe(`Nothing was bought: ${reason}, and ask again.`);
			}),
		);
		const numbers = flows.simulator.ledger.slice(before).map((order) => order.custom_order_no);
		expect(numbers.filter((number) => !/^chatx[A-Z0-9]{1,17}$/.test(number))).toEqual([]);
	}

	/** What the flow of a shop has bought for an order of it. */
	async function boughtByTheShop(): Promise<void> {
		const row = { state: 'asked', custom_order_no: 'shopx7u1', shop: 'shop', shop_order: '#7007' };
		await flows.desk.call('Order ledger', row);
		const chat = await wantFor(affordable(6), '7007');
		expect(await chat.hear()).toContain(
			'may have been bought before. Look for the number shopx7u1',
		);
	}

	async function noSuchTool(): Promise<void> {
		const plan = affordable(6);
		const message = 'Buy at once.';
		const { args } = wish(plan, 'notool');
		openai.parts[message] = [
			['Buy_It', 'Look_at_It_Again', 'Terminate_eSIM'].map((name) => ({ name, args })),
			'I cannot.',
		];
		expect(await open().say(message)).toBe('I cannot.');
		expect(bought('notool')).toEqual([]);
	}

	async function dearer(): Promise<void> {
		const plan = affordable(7);
		const first = { buyer_mail: 'first@shop.example' };
		const { chat, card } = await askFor(plan, 'dearer', first);
		plan.price = (priceOf(plan) + 1).toFixed(2);
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain(`the plan costs ${priceOf(plan)} HKD`);
		expect(bought('dearer')).toEqual([]);
		await wantFor(plan, 'dearer', {}, chat);
		expect((await chat.card()).text).toContain('Mailed to: `first@shop.example`');
	}

	async function renamed(): Promise<void> {
		const plan = affordable(8);
		const { chat, card } = await askFor(plan, 'renamed');
		plan.channel_dataplan_name = 'Something else';
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain('the plan is called "Something else" now');
		expect(bought('renamed')).toEqual([]);
	}

	const said = [refused, approved, typed];
	const notOnTheCard = [twoAtOnce, madeUp, notAllowed, notClear, boughtByTheShop];
	const changed = [noSuchTool, dearer, renamed];
	await together(...said, ...notOnTheCard, ...changed);
});

it('says what is in doubt, also when it is asked for again, and buys nothing that cannot be written down', async () => {
	const plan = affordable(10);
	const [{ chat, card }, other] = await Promise.all([
		askFor(plan, 'doubt'),
		askFor(plan, 'unwritten'),
	]);
	flows.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
	await chat.press(card, 'Buy It');
	const said = await chat.hear();
	expect(said).toContain('The order "chatxDOUBT" may have been bought');
	expect(said).toContain('It was not sent again');
	expect(bought('doubt')).toHaveLength(1);
	expect(await table.of('chatxDOUBT')).toMatchObject([{ state: 'in doubt' }]);
	await table.rename('note', 'notes');
	await other.chat.press(other.card, 'Buy It');
	await together(
		async () => {
			await wantFor(plan, 'doubt', {}, chat);
			const known = 'may have been bought before. Look for the number chatxDOUBT';
			expect(await chat.hear()).toContain(known);
		},
		async () => {
			const why = /^Nothing was bought, because the order ledger could not be written\..*column/;
			expect(await other.chat.hear()).toMatch(why);
		},
	);
	await table.rename('notes', 'note');
	expect(bought('unwritten')).toEqual([]);
});

/** A copy of the flow whose tool does not preview. @returns its chat */
async function withTool(agentMayBuy: IDataObject): Promise<string> {
	const moved = { webhookId: randomUUID() };
	const fill = filledIn({ notify_url: url });
	const addresses = await flows.desk.open('esim-assistant', (node) => {
		if (node.name === 'Chat') return { ...node, ...moved };
		if (node.name !== 'Ask to Buy') return fill(node);
		return { ...node, parameters: { ...node.parameters, previewOnly: false, ...agentMayBuy } };
	});
	await served(`${addresses.Chat!}/chat`);
	return addresses.Chat!;
}

it('buys by its tool where the tool may buy, and only there', async () => {
	for (const [number, mayBuy, orders] of [
		['mayNot', {}, 0],
		['may', { agentMayBuy: true }, 1],
	] as const) {
		const chat = open(await withTool(mayBuy));
		const message = `Buy it for ${number}.`;
		const buying = wish(affordable(11), number);
		// a model may do it again
		openai.parts[message] = [[buying], [buying], (results) => results.join()];
		const said = await chat.say(message);
		const sold = flows.simulator.ledger.filter(({ custom_order_no }) => custom_order_no === number);
		expect([number, sold.length]).toEqual([number, orders]);
		expect(said).toContain(orders === 0 ? 'This tool may not buy' : sold[0]!.topup_id);
	}
});

it('says what is to be filled in before it answers', async () => {
	const moved = { webhookId: randomUUID() };
	const empty = filledIn({ notify_url: 'https://your-n8n.example/webhook/1/microesim' });
	const addresses = await flows.desk.open('esim-assistant', (node) =>
		node.name === 'Chat' ? { ...node, ...moved } : empty(node),
	);
	await served(`${addresses.Chat!}/chat`);
	const said = await open(addresses.Chat).say('Hello?');
	expect(said).toContain('Fill In is not filled in yet: notify_url. Nothing was done.');
	expect(openai.calls).toEqual([]);
});

it('lets nobody in who is not logged in to n8n', async () => {
	const { status } = await fetch(`${url}/chat`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId: 'x', chatInput: 'Hello' }),
	});
	expect(status).toBe(401);
	expect(openai.calls).toEqual([]);
});

it('says that the model does not answer', async () => {
	openai.failNext(401, { error: { message: 'Incorrect API key provided.' } });
	const answer = await open().say('Are you there?');
	expect(answer).toMatch(/^The model did not answer: .*credentials/);
});
