import type { Books, Run } from '../books';
import { amountOf, cents } from '../money';
import type { Findings } from './findings';

/** Below it the owner is told, cents: as "Balance alert" has it. */
const LINE = 50_000;

const ALERT = /^MicroeSIM balance is (low|back): ([\d.]+) /;

/** The owner was told of each time that the money ran out and came back, and of each price on its way to what it is. */
export function auditWatches(books: Books, findings: Findings): void {
	auditAlerts(books, findings);
	auditPrices(books, findings);
}

function auditAlerts({ mails, microesim, runs }: Books, findings: Findings): void {
	const told = mails.flatMap(({ subject }) => {
		const [, what, balance] = ALERT.exec(subject) ?? [];
		return what === undefined ? [] : [{ what, balance: cents(balance!) }];
	});
	for (const { what, balance } of told)
		findings.demand(
			(what === 'low') === balance < LINE,
			`The owner was told that ${amountOf(balance)} is ${what}`,
		);
	const { atEnd } = microesim.balance;
	const isLow = atEnd < LINE;
	const says = told.map(({ what }) => what);
	const isInTurn = says.every((what, index) => what !== says[index - 1]);
	const isRight = says.length === 0 ? !isLow : (says.at(-1) === 'low') === isLow;
	if (isInTurn && isRight) return;
	const sentence = `The owner was told of the balance: ${says.join(', ') || 'nothing'}, and it is ${amountOf(atEnd)}`;
	findings.because(sentence, failedRun(runs, 'Balance alert'));
}

function auditPrices({ microesim, priceChanges, runs }: Books, findings: Findings): void {
	for (const { plan, atOpening, atEnd } of microesim.prices) {
		const changes = priceChanges.filter((change) => change.plan === plan);
		const seen = changes.reduce<number | undefined>(
			(price, { before, after }) => (price === before ? after : undefined),
			atOpening,
		);
		if (seen === atEnd) continue;
		const told = changes.map(({ before, after }) => `${amountOf(before)} → ${amountOf(after)}`);
		const sentence = `The price of ${plan} went from ${amountOf(atOpening)} to ${amountOf(atEnd)}, and the owner was told: ${told.join(', ') || 'nothing'}`;
		findings.because(sentence, failedRun(runs, 'Catalogue watch'));
	}
}

/** A run that ended with n8n tells nobody, and what it would have told is not told again. */
const failedRun = (runs: Run[], of: string): string | undefined => {
	const failed = runs.find(({ flow, status }) => flow === of && status === 'crashed');
	return failed && `execution ${failed.id} crashed`;
};
