import type { Bench } from '../../support/microesim';
import { when } from '../../support/when';
import type { OrderFault } from './faults';

/**
 * Stops an execution at its order number `at`, counted from 0: once its number is claimed, or once it is booked.
 *
 * @returns the signal for the execution, and what ends the watch
 */
export function stopAt(
	{ engine, simulator }: Bench,
	workflowId: string,
	{ stop }: OrderFault,
	at: number,
): { signal?: AbortSignal; end: () => void } {
	const abort = new AbortController();
	if (stop === 'beforeSending') {
		let claimed = 0;
		const watch = (items: unknown[], workflow: string) => {
			if (workflow === workflowId && items.includes('taken') && ++claimed === at + 1) abort.abort();
		};
		engine.duplicates.onRecord.add(watch);
		return { signal: abort.signal, end: () => void engine.duplicates.onRecord.delete(watch) };
	}
	if (stop === 'beforeAnswer') {
		const end = when(
			() => simulator.ledger.length > at,
			() => abort.abort(),
		);
		return { signal: abort.signal, end };
	}
	return { end: () => {} };
}
