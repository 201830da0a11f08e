import type { IDataObject } from 'n8n-workflow';

/** The values stand in users' saved workflows and in items: they never change. */
export type BalanceEvent = 'balance_above' | 'balance_below' | 'balance_changed';

export interface Balance {
	balance: number;
	currency: string;
}

/** @param was what was remembered; nothing is told of a first look */
export function balanceEvents(
	was: Balance | undefined,
	is: Balance,
	threshold: number | undefined,
): Array<{ event: BalanceEvent; item: IDataObject }> {
	if (was === undefined || was.balance === is.balance) return [];
	const item = (event: BalanceEvent): { event: BalanceEvent; item: IDataObject } => ({
		event,
		item: {
			event,
			balance: is.balance,
			balance_before: was.balance,
			difference: Math.round((is.balance - was.balance) * 100) / 100,
			currency: is.currency,
			threshold: event === 'balance_changed' ? null : (threshold ?? null),
		},
	});
	const crossed =
		threshold === undefined || was.balance < threshold === is.balance < threshold
			? []
			: [item(is.balance < threshold ? 'balance_below' : 'balance_above')];
	return [...crossed, item('balance_changed')];
}
