import type { INode } from 'n8n-workflow';

import { sentTo, textOf } from '../../engine/support/look';
import { until } from '../harness';
import { atOnce } from '../ledger/support';
import { Table } from '../ledger/table';
import { filledIn, withTexts } from './fillIn';
import { activated, useFlows } from './support';
import { DAY_MS, HOUR_MS, SECRETS, Travellers, type Bought, type Traveller } from './travellers';

/** What becomes of eSIMs after their delivery, as it reaches the mailboxes of buyers and owner. */

const flows = useFlows(
	{ plans: 0 },
	{ credentials: { crypto: { hmacSecret: 'not-a-real-secret-of-32-characters' } } },
);
const { postbox } = flows;
const NAME = 'eSIM alerts';
const OWNER = 'owner@shop.example';
const PAGE = 'https://n8n.shop.example/my-esim';
let ledger: Table;
let told: Table;
let people: Travellers;

beforeAll(async () => {
	people = new Travellers(flows);
	people.sell();
	await flows.desk.open('order-ledger');
	await flows.desk.open('my-esim-page', filledIn({ page_url: PAGE }));
	ledger = new Table(flows.n8n.api);
	told = new Table(flows.n8n.api, 'MicroeSIM alerts told');
});

/** Languages that a shop has added, some of them with few texts; and a text that is none. */
const ADDED = {
	it: { data_all: 'Hai usato tutti i dati' },
	'pt-BR': { data_all: 'Seus dados acabaram' },
	fil: { data_all: 'Ubos na ang data' },
	nl_BE: { data_all: 'Al je data is op' },
	qq: { data_all: 5 },
};

/** What a person changes in it. */
const edited = (node: INode): INode => withTexts(ADDED)(atOnce(node));

const look = async (trigger = 'Every Hour'): Promise<string> => await flows.desk.run(NAME, trigger);
const morning = async (): Promise<string> => await look('Every Morning');

/** Takes the mails out of all mailboxes: to whom, and what about. */
const taken = (): string[] =>
	postbox.mails
		.splice(0)
		.map(({ to, subject }) => `${[to].flat()[0]?.text.split('@')[0]}: ${subject}`)
		.sort();
const toOwner = () => postbox.to(OWNER);

/** The eSIMs that MicroeSIM is asked about meanwhile. */
async function askedBy(run: () => Promise<string>): Promise<unknown[]> {
	const before = sentTo(flows.simulator, 'deviceDetail').length;
	await run();
	return sentTo(flows.simulator, 'deviceDetail')
		.slice(before)
		.map(({ fields }) => fields.device_id);
}

const lastAlertOf = async ({ order }: Traveller) =>
	(await ledger.rows()).find(({ topup_id }) => topup_id === order.topup_id)!.last_alert;

/** What was written down of somebody: state and alert. */
const statesOf = async ({ order }: Traveller) =>
	(await told.rows())
		.filter(({ topup_id }) => topup_id === order.topup_id)
		.map((row) => `${row.state}: ${textOf(row, 'alert')}`)
		.sort();

/** Lets the ledger know nothing of some people any more. */
async function forget(...some: Traveller[]): Promise<void> {
	const all = some.map(({ order }) => order.topup_id);
	for (const { id, topup_id } of await ledger.rows())
		if (all.includes(topup_id as string)) await ledger.remove(id);
}

/** An edit that leaves the shop's name as the example has it. */
const EMPTY = filledIn({ shop_name: 'Your Shop' });

it('does nothing before it is filled in', async () => {
	await flows.desk.open('esim-alerts', EMPTY);
	expect(await look()).toBe('error');
	expect(await told.path()).toBeUndefined();
	expect(taken()).toEqual([]);
	await flows.desk.close(NAME);
	await flows.desk.open('esim-alerts', (node) => edited(activated('Make a Link')(node)));
});

