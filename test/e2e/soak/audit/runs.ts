import type { Books, Run } from '../books';
import type { Happening } from '../journal';
import { EARLY, isEarly } from './early';
import { MOMENT, type Findings } from './findings';
import type { Fate } from './units';

/** What a run may fail with, and what must have happened then. */
const REASONS: Array<[RegExp, Happening]> = [
	[/could be mailed to nobody|Invalid greeting|421 Try again later/, 'mail server is down'],
	[/the shop could not be told|Service unavailable/i, 'Shopify is down'],
	[/MicroeSIM/, 'MicroeSIM is down'],
];

/** How long a run may be at one node, ms. */
const UNDER_WAY = 120_000;

const TOO_EARLY = /^Order (\d+) was pushed before the shop's flow wrote it into the ledger/;

/** Each paid order has its run, each run has ended, and each that failed did so because of what was done to it. */
export function auditRuns(books: Books, fates: Map<string, Fate>, findings: Findings): void {
	const { runs, shop } = books;
	const shopRuns = runs.filter(({ flow }) => flow === 'Shopify order to eSIM');
	for (const order of new Set(shop.told))
		findings.demand(
			shopRuns.some(({ orders }) => orders.includes(order)),
			`n8n took ${order} of Shopify, and has no run of it`,
		);
	for (const run of runs) {
		if (run.status === 'success') continue;
		const says = `Execution ${run.id} of "${run.flow}" is "${run.status}"`;
		if (['new', 'running', 'waiting', 'unknown'].includes(run.status))
			findings.fault(`${says}: it hangs`);
		else isExplained(run, says, { books, fates, findings });
	}
}

interface Case {
	books: Books;
	fates: Map<string, Fate>;
	findings: Findings;
}

function isExplained(run: Run, says: string, { books, fates, findings }: Case): void {
	const { from, to, error } = run;
	if (run.status === 'crashed') {
		// n8n knows of such a run what it noted last, not when it ended
		findings.byEvent(says, ['n8n is killed', 'n8n is restarted'], [from, to + UNDER_WAY]);
		return;
	}
	const [, topupId] = TOO_EARLY.exec(error) ?? [];
	if (topupId !== undefined) {
		const { number = '' } = books.microesim.orders.find((one) => one.topupId === topupId) ?? {};
		const isDoubt = Boolean(findings.eventOf(['doubt decided'], [0, Infinity], number));
		const why = isDoubt || fates.get(number) === 'in doubt' ? 'its order is in doubt' : undefined;
		findings.because(`${says}: ${error}`, why ?? (isEarly(number, to, books) ? EARLY : undefined));
		return;
	}
	const reason = REASONS.find(([words]) => words.test(error));
	const between: [number, number] = [from - MOMENT, to + MOMENT];
	if (reason) findings.byEvent(`${says}: ${error}`, [reason[1]], between);
	else findings.fault(`${says}: ${error}`);
}
