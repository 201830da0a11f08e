import fc from 'fast-check';

const letter = (alphabet: string) => fc.constantFrom(...alphabet);

const word = (alphabet: string, minLength: number, maxLength: number) =>
	fc.array(letter(alphabet), { minLength, maxLength }).map((letters) => letters.join(''));

const LOWER = 'abcdefghijklmnopqrstuvwxyz';

/** Hexadecimal text of an even length, in mixed case. */
export const saltHex = fc
	.array(word('0123456789abcdefABCDEF', 2, 2), { minLength: 1, maxLength: 24 })
	.map((pairs) => pairs.join(''));

export interface CodeParts {
	host: string;
	matchingId: string;
	oid: string;
	confirmed: boolean;
}

/** The parts of an activation code as GSMA SGP.22 §4.1 allows them. */
export const codeParts: fc.Arbitrary<CodeParts> = fc.record({
	host: fc
		.tuple(word(LOWER, 1, 12), word(`${LOWER}0123456789`, 1, 12), word(LOWER, 2, 5))
		.map((labels) => labels.join('.')),
	matchingId: word('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-', 0, 40),
	oid: fc.oneof(
		fc.constant(''),
		fc.array(fc.nat(9999), { minLength: 1, maxLength: 6 }).map((numbers) => numbers.join('.')),
	),
	confirmed: fc.boolean(),
});

/** Writes the code, without the parts at the end that are empty. */
export function codeOf({ host, matchingId, oid, confirmed }: CodeParts): string {
	const end = confirmed ? `$${oid}$1` : oid === '' ? '' : `$${oid}`;
	return `LPA:1$${host}$${matchingId}${end}`;
}
