import type { IDataObject } from 'n8n-workflow';

import type { Simulator } from '../../../../simulator';
import type { RunResult } from '../../harness';
import { sentTo } from '../../support/look';

/** All that a user sees of an execution of a node: the items of both outputs and the error. */
export interface Visible {
	json: IDataObject[];
	/** Message and description. */
	error: string;
}

export function visible(result: RunResult, node = 'Node'): Visible {
	const { message = '', description } = (result.error(node) ?? {}) as {
		message?: string;
		description?: string | null;
	};
	return {
		json: [...result.json(node, 0), ...result.json(node, 1)],
		error: `${message} ${description ?? ''}`,
	};
}

const errorsIn = ({ json, error }: Visible): string[] => [
	error,
	...json.map((item) => (typeof item.error === 'string' ? item.error : '')),
];

const isTold = (seen: Visible[], topupId: string): boolean =>
	seen.some(({ json, error }) => error.includes(topupId) || JSON.stringify(json).includes(topupId));

/** Whether an error says this of the number. */
const isSaid = (seen: Visible[], number: string, words: string): boolean =>
	seen.flatMap(errorsIn).some((error) => error.includes(words) && error.includes(`"${number}"`));

/** Whether an item says so, as an earlier order whose outcome is unknown. */
const isItemOfDoubt = (seen: Visible[], number: string): boolean =>
	seen
		.flatMap(({ json }) => json)
		.map((item) => ({ ...item, ...(item.details as IDataObject | undefined) }) as IDataObject)
		.some(({ outcome, custom_order_no }) => outcome === 'unknown' && custom_order_no === number);

/**
 * Compares MicroeSIM's books with what the executions showed.
 *
 * @returns how each number that was sent ended, in the sequence of the requests, and what must never happen
 */
export function ledgerOf(simulator: Simulator, seen: Visible[]) {
	const sent = sentTo(simulator, 'esimSubscribe');
	const violations: string[] = [];
	const ends = new Map<string, string>();
	for (const number of new Set(sent.map(({ fields }) => fields.custom_order_no ?? ''))) {
		const orders = simulator.ledger.filter(({ custom_order_no }) => custom_order_no === number);
		const answered = sent.some(
			({ fields, fault, status }) =>
				fields.custom_order_no === number && fault === undefined && status === 200,
		);
		const told = orders.every(({ topup_id }) => isTold(seen, topup_id));
		const doubt = isSaid(seen, number, 'may have been bought')
			? 'in doubt'
			: isItemOfDoubt(seen, number)
				? 'in doubt without an error'
				: undefined;
		if (orders.length > 1) violations.push(`${number} was bought ${orders.length} times`);
		if (answered && !told) violations.push(`${number} was bought, and its order ID is lost`);
		if (!told && doubt === undefined && !isSaid(seen, number, 'was ordered before'))
			violations.push(`${number} was bought, and nothing says so`);
		const known = orders.length > 0 && told ? 'told' : (doubt ?? 'error');
		ends.set(number, `${orders.length} ${orders.length === 1 ? 'order' : 'orders'}, ${known}`);
	}
	return { ends, violations };
}
