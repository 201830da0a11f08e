import { sentTo } from '../../engine/support/look';
import { until } from '../harness';
import { atOnce } from '../ledger/support';
import { Table } from '../ledger/table';
import { filledIn } from './fillIn';
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
let people: Travellers;

beforeAll(async () => {
	people = new Travellers(flows);
	people.sell();
	await flows.desk.open('order-ledger');
	await flows.desk.open('my-esim-page', filledIn({ page_url: PAGE }));
	await flows.desk.open('esim-alerts', (node) =>
		activated('Make a Link')(atOnce(filledIn({ install_days: 3 })(node))),
	);
	ledger = new Table(flows.n8n.api);
});

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
	for (const one of [anna, cleo, fay]) one.uses(800);
	simulator.faults.always('deviceDetail', { kind: 'code', code: 500, msg: 'Busy' });
	expect(await look()).toBe('success');
	expect(taken()).toEqual([]);
	simulator.faults.clear();
	await look();
	const [told] = toOwner();
	const used = '75% of the data is used: 800 MB of 1 GB.';
	expect(told!.text).toContain('Not mailed to the buyer (2)');
	expect(told!.text).toMatch(
		/#cleo, Japan, 5 days, cleo@buyer.example\n75% of the data is used.* No such mailbox\n/,
	);
	expect(told!.text).toContain(
		`#fay, Japan, 5 days, no mail address, +49 170 0000000\n${used} There is no mail address of the buyer.`,
	);
	expect(taken()).toEqual([
		'anna: 75 % deiner Daten sind verbraucht · Japan, 5 days',
		'owner: 2 eSIM alerts that could not be told',
	]);
	expect(await lastAlertOf(anna)).toBe(used);
	await morning();
	expect(taken()).toEqual([]);

	// n8n is killed while it mails
	people.pass(24);
	anna.uses(1100);
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
	expect(taken()).toEqual(['owner: 1 eSIM alert that could not be told']);
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
	expect(await askedBy(morning)).toEqual([]);
	expect(taken()).toEqual([]);
});

it('mails it later where the mail server takes nothing, once, and the run says so', async () => {
	const { hal, ida } = await people.buy({ hal: {}, ida: {} });
	people.pass(2);
	for (const one of [hal, ida]) one.uses(800);
	postbox.refused.add('hal@buyer.example').add(OWNER);
	expect(await look()).toBe('error');
	expect(taken()).toEqual(['ida: 75% of your data is used · Japan, 5 days']);
	postbox.refused.clear();
	expect(await look()).toBe('success');
	expect(taken()).toEqual(['hal: 75% of your data is used · Japan, 5 days']);
	await morning();
	expect(taken()).toEqual([]);
});

it('mails it also where the ledger does not take it, and tells the owner of that', async () => {
	const { kai } = await people.buy({ kai: {} });
	people.pass(2);
	kai.uses(800);
	await ledger.rename('last_alert', 'renamed');
	expect(await look()).toBe('success');
	await ledger.rename('renamed', 'last_alert');
	expect(toOwner()[0]!.text).toMatch(/^The order ledger did not note an alert: .*lacks a column/);
	expect(taken()).toEqual([
		'kai: 75% of your data is used · Japan, 5 days',
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
	expect(taken()).toHaveLength(5);
});

it('tells what was used of a day on that day, and nobody of yesterday', async () => {
	const { pia } = await people.buy({ pia: { plan: 'daily' } });
	people.pass(30);
	// MicroeSIM's day begins at 16:00 UTC, and it counts three quarters of an hour later
	const today = Math.floor((Date.now() + 8 * HOUR_MS) / DAY_MS) * DAY_MS - 8 * HOUR_MS;
	const [burst] = pia.esim.bursts!;
	burst!.at = today - 60_000;
	pia.uses(800);
	await look();
	await morning();
	expect(taken()).toEqual([]);
	expect(await lastAlertOf(pia)).toMatch(/^75% of the data of \d{4}-\d\d-\d\d is used/);
	if (Date.now() - today < HOUR_MS) return;
	burst!.at = today + 60_000;
	await look();
	expect(taken()).toEqual(["pia: 75% of today's data is used · Japan, 5 days"]);
});

it('tells it once where it looks by its schedule, however often and at the same moment', async () => {
	const { quin } = await people.buy({ quin: {} });
	people.pass(2);
	quin.uses(800);
	const interval = [{ field: 'seconds', secondsInterval: 1 }];
	await flows.desk.open('esim-alerts', (node) =>
		node.name === 'Every Hour' ? { ...node, parameters: { rule: { interval } } } : node,
	);
	const looks = () => sentTo(flows.simulator, 'deviceDetail').length;
	const from = looks();
	await until(() => looks() > from + 20);
	await flows.desk.close(NAME);
	await flows.desk.idle();
	const toQuin = taken().filter((one) => one.startsWith('quin'));
	expect(toQuin).toEqual(['quin: 75% of your data is used · Japan, 5 days']);
});