it('learns with its first look, and tells only what comes after it; of data nothing once the eSIM has ended', async () => {
	const { simulator } = flows;
	const all = await people.buy({ old: {}, older: {}, sam: {}, tom: {} });
	const { old, older, sam, tom } = all;
	people.pass(
		40 * 24,
		[old, older].map(({ order }) => order),
	);
	people.pass(2, [sam.order]);
	people.pass(100, [tom.order]);
	old.uses(830);
	older.uses(1100);
	sam.uses(830);
	// a look that sees nothing has learnt nothing
	simulator.faults.always('deviceDetail', { kind: 'code', code: 500, msg: 'Busy' });
	await look();
	simulator.faults.clear();
	expect(await told.rows()).toEqual([]);
	await look();
	const ends = expect.stringMatching(/^tom: Your eSIM runs out on/) as string;
	expect(taken()).toEqual([ends]);
	expect(await statesOf(old)).toEqual(['for nobody: data_used', 'for nobody: expired']);
	await morning();
	expect(taken()).toEqual([]);
	// from now on
	sam.uses(1100);
	const { late } = await people.buy({ late: {} });
	people.pass(121, [late.order]);
	late.uses(1100);
	await morning();
	expect(toOwner()[0]!.text).toMatch(/^Ran out \(1\)\n\nOrder #late/);
	expect(taken()).toEqual(['owner: 1 eSIM alert', 'sam: All your data is used · Japan, 5 days']);
	expect(await statesOf(late)).toEqual(['for nobody: data_used', 'told: expired']);
	await forget(...Object.values(all), late);
});

it('tells each thing of a week once, to whom it concerns', async () => {
	const { simulator } = flows;
	postbox.refused.add('cleo@buyer.example');
	const { anna, ben, cleo, eve, fay, gus } = await people.buy({
		anna: { row: { language: 'de' } },
		ben: { life: { downloadAfterMs: Infinity } },
		cleo: {},
		dan: { life: { deletedAfterMs: 3 * DAY_MS } },
		eve: {},
		fay: { row: { buyer: '', buyer_phone: '+49 170 0000000' } },
		gus: {},
	});
	const { device_id } = gus.esim;
	gus.esim.device_id = 'of another eSIM';

	// the day on which they bought
	people.pass(2);
	for (const one of [anna, cleo, fay]) one.uses(300);
	expect(await look()).toBe('success');
	expect(taken()).toEqual([]);
	await morning();
	expect(toOwner()[0]!.text).toContain('MicroeSIM did not show them');
	const { topup_id } = gus.order;
	expect(toOwner()[0]!.text).toContain(
		`Order #gus, Japan, 5 days, gus@buyer.example\nMicroeSIM order ${topup_id}, device ${device_id}`,
	);
	expect(taken()).toEqual(['owner: 1 eSIM alert']);
	gus.esim.device_id = device_id;

	// two days later MicroeSIM is down for a look
	people.pass(48);
	for (const one of [anna, cleo, fay]) one.uses(830);
	simulator.faults.always('deviceDetail', { kind: 'code', code: 500, msg: 'Busy' });
	expect(await look()).toBe('success');
	expect(taken()).toEqual([]);
	simulator.faults.clear();
	await look();
	const [told] = toOwner();
	const used = '80% of the data is used: 830 MB of 1 GB.';
	expect(told!.text).toContain('Not mailed to the buyer (2)');
	expect(told!.text).toMatch(
		/#cleo, Japan, 5 days, cleo@buyer.example\n80% of the data is used.* No such mailbox\n/,
	);
	expect(told!.text).toContain(
		`#fay, Japan, 5 days, no mail address, +49 170 0000000\n${used} There is no mail address of the buyer.`,
	);
	expect(taken()).toEqual([
		'anna: 80 % deiner Daten sind verbraucht · Japan, 5 days',
		'owner: 2 eSIM alerts that could not be told',
	]);
	expect(await lastAlertOf(anna)).toBe(used);
	await morning();
	expect(taken()).toEqual([]);

	// n8n is killed while it mails
	people.pass(24);
	anna.uses(1100);
	eve.uses(830);
	let killed: Promise<void> | undefined;
	const asksWhoIsRefused = jest.spyOn(postbox.refused, 'has').mockImplementation(() => {
		killed ??= flows.n8n.restart('byForce');
		return false;
	});
	await expect(look()).rejects.toThrow();
	await killed;
	asksWhoIsRefused.mockRestore();
	expect(taken()).toEqual([]);
	await look();
	expect(toOwner()[0]!.text).toMatch(
		/^Perhaps not mailed to the buyer \(1\)\n\nOrder #anna.*\n100% of the data is used/,
	);
	// only the mail that was on its way is in doubt
	expect(taken()).toEqual([
		'eve: 80% of your data is used · Japan, 5 days',
		'owner: 1 eSIM alert that could not be told',
	]);
	await morning();
	expect(toOwner()[0]!.text).toMatch(/^Deleted from the phone \(1\)\n\nOrder #dan/);
	expect(taken()).toEqual(['owner: 1 eSIM alert']);

	// the last day before the end
	people.pass(24);
	eve.esim.terminatedAt = Date.now() - HOUR_MS;
	await look();
	expect(taken().map((one) => one.replace(/(on|am) [^·]*\(UTC\+8\)/, '$1 …'))).toEqual([
		'anna: Deine eSIM läuft am … ab · Japan, 5 days',
		expect.stringMatching(/^ben: Install your eSIM by \w+ \d+, \d{4} · Japan, 5 days$/) as string,
		'dan: Your eSIM runs out on … · Japan, 5 days',
		'gus: Your eSIM runs out on … · Japan, 5 days',
		'owner: 2 eSIM alerts that could not be told',
	]);
	await morning();
	expect(toOwner()[0]!.text).toMatch(
		/^Not in use, and soon too late \(1\)\n\nOrder #ben[^]*\n\n\nTerminated \(1\)\n\nOrder #eve/,
	);
	expect(taken()).toEqual(['owner: 2 eSIM alerts']);

	people.pass(24);
	await morning();
	expect(toOwner()[0]!.text).toMatch(/^Ran out \(5\)\n/);
	expect(taken()).toEqual(['owner: 5 eSIM alerts']);

	people.pass(24);
	expect(await askedBy(morning)).toEqual([ben.esim.device_id]);
	expect(taken()).toEqual([]);

	people.pass(24);
	await morning();
	expect(toOwner()[0]!.text).toMatch(/^Never used, and now too late \(1\)\n\nOrder #ben/);
	expect(taken()).toEqual(['owner: 1 eSIM alert']);
	expect(await lastAlertOf(ben)).toMatch(/^The eSIM was not used/);
	expect(await askedBy(look)).toEqual([]);
	// the phone can say so late
	expect(await askedBy(morning)).toEqual([ben.esim.device_id]);
	expect(taken()).toEqual([]);
	await forget(ben);
});

it('asks nobody to install what is installed, and goes on when it is used later than that', async () => {
	const { vera, will } = await people.buy({
		vera: {},
		will: { life: { downloadAfterMs: Infinity } },
	});
	const orders = [vera.order, will.order];
	// installed at once, for a journey ten days later
	vera.order.plan.active_type = 'ACTIVEDBYORDER';
	vera.order.activationAt = vera.order.readyAt + 10 * DAY_MS;
	const pass = (days: number) => {
		people.pass(days * 24, orders);
		vera.order.activationAt! -= days * DAY_MS;
	};
	pass(5);
	await look();
	await morning();
	expect(toOwner()[0]!.text).toMatch(/^Not in use, and soon too late \(1\)\n\nOrder #will/);
	expect(taken()).toEqual([
		'owner: 1 eSIM alert',
		expect.stringMatching(/^will: Install your eSIM by/) as string,
	]);
	pass(3);
	await morning();
	expect(toOwner()[0]!.text).toMatch(/^Never used, and now too late \(1\)\n\nOrder #will/);
	expect(taken()).toEqual(['owner: 1 eSIM alert']);
	pass(3);
	will.esim.downloadAfterMs = 9 * DAY_MS;
	for (const one of [vera, will])
		one.esim.bursts = [{ at: Date.now() - 2 * HOUR_MS, kilobytes: 1100 * 1024 }];
	await morning();
	expect(taken()).toEqual([
		'vera: All your data is used · Japan, 5 days',
		'will: All your data is used · Japan, 5 days',
	]);
	await forget(vera, will);
});

it('knows what a plan held that has left the catalogue, and says where nobody knows', async () => {
	const { xena, yuri } = await people.buy({ xena: { plan: 'leaving' }, yuri: { plan: 'gone' } });
	people.stopSelling('gone');
	people.pass(2, [xena.order, yuri.order]);
	await look();
	people.stopSelling('leaving');
	for (const one of [xena, yuri]) one.uses(830);
	await look();
	expect(taken()).toEqual(['xena: 80% of your data is used · Japan, 5 days']);
	const plans = () => sentTo(flows.simulator, 'esimDataplanListPage').length;
	const before = plans();
	expect(await askedBy(look)).not.toContain(yuri.esim.device_id);
	expect(plans()).toBe(before);
	expect(await askedBy(morning)).toContain(yuri.esim.device_id);
	expect(toOwner()[0]!.text).toMatch(/^How much data they have is not known \(1\)\n\nOrder #yuri/);
	expect(taken()).toEqual(['owner: 1 eSIM alert']);
	await morning();
	expect(taken()).toEqual([]);
	await forget(xena, yuri);
});

it('mails it later where the mail server takes nothing, once, and the run says so', async () => {
	const { hal, ida, jon, jim } = await people.buy({ hal: {}, ida: {}, jon: {}, jim: {} });
	people.pass(2);
	for (const one of [hal, ida, jon, jim]) one.uses(830);
	for (const name of ['hal', 'jon', 'jim']) postbox.refused.add(`${name}@buyer.example`);
	postbox.refused.add(OWNER);
	expect(await look()).toBe('error');
	expect(taken()).toEqual(['ida: 80% of your data is used · Japan, 5 days']);
	postbox.refused.clear();
	// meanwhile it is too late for some
	const rowOf = async ({ order }: Traveller) =>
		(await told.rows()).find(({ topup_id }) => topup_id === order.topup_id)!.id;
	await told.write(await rowOf(jon), { usage_day: '2026-01-01' });
	await told.write(await rowOf(jim), { expires_at: new Date(Date.now() - 1000).toISOString() });
	expect(await look()).toBe('success');
	expect(await statesOf(jon)).toEqual(['for nobody: data_used']);
	expect(await statesOf(jim)).toEqual(['for nobody: data_used']);
	await forget(jon, jim);
	expect(taken()).toEqual(['hal: 80% of your data is used · Japan, 5 days']);
	await morning();
	expect(taken()).toEqual([]);
});

it('mails it also where the ledger does not take it, and tells the owner of that', async () => {
	const { kai } = await people.buy({ kai: {} });
	people.pass(2);
	kai.uses(830);
	await ledger.rename('last_alert', 'renamed');
	expect(await look()).toBe('success');
	await ledger.rename('renamed', 'last_alert');
	expect(toOwner()[0]!.text).toMatch(/^The order ledger did not note an alert: .*lacks a column/);
	expect(taken()).toEqual([
		'kai: 80% of your data is used · Japan, 5 days',
		'owner: 1 eSIM alert that could not be told',
	]);
});

it('speaks the language of the buyer, and shows what a shop typed as text and nothing of the supplier', async () => {
	const said = {
		kim: ['zh-CN', '您的流量已用完'],
		lea: ['fr', 'Vos données sont épuisées'],
		max: ['de-AT', 'Deine Daten sind aufgebraucht'],
		nia: ['es', 'Has usado todos tus datos'],
		oda: ['xx', 'All your data is used'],
		pat: ['it-IT', 'Hai usato tutti i dati'],
		rui: ['pt', 'Seus dados acabaram'],
		sol: ['fil', 'Ubos na ang data'],
		ted: ['nl-be', 'Al je data is op'],
	};
	const product = '<b>Japan</b> & "Tokyo" $& {date}';
	type Name = keyof typeof said;
	const names = Object.keys(said) as Name[];
	const bought = names.map((name) => [name, { row: { language: said[name][0], product } }]);
	const all = await people.buy(Object.fromEntries(bought) as Record<Name, Bought>);
	people.pass(2);
	for (const one of Object.values(all)) one.uses(1200);
	await look();
	for (const name of names) {
		const [, heading] = said[name];
		const mail = postbox.mails.find(({ to }) => [to].flat()[0]?.text.startsWith(name))!;
		expect(mail.subject).toBe(`${heading} · ${product}`);
		expect(mail.text).toContain(`${heading}\n\n`);
		expect(mail.html).toContain(`>${heading}</h1>`);
		expect(mail.html).toContain('&lt;b&gt;Japan&lt;/b&gt; &amp; &quot;Tokyo&quot; $&amp; {date}');
		const { topup_id, esims } = all[name].order;
		const link = new RegExp(
			`${PAGE}\\?order=${topup_id}&(amp;)?esim=${esims[0]!.device_id}&(amp;)?sign=[0-9a-f]{64}`,
		);
		expect(mail.text).toMatch(link);
		expect(mail.html).toMatch(link);
		const both = [mail.text, mail.html].map((one) => String(one).replace(link, '')).join(' ');
		for (const secret of [...SECRETS, topup_id, esims[0]!.device_id])
			expect(both).not.toContain(secret);
		expect(both).not.toMatch(/undefined|null|\[object|\{\{|NaN|Invalid|\{percent\}/);
	}
	expect(taken()).toHaveLength(names.length);
});

it('tells the owner of a mail that cannot be written, and mails the others', async () => {
	const { uma, vic } = await people.buy({ uma: { row: { language: 'qq' } }, vic: {} });
	people.pass(2);
	for (const one of [uma, vic]) one.uses(1100);
	await look();
	expect(toOwner()[0]!.text).toMatch(
		/^Not mailed to the buyer \(1\)\n\nOrder #uma.*\n.*His mail could not be written: /,
	);
	expect(taken()).toEqual([
		'owner: 1 eSIM alert that could not be told',
		'vic: All your data is used · Japan, 5 days',
	]);
});

it('tells what was used of a day on that day, and nobody of yesterday', async () => {
	const { pia } = await people.buy({ pia: { plan: 'daily' } });
	people.pass(30);
	// MicroeSIM's day begins at 16:00 UTC, and it counts three quarters of an hour later
	const today = Math.floor((Date.now() + 8 * HOUR_MS) / DAY_MS) * DAY_MS - 8 * HOUR_MS;
	const [burst] = pia.esim.bursts!;
	burst!.at = today - 60_000;
	pia.uses(830);
	await look();
	await morning();
	expect(taken()).toEqual([]);
	expect(await lastAlertOf(pia)).toMatch(/^80% of the data of \d{4}-\d\d-\d\d is used/);
	if (Date.now() - today < HOUR_MS) return;
	burst!.at = today + 60_000;
	await look();
	expect(taken()).toEqual(["pia: 80% of today's data is used · Japan, 5 days"]);
});

it('mails without the button where no link can be made, says why, and tells nothing again when it is imported anew', async () => {
	const wrong: Array<[string, (node: INode) => INode, RegExp]> = [
		['wes', EMPTY, /Fill In is not filled in yet: shop_name\. Nothing was done/],
		[
			'xia',
			filledIn({ page_url: PAGE.replace('/my', '/webhook-test/my') }),
			/page_url in Fill In of My eSIM page is wrong: it is the Test URL/,
		],
	];
	for (const [name, edit, why] of wrong) {
		await flows.desk.close('My eSIM page');
		await flows.desk.open('my-esim-page', edit);
		await flows.desk.close(NAME);
		await flows.desk.open('esim-alerts', (node) => edited(activated('Make a Link')(node)));
		const { one } = await people.buy({ one: { row: { buyer: `${name}@buyer.example` } } });
		people.pass(2);
		one.uses(830);
		expect(await look()).toBe('success');
		const { text } = toOwner()[0]!;
		expect(text).toMatch(/^The mails to buyers went out without the button to their page: /);
		expect(text).toMatch(why);
		expect(postbox.to(`${name}@buyer.example`)[0]!.text).not.toContain('sign=');
		expect(taken()).toEqual([
			'owner: 1 eSIM alert that could not be told',
			`${name}: 80% of your data is used · Japan, 5 days`,
		]);
	}
});

it('tells it once where it looks by its schedule, however often and at the same moment', async () => {
	const { quin } = await people.buy({ quin: {} });
	people.pass(2);
	quin.uses(830);
	const interval = [{ field: 'seconds', secondsInterval: 1 }];
	await flows.desk.open('esim-alerts', (node) =>
		node.name === 'Every Hour' ? { ...node, parameters: { rule: { interval } } } : node,
	);
	const looks = () => sentTo(flows.simulator, 'deviceDetail').length;
	const from = looks();
	await until(() => looks() > from + 20);
	await flows.desk.close(NAME);
	await flows.desk.idle();
	expect(toOwner().map(({ text }) => text)).toEqual([]);
	expect(taken()).toEqual(['quin: 80% of your data is used · Japan, 5 days']);
});
