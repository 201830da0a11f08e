import type { Simulator } from '../../../simulator';

let expressions = 0;

/**
 * An expression that says one thing until something stands in MicroeSIM's books, and another one from then on, as
 * one that reads a clock or another node can.
 *
 * @param good and bad: what stands in the expression, as JavaScript
 */
export function turnsBad({ ledger }: Simulator, good: string, bad: string): string {
	const name = `booked${++expressions}`;
	// What every expression can see.
	Object.defineProperty(Array.prototype, name, {
		configurable: true,
		get: () => ledger.length > 0,
	});
	return `={{ [].${name} ? ${bad} : ${good} }}`;
}
