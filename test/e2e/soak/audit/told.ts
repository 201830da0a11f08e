import { OWNER, type Books } from '../books';
import type { Unit } from '../customers';

/** Whether the shop's flow has told the owner something of an order at the time. */
export const tells = ({ mails }: Books, unit: Unit, words: string): boolean =>
	mails.some(
		({ subject, text }) =>
			/^eSIMs of order .* need you$/.test(subject) &&
			subject.includes(unit.order) &&
			text.includes(words),
	);

/** Whether the ledger's night has told the owner so. */
export const nightTells = ({ mails }: Books, words: RegExp): boolean =>
	mails.some(({ to, text }) => to === OWNER && words.test(text));

/** What the night says of a number. */
export const DOUBTED = (number: string) =>
	new RegExp(`umber ${number} was bought(\\.|, and its order ID)`);

/** What the night says of a number that was refused. */
export const REFUSAL = (number: string) => new RegExp(`umber ${number} .*was refused`);
