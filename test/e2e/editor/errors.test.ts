import type { IDataObject } from 'n8n-workflow';

import { documented } from '../../documented';
import { saveCredential, type CredentialRef } from '../harness';
import { describeInBrowser } from './browser';
import { useDesk, type Desk } from './desk';
import { ACCOUNT } from './editor';
import { picture, steady } from './pictures';

const PLAN = 'b1a926e1-d770-4e03-804e-c527b9397eb9';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

let desk: Desk;
let credentials: Record<'right' | 'wrongSecret' | 'nobodyThere', CredentialRef>;

/** One error: how it comes about, and the words that a person must find in it. */
interface Case {
	/** Its heading, and the name of its picture. */
	heading: string;
	when: string;
	/** What makes it happen. @returns what takes it back */
	given?: () => void | (() => void);
	parameters?: IDataObject;
	credential?: keyof typeof credentials;
	/** How often the node is run. */
	runs?: number;
	says: RegExp;
	advises: RegExp;
}

const plan = () => {
	const found = desk.simulator.plans.find(
		({ channel_dataplan_id }) => channel_dataplan_id === PLAN,
	);
	if (!found) throw new Error('The simulator does not sell the plan of the document.');
	return found;
};

const CASES: Case[] = [
	{
		heading: 'Wrong secret',
		when: 'Account, secret or salt of the credential are not those of the system that is asked.',
		credential: 'wrongSecret',
		says: /^MicroeSIM refused the order: "Signature error"/,
		advises: /Check Environment, Account, Secret and Salt in the credential/,
	},
	{
		heading: 'Balance too low',
		when: 'The account cannot pay for the order.',
		given() {
			const { balance } = desk.simulator;
			desk.simulator.balance = 12.5;
			return () => (desk.simulator.balance = balance);
		},
		parameters: { checks: { mustBeOnSale: true } },
		says: /^MicroeSIM refused the order: "Insufficient balance"/,
		advises: /^The account has 12\.50 HKD\. The order costs .* HKD .*Top up the account/,
	},
	{
		heading: 'Plan no longer on sale',
		when: 'MicroeSIM took the plan out of its catalogue; *Plan Must Be On Sale* finds it before the order leaves.',
		given() {
			plan().status = '0';
			return () => (plan().status = '1');
		},
		parameters: { checks: { mustBeOnSale: true } },
		says: /^The order was not placed: the plan ".*" is not on sale/,
		advises: /Nothing was sent/,
	},
	{
		heading: 'Plan renamed',
		when: 'The ID stands for another plan than the one you chose, and *Expected Plan Name* is set.',
		parameters: { checks: { expectedPlanName: 'Japan 7 days' } },
		says: /^The order was not placed: the plan is called ".*" now, and "Expected Plan Name" is "Japan 7 days"/,
		advises: /Nothing was sent/,
	},
	{
		heading: 'Name in place of the ID',
		when: "Your shop's SKU is the name of a plan, where its ID is needed.",
		given() {
			plan().channel_dataplan_name = 'Japan 30 days';
		},
		parameters: { planId: byId('Japan 30 days') },
		says: /^MicroeSIM refused the order: "The data plan does not exist"/,
		advises: new RegExp(`it is the name of the plan "${PLAN}": use that ID`),
	},
	{
		heading: 'May have been bought',
		when: 'The order was sent and no clear answer came: a time-out, a connection that broke, an error of the server, a text that nobody knows.',
		given: () => desk.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' }),
		says: /^The order "1001-6" may have been bought: look for it at MicroeSIM before ordering again/,
		advises: /^MicroeSIM closed the connection.*Plan b1a926e1.*quantity 1.*not sent again/,
	},
	{
		heading: 'Number used before',
		when: 'The *Custom Order Number* was ordered before, and *If Duplicate* is set to stop with an error.',
		parameters: { options: { ifDuplicate: 'error' } },
		runs: 2,
		says: /^The Custom Order Number "1001-7" was ordered before as order \d+, so nothing was sent/,
		advises: /use another number/,
	},
	{
		heading: 'Not delivered in time',
		when: 'The order is paid, and its eSIM was not ready within *Maximum Wait*.',
		parameters: { waitForDelivery: true, maximumWait: 1, ifNotReady: 'error' },
		says: /was not delivered within 1 second/,
		advises: /paid/,
	},
	{
		heading: 'Nobody answers',
		when: 'No network, a wrong Base URL, a server that is off. The order never left.',
		credential: 'nobodyThere',
		says: /^MicroeSIM could not be reached: the connection was refused/,
		advises: /Check the network of the machine n8n runs on and the Base URL/,
	},
	{
		heading: 'MicroeSIM is down',
		when: 'Its server answers with an error of its own. What only reads was tried again three times by then; an order is not, and may have been bought.',
		given() {
			desk.simulator.faults.always('accountBalance', { kind: 'html502' });
			return () => desk.simulator.faults.clear();
		},
		parameters: { resource: 'account', operation: 'getBalance' },
		says: /^MicroeSIM answered reading the balance with a web page instead of data \(HTTP 502\)/,
		advises: /MicroeSIM has trouble of its own\. Try again in a few minutes/,
	},
];

const nodeOf = ({ heading, parameters, credential = 'right' }: Case, index: number) => ({
	name: heading,
	type: 'microesim' as const,
	credential: credentials[credential],
	parameters: {
		resource: 'order',
		operation: 'create',
		planId: byId(PLAN),
		customOrderNo: `1001-${index + 1}`,
		...parameters,
	},
});

const nameOf = (heading: string) => `error-${heading.toLowerCase().replace(/[^a-z]+/g, '-')}`;

describeInBrowser('what an error looks like in the editor', () => {
	const sections: string[] = [];

	desk = useDesk({ deliveryMs: 600_000, balance: 1_000_000 });
	beforeAll(async () => {
		const { n8n, simulator, editor } = desk;
		const save = async (more: IDataObject = {}) =>
			await saveCredential(n8n.api, simulator, more, ACCOUNT);
		credentials = {
			right: await save(),
			wrongSecret: await save({ secret: 'wrong' }),
			nobodyThere: await save({ baseUrl: 'http://127.0.0.1:9' }),
		};
		await editor.openWorkflowOf(...CASES.map(nodeOf));
	});

	it.each(CASES.map((one) => [one.heading, one] as const))(
		'%s',
		async (heading, { when, given, runs = 1, ...words }) => {
			const { editor } = desk;
			await editor.openNode(heading);
			const takeBack = given?.();
			for (let run = 0; run < runs; run++) await editor.execute();
			const title = await editor.mark('node-error-message').innerText();
			const advice = await editor.mark('node-error-description').innerText();
			takeBack?.();
			expect(title).toMatch(words.says);
			expect(advice).toMatch(words.advises);
			await picture(nameOf(heading), editor.errorCard);
			await editor.closeNode();
			const said = steady(`${title}\n${advice}`);
			sections.push(
				`## ${heading}\n\n${when}\n\n> **${said[0]}**\n>\n> ${said.slice(1).join(' ')}\n\n![${said[0]}](images/${nameOf(heading)}.png)\n`,
			);
		},
	);

	it('all of them stand in docs/errors.md (UPDATE_DOCS=1 writes it)', () => {
		expect(sections).toHaveLength(CASES.length);
		const text = `\n${sections.join('\n')}\n`;
		expect(text).toBe(documented('errors.md', 'errors', text));
	});
});
