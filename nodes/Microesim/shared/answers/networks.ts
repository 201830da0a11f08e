/** The operators of one country that an eSIM connects to. */
export interface CountryNetworks {
	/** ISO 3166 code, e.g. "JP". */
	country: string;
	operators: Array<{ name: string; generations: string[] }>;
}

/**
 * Reads a plan's `networks`: `CC:Operator[GEN;GEN],Operator2[GEN]|CC2:…`. Brackets and the last `|` are
 * optional, names may hold parentheses, and operators are also separated by `/`.
 *
 * @returns one entry per country; an empty list for empty text
 */
export function parseNetworks(value: string): CountryNetworks[] {
	return value
		.split('|')
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.map((part) => {
			const colon = part.indexOf(':');
			const operators = splitOutsideBrackets(colon < 0 ? part : part.slice(colon + 1));
			return {
				country: colon < 0 ? '' : part.slice(0, colon).trim().toUpperCase(),
				operators: operators.map(readOperator),
			};
		});
}

function readOperator(text: string) {
	const match = /^(.*?)\[([^\]]*)\]?(.*)$/.exec(text);
	if (!match) return { name: text, generations: [] };
	const [, before = '', generations = '', after = ''] = match;
	return {
		name: `${before}${after}`.trim(),
		generations: generations
			.split(/[;,/]/)
			.map((generation) => generation.trim())
			.filter((generation) => generation !== ''),
	};
}

function splitOutsideBrackets(text: string): string[] {
	const parts = [''];
	let depth = 0;
	for (const [index, character] of [...text].entries()) {
		// A bracket that is never closed holds nothing together.
		const closing = { '[': ']', '(': ')' }[character];
		if (closing !== undefined && text.includes(closing, index)) depth++;
		if (')]'.includes(character)) depth = Math.max(0, depth - 1);
		if (depth === 0 && ',/'.includes(character)) parts.push('');
		else parts[parts.length - 1] += character;
	}
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}
