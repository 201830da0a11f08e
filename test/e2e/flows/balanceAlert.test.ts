import type { INode } from 'n8n-workflow';

import { publish, readExample, until } from '../harness';
import { CHANNEL, FOREIGN_CHANNEL, Slack, SLACK_CREDENTIAL, SLACK_HOST } from './fakes/slack';
import { CHAT, Telegram, TELEGRAM_CREDENTIAL, TELEGRAM_HOST } from './fakes/telegram';
import { filledIn, notFilledIn } from './fillIn';
import { hurried, looked, retryFailed, runsOf } from './looking';
import { useFlows } from './support';

/** From the balance to the owner's mailbox, Slack channel and Telegram chat. */

const slack = new Slack();
const telegram = new Telegram();
const flows = useFlows(
	{ balance: 600 },
	{
		sites: { [SLACK_HOST]: slack, [TELEGRAM_HOST]: telegram },
		credentials: { slackApi: SLACK_CREDENTIAL, telegramApi: TELEGRAM_CREDENTIAL },
	},
);
const { postbox } = flows;
const NAME = 'Balance alert';
const WAYS = ['Post to Slack', 'Send by Telegram'];
const LOW = 'MicroeSIM balance is low: 499.99 HKD';
const BACK = 'MicroeSIM balance is back: 500 HKD';

let published: string | undefined;

/** Publishes the flow, which learns a balance. */
async function watch(edit: (node: INode) => INode, balance = 600): Promise<void> {
	flows.simulator.balance = balance;
	await flows.desk.open('balance-alert', (node) => edit(hurried(node)));
	await begin(flows.desk.idOf(NAME));
}

/** Waits until the balance is learnt, and until it was looked at whether it is low already. */
async function begin(id: string): Promise<void> {
	published = id;
	await look();
	await until(async () => (await runsOf(flows.n8n.api, id)).length > 0, 'the run of publishing');
}

afterEach(async () => {
	flows.simulator.faults.clear();
	if (published) await flows.n8n.api.call('POST', `/workflows/${published}/deactivate`, {});
	published = undefined;
});

/** What a person does who uses all ways. */
function allWays(node: INode): INode {
	if (!WAYS.includes(node.name)) return node;
	const channelId = { __rl: true, mode: 'list', value: CHANNEL, cachedResultName: 'alerts' };
	const where = node.name === 'Post to Slack' ? { channelId } : { chatId: CHAT };
	return { ...node, disabled: false, parameters: { ...node.parameters, ...where } };
}

const look = async (times = 1) => await looked(flows.simulator, 'accountBalance', times);

async function balanceIs(...balances: number[]): Promise<void> {
	for (const balance of balances) {
		flows.simulator.balance = balance;
		await look();
	}
}

/** How each run ended, oldest first, behind that of publishing. */
async function runs(): Promise<string[]> {
	const [first, ...others] = await runsOf(flows.n8n.api, published!);
	expect(first).toBe('success');
	return others;
}

const subjects = () => postbox.mails.map(({ subject }) => subject);
const heard = () => [postbox.mails.length, slack.messages.length, telegram.messages.length];

it('tells each way once that the balance is low, and once that it is back, over a restart', async () => {
	// an owner who has written his shop's name into the text
	const shop = 'Fish & Chips <b>*Ltd*</b> _[x](y)_';
	await watch((node) => {
		const text = JSON.stringify(node.parameters).replace('your MicroeSIM account', shop);
		const parameters = JSON.parse(text) as INode['parameters'];
		return allWays(node.name === 'The Alert' ? { ...node, parameters } : node);
	});
	await balanceIs(600, 499.99, 499, 20);
	expect(await runs()).toEqual(['success']);
	await flows.n8n.restart();
	await balanceIs(19, 21);
	expect(await runs()).toEqual(['success']);
	await balanceIs(500, 900);
	expect(await runs()).toEqual(['success', 'success']);
	await balanceIs(100);
	expect(await runs()).toEqual(['success', 'success', 'success']);

	expect(subjects()).toEqual([LOW, BACK, 'MicroeSIM balance is low: 100 HKD']);
	const texts = [
		`The balance of ${shop} is below 500 HKD.\n\nBalance: 499.99 HKD\nBefore: 600 HKD`,
		`The balance of ${shop} is back at or above 500 HKD.\n\nBalance: 500 HKD\nBefore: 21 HKD`,
		`The balance of ${shop} is below 500 HKD.\n\nBalance: 100 HKD\nBefore: 900 HKD`,
	];
	expect(postbox.mails.map(({ text }) => text?.trim())).toEqual(texts);
	expect(slack.messages).toEqual(texts.map((text) => ({ channel: CHANNEL, text })));
	expect(telegram.messages).toEqual(texts.map((text) => ({ chat: CHAT, text })));
	const [mail] = postbox.mails;
	expect([mail!.from?.text, [mail!.to].flat()[0]?.text]).toEqual([
		'esim@shop.example',
		'owner@shop.example',
	]);
});

