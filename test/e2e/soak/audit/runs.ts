import type { Books, Run } from '../books';
import type { Happening } from '../journal';
import { MOMENT, type Findings } from './findings';

/** What a run may fail with, and what must have happened then. */
const REASONS: Array<[RegExp, Happening[]]> = [];

/** Each paid order has its run, each run has ended, and each that failed did so because of what was done to it. */
export function auditRuns({ runs, shop }: Books, findings: Findings): void {
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
		else isExplained(run, says, findings);
	}
}

function isExplained(run: Run, says: string, findings: Findings): void {
	const between: [number, number] = [run.from - MOMENT, run.to + MOMENT];
	if (run.status === 'crashed') {
		findings.byEvent(says, ['n8n is killed', 'n8n is restarted'], [run.from, run.to + MOMENT]);
		return;
	}
	const reason = REASONS.find(([words]) => words.test(run.error));
	if (reason) findings.byEvent(`${says}: ${run.error}`, reason[1], between);
	else findings.fault(`${says}: ${run.error}`);
}
