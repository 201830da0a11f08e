import type { IDataObject } from 'n8n-workflow';

/** The values stand in users' saved workflows and in items: they never change. */
export type BalanceEvent = 'balance_above' | 'balance_below' | 'balance_changed';

export interface Balance {
	balance: number;
	currency: string;
	/** The threshold that it was compared with. */
	threshold?: number;
}

/**
 * @param was what was remembered; nothing is told of a first look, nor where the currency is another one
 * @param is what it is now, and the threshold as it is set now
 */
export function balanceEvents(
	was: Balance | undefined,
	is: Balance,
): Array<{ event: BalanceEvent; item: IDataObject }> {
	if (was === undefined || was.currency !== is.currency) return [];
	const item = (event: BalanceEvent): { event: BalanceEvent; item: IDataObject } => ({
		event,
		item: {
			event,
			balance: is.balance,
			balance_before: was.balance,
			difference: Math.round((is.balance - was.balance) * 100) / 100,
			currency: is.currency,
			threshold: event === 'balance_changed' ? null : (is.threshold ?? null),
		},
	});
	const { threshold } = is;
	const wasBelow = was.balance < (was.threshold ?? threshold ?? -Infinity);
	const isBelow = is.balance < (threshold ?? -Infinity);
	return [
		...(threshold === undefined || wasBelow === isBelow
			? []
			: [item(isBelow ? 'balance_below' : 'balance_above')]),
		...(was.balance === is.balance ? [] : [item('balance_changed')]),
	];
}