describe('a way that fails', () => {
	const down = { ok: false, error_code: 502, description: 'Bad Gateway' };

	it.each([
		[
			'a channel that the app is not in',
			{ channelId: { __rl: true, mode: 'list', value: FOREIGN_CHANNEL } },
			0,
			[1, 0, 1],
			'Slack could not be told: Slack error response: "not_in_channel"',
		],
		['Telegram that is down for longer', {}, 3, [1, 1, 0], 'Telegram could not be told: '],
	])(
		'does not stop the others, and the mail tells of it: %s',
		async (_name, other, faults, told, said) => {
			await watch((node) => {
				const ready = allWays(node);
				const isSlack = node.name === 'Post to Slack';
				return isSlack ? { ...ready, parameters: { ...ready.parameters, ...other } } : ready;
			});
			for (let tries = 0; tries < faults; tries++) telegram.failNext(502, down);
			await balanceIs(499.99);
			expect(await runs()).toEqual(['success']);
			expect(heard()).toEqual(told);
			expect(subjects()).toEqual([LOW]);
			expect(postbox.mails[0]!.text).toContain(`Before: 600 HKD\n\n${said}`);
		},
	);

	it('for a moment is tried again', async () => {
		await watch(allWays);
		slack.failNext(503, 'Service Unavailable');
		telegram.failNext(429, { ok: false, error_code: 429, description: 'Too Many Requests' });
		await balanceIs(499.99);
		expect(await runs()).toEqual(['success']);
		expect(heard()).toEqual([1, 1, 1]);
		expect(postbox.mails[0]!.text).not.toContain('could not be told');
	});

	it('and is the mail fails the run, and a retry of it mails it, and posts nothing again', async () => {
		await watch(allWays);
		postbox.refused.add('owner@shop.example');
		await balanceIs(499.99);
		// the second looks whether a look has failed
		expect(await runs()).toEqual(['error', 'success']);
		expect(heard()).toEqual([0, 1, 1]);
		postbox.refused.clear();
		await retryFailed(flows.n8n.api, published!);
		expect(heard()).toEqual([1, 1, 1]);
		expect(subjects()).toEqual([LOW]);
		expect(await runs()).toEqual(['error', 'success', 'success']);
	});

	it('fails the run where no mail tells of it', async () => {
		await watch((node) => (node.name === 'Mail It' ? { ...node, disabled: true } : allWays(node)));
		for (let tries = 0; tries < 3; tries++)
			slack.failNext(200, { ok: false, error: 'fatal_error' });
		await balanceIs(499.99);
		expect(await runs()).toEqual(['error', 'success']);
		expect(heard()).toEqual([0, 0, 1]);
		await balanceIs(500);
		expect(await runs()).toEqual(['error', 'success', 'success']);
		expect(heard()).toEqual([0, 1, 2]);
	});
});

describe('an owner without Slack and Telegram', () => {
	it('publishes it as it is, and is told by mail', async () => {
		await watch((node) => node);
		await balanceIs(499.99, 500);
		expect(await runs()).toEqual(['success', 'success']);
		expect(subjects()).toEqual([LOW, BACK]);
		expect([...slack.calls, ...telegram.calls]).toEqual([]);
	});

	it('may delete both, after which n8n leads their neighbours to each other', async () => {
		flows.simulator.balance = 600;
		const { nodes, connections } = readExample('balance-alert', flows.desk.credentials);
		const left = nodes
			.filter(({ name }) => !WAYS.includes(name))
			.map(hurried)
			.map(filledIn());
		for (const way of WAYS) delete connections[way];
		connections['Is Filled In']!.main![0]![0]!.node = 'What Failed';
		await begin(await publish(flows.n8n.api, NAME, left, connections));
		await balanceIs(499.99, 500);
		expect(await runs()).toEqual(['success', 'success']);
		expect(subjects()).toEqual([LOW, BACK]);
		expect(postbox.mails[0]!.text).not.toContain('could not be told');
	});
});

it('n8n does not publish a way that was activated and not filled in', async () => {
	const activated = (node: INode): INode =>
		node.name === 'Send by Telegram' ? { ...node, disabled: false } : node;
	await expect(flows.desk.open('balance-alert', activated)).rejects.toThrow(
		/400.*Send by Telegram.*chatId/s,
	);
});

it('tells each way once that looks fail, and goes on when that is over', async () => {
	await watch(allWays);
	flows.simulator.faults.always('accountBalance', { kind: 'unauthorized401' });
	await until(() => heard().every((times) => times === 1), 'a failure by each way');
	flows.simulator.balance = 499.99;
	await look(2);
	flows.simulator.faults.clear();
	await look();
	await runs();
	expect(heard()).toEqual([2, 2, 2]);
	expect(subjects()).toEqual(['The MicroeSIM balance could not be looked at', LOW]);
	expect(telegram.messages[0]!.text).toMatch(
		/^At \d\d:\d\d the balance .* could not be looked at:\n\n.*MicroeSIM/,
	);
});

it('tells each way that it is low already at publishing, and by hand a test of it', async () => {
	await watch(allWays, 321);
	expect(await runs()).toEqual([]);
	expect(heard()).toEqual([1, 1, 1]);
	expect(subjects()).toEqual(['MicroeSIM balance is low: 321 HKD']);
	expect(slack.messages[0]!.text).toContain('321 HKD\nIt was so already when this workflow was');
	postbox.mails.length = 0;
	slack.reset();
	telegram.reset();
	expect(await flows.desk.run(NAME, 'Balance Crossed the Line')).toBe('success');
	expect(heard()).toEqual([1, 1, 1]);
	expect(subjects()).toEqual(['Test: MicroeSIM balance is low: 321 HKD']);
	for (const { text } of [...slack.messages, ...telegram.messages])
		expect(text).toMatch(/^This is a test\.\n\nThe balance .* is below 500 HKD/);
});

it('tells nothing while "Fill In" is not filled in', async () => {
	await flows.desk.open('balance-alert', (node) => notFilledIn(allWays(node)));
	published = flows.desk.idOf(NAME);
	expect(await flows.desk.run(NAME, 'Balance Crossed the Line')).toBe('error');
	expect(heard()).toEqual([0, 0, 0]);
});
