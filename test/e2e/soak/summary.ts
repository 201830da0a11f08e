import type { Verdict } from './audit';
import { OWNER, type Books } from './books';
import type { Happening } from './journal';
import { amountOf } from './money';

const FAULTS: Happening[] = [
	'MicroeSIM is down',
	'answer is lost',
	'mail server is down',
	'Shopify is down',
	'off sale',
];
const OTHERS: Happening[] = ['price', 'top-up', 'pushed again', 'look'];
const RESTARTS: Happening[] = ['n8n is restarted', 'n8n is killed'];
const BY_PEOPLE: Happening[] = ['row deleted', 'paid again', 'run retried', 'doubt decided'];

/** The figures of a shop's hours, as a table in Markdown. @param lastsMs of the shop's time */
export function summaryOf(
	{ shop, microesim, mails, runs, journal }: Books,
	{ fates, faults, explained }: Verdict,
	lastsMs: number,
	seed: number,
): string {
	const count = <T>(all: T[], is: (one: T) => boolean) => all.filter(is).length;
	const fateOf = (fate: string) => count([...fates.values()], (one) => one === fate);
	const happened = (whats: Happening[]) =>
		whats
			.map((what) => [what, count(journal, (one) => one.what === what)] as const)
			.filter(([, times]) => times > 0)
			.map(([what, times]) => `${times} × ${what}`)
			.join(', ') || 'none';
	const statuses = [...new Set(runs.map(({ status }) => status))].sort();
	const { atOpening, toppedUp, atEnd } = microesim.balance;
	const spent = microesim.orders.reduce((sum, { cost }) => sum + cost, 0);
	const toBuyers = count(mails, ({ to }) => to !== OWNER);
	const rows: Array<[string, string]> = [
		['Shop', `${lastsMs / 60_000} minutes, seed ${seed}`],
		[
			'Paid orders',
			`${new Set(shop.units.map(({ order }) => order)).size}, told ${shop.told.length} times`,
		],
		[
			'Paid units',
			`${shop.units.length}: ${['bought', 'refused', 'in doubt', 'lost'].map((fate) => `${fateOf(fate)} ${fate}`).join(', ')}`,
		],
		['eSIMs at MicroeSIM', String(microesim.orders.flatMap(({ esims }) => esims).length)],
		[
			'Money',
			`${amountOf(atOpening)} + ${toppedUp.map(amountOf).join(' + ')} − ${amountOf(spent)} = ${amountOf(atEnd)}`,
		],
		['Mails', `${toBuyers} to buyers, ${mails.length - toBuyers} to the owner`],
		[
			'Executions',
			statuses
				.map((status) => `${count(runs, (run) => run.status === status)} ${status}`)
				.join(', '),
		],
		['Faults', happened(FAULTS)],
		['Restarts', happened(RESTARTS)],
		['Done by people', happened(BY_PEOPLE)],
		['Besides', happened(OTHERS)],
		['Differ by design', `${explained.length}, each by its own event`],
		['Do not agree', String(faults.length)],
	];
	return [
		'| What | How many |',
		'| --- | --- |',
		...rows.map(([what, how]) => `| ${what} | ${how} |`),
		'',
	].join('\n');
}
