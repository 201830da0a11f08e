import type { Books, LedgerRow } from '../books';
import { amountOf } from '../money';
import type { Findings } from './findings';

/** What the account had, and got, less what was sold, is what it has; and the ledger knows all that was sold. */
export function auditMoney({ microesim, ledger }: Books, findings: Findings): void {
	const { atOpening, toppedUp, atEnd } = microesim.balance;
	const paidIn = toppedUp.reduce((sum, amount) => sum + amount, atOpening);
	const spent = microesim.orders.reduce((sum, { cost }) => sum + cost, 0);
	findings.demand(
		paidIn - spent === atEnd,
		`Opening balance and top-ups are ${amountOf(paidIn)}, orders ${amountOf(spent)}, and ${amountOf(atEnd)} is left`,
	);
	const written = ledger.filter(({ topupId }) => topupId !== '');
	const known = new Set(written.map(({ topupId }) => topupId));
	for (const { topupId, number, cost } of microesim.orders)
		findings.demand(
			known.has(topupId) || ledger.some((row) => row.number === number && isOpen(row)),
			`Order ${topupId} (${number}) costs ${amountOf(cost)}, and stands nowhere in the ledger`,
		);
	const sold = new Set(microesim.orders.map(({ topupId }) => topupId));
	for (const { topupId, number } of written)
		findings.demand(
			sold.has(topupId),
			`The ledger has order ${topupId} (${number}), MicroeSIM not`,
		);
}

/** It may have been bought, or was, and the ledger was not told under which order ID. */
const isOpen = ({ state, topupId }: LedgerRow): boolean =>
	['in doubt', 'bought'].includes(state) && topupId === '';
