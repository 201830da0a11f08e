import type { IDataObject } from 'n8n-workflow';

import type { Plan } from '../../../simulator';
import { buy, call } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { served, until } from '../harness';
import { ChatWindow } from './chatWindow';
import { OPENAI_CREDENTIAL, OPENAI_HOST, OpenAi, textOf } from './fakes/openai';
import type { ResponsesRequest } from './fakes/openaiRequest';
import { formOf, READ_TOOLS } from './readTools';
import { useFlows } from './support';

/** What a shop's people read in the chat, and what MicroeSIM is sent, whatever a model wants. */

const openai = new OpenAi();
const flows = useFlows(
	{ plans: 200 },
	{ sites: { [OPENAI_HOST]: openai }, credentials: { openAiApi: OPENAI_CREDENTIAL } },
);
let url: string;

beforeAll(async () => {
	const addresses = await flows.desk.open('esim-assistant');
	url = addresses.Chat!;
	await served(`${url}/chat`);
});

const windows: ChatWindow[] = [];
afterEach(() => windows.splice(0).forEach((window) => window.close()));

function open(): ChatWindow {
	const window = new ChatWindow(url, flows.n8n.api);
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

const bought = (number: string) =>
	flows.simulator.ledger.filter(({ custom_order_no }) => custom_order_no === number);

const wish = (plan: Plan, number: string, more: IDataObject = {}) => ({
	name: 'Ask_to_Buy',
	args: { plan_id: plan.channel_dataplan_id, order_number: number, ...more },
});

/** What the model got after a person's message; at least once. */
const requestsAfter = (message: string) =>
	openai.requestsAfter(message) as [ResponsesRequest, ...ResponsesRequest[]];

const read = <Result = IDataObject>(result: string | undefined): Result[] =>
	JSON.parse(result!) as Result[];

/** A person asks for a plan, and the model wants to buy it. @returns the window when the card is there */
async function askFor(plan: Plan, number: string, chat = open()) {
	const message = `Buy ${plan.channel_dataplan_name} for ${number}. (${Math.random()})`;
	openai.parts[message] = [[wish(plan, number)], 'Please decide.'];
	expect(await chat.say(message)).toBe('Please decide.');
	return { chat, card: await chat.card() };
}

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
		const { result } = await call(flows.simulator, 'deviceDetail', {
			topup_id,
			device_id: esims[0]!.device_id,
		});
		expect(Number(result.data_usage)).toBeGreaterThan(1);
		const answer = await open().say(question);
		expect(Number.parseFloat(answer)).toBeCloseTo(Number(result.data_usage), 0);
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
		expect(offered).toEqual({ ...READ_TOOLS, Ask_to_Buy: ['plan_id', 'order_number'] });
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

	async function approved(): Promise<void> {
		const plan = affordable(1);
		const { chat, card } = await askFor(plan, 'approved');
		const facts = [plan.channel_dataplan_name, `Price: ${priceOf(plan)} HKD`, 'order: approved'];
		for (const fact of [...facts, '1 eSIM']) expect(card.text).toContain(fact);
		expect(bought('approved')).toEqual([]);
		await Promise.all([chat.press(card, 'Buy It'), chat.press(card, 'Buy It')]);
		const said = await chat.hear();
		const [order] = bought('approved');
		expect(said).toContain(`order ID ${order!.topup_id}`);
		expect(order).toMatchObject({
			channel_dataplan_id: plan.channel_dataplan_id,
			number: 1,
			cost: priceOf(plan),
		});
		await chat.press(card, 'Buy It');
		const again = await askFor(plan, 'approved', chat);
		await chat.press(again.card, 'Buy It');
		expect(await chat.hear()).toContain('Nothing was bought now');
		expect(bought('approved')).toEqual([order]);
	}

	async function typed(): Promise<void> {
		const plan = affordable(2);
		const { chat, card } = await askFor(plan, 'typed');
		chat.type('Yes, buy it.');
		await logged('Refused chat resume');
		expect(bought('typed')).toEqual([]);
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain('Bought: 1 eSIM');
		expect(bought('typed')).toHaveLength(1);
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
		expect(await chat.hear()).toContain('for your order second');
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
		openai.parts[message] = [[wish(plan, 'made-up', more)], 'Please decide.'];
		const chat = open();
		expect(await chat.say(message)).toBe('Please decide.');
		const card = await chat.card();
		expect(card.text).toContain(`1 eSIM: ${plan.channel_dataplan_name}`);
		expect(card.text).toContain(`Price: ${priceOf(plan)} HKD`);
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain('Bought: 1 eSIM');
		expect(bought('made-up')).toMatchObject([{ number: 1, cost: priceOf(plan) }]);
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
		await together(
			async () => await noCard(dear, 'dear', `and "Maximum Unit Price" is ${LIMIT}`),
			async () => await noCard(sold, 'sold', 'is not on sale'),
			async () => await noCard(atOnce, 'at-once', 'becomes active with the order'),
		);
	}

	async function noSuchTool(): Promise<void> {
		const plan = affordable(6);
		const message = 'Buy at once.';
		const { args } = wish(plan, 'no-tool');
		openai.parts[message] = [
			['Buy_It', 'Look_at_It_Again', 'Terminate_eSIM'].map((name) => ({ name, args })),
			'I cannot.',
		];
		expect(await open().say(message)).toBe('I cannot.');
		expect(bought('no-tool')).toEqual([]);
	}

	async function dearer(): Promise<void> {
		const plan = affordable(7);
		const { chat, card } = await askFor(plan, 'dearer');
		plan.price = (priceOf(plan) + 1).toFixed(2);
		await chat.press(card, 'Buy It');
		expect(await chat.hear()).toContain(`the plan costs ${priceOf(plan)} HKD`);
		expect(bought('dearer')).toEqual([]);
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
	const notOnTheCard = [twoAtOnce, madeUp, notAllowed, noSuchTool, dearer, renamed];
	await together(...said, ...notOnTheCard);
});

it('says in the chat what is in doubt', async () => {
	const { chat, card } = await askFor(affordable(9), 'doubt');
	flows.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
	await chat.press(card, 'Buy It');
	const said = await chat.hear();
	expect(said).toContain('The order "doubt" may have been bought');
	expect(said).toContain('It was not sent again');
	expect(bought('doubt')).toHaveLength(1);
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
