/** The operators of one country that an eSIM connects to. */
export interface CountryNetworks {
	/** ISO 3166 code, e.g. "JP". */
	country: string;
	operators: Array<{ name: string; generations: string[] }>;
}

/** Forms of companies, in small letters without dots and spaces: no operator is called by one of them alone. */
const COMPANY_FORMS = new Set(
	[
		'sa sab sas sasu sac saog sal spa srl sarl sadecv sabdecv sderldecv sapidecv ca ltda lda sl',
		'ltd limited pteltd ptyltd pvtltd privatelimited plc dac llc llp lp inc incorporated',
		'co coltd company corp corporation kk',
		'pjsc jsc ojsc cjsc ojscb ksc kscp kscc qsc qpsc bsc wll fzllc fzco',
		'gmbh gmbhcokg ag kg ab as asa oy oyj nv bv se hf ehf uab sia',
		'doo dd ad ead eood ood sro spzoo kft zrt nyrt tbk sdnbhd bhd berhad',
	]
		.join(' ')
		.split(' '),
);

/**
 * Reads a plan's `networks`: `CC:Operator[GEN;GEN],Operator2[GEN]|CC2:…`. Brackets and the last `|` are
 * optional, names may hold parentheses, and operators are also separated by `/`. A part without a country belongs
 * to the one before it.
 *
 * A comma separates operators unless what follows it is the form of a company ("International, S.A[4G]"). That a
 * comma needs a bracket before it would join "EE,Three[4G]"; forms are few, and no operator is called by one alone.
 *
 * @returns one entry per country; an empty list for empty text
 */
export function parseNetworks(value: string): CountryNetworks[] {
	const countries: CountryNetworks[] = [];
	for (const part of value.split('|').map((text) => text.trim())) {
		if (part === '') continue;
		const colon = part.indexOf(':');
		const operators = splitOperators(part.slice(colon + 1)).map(readOperator);
		const before = countries.at(-1);
		if (colon < 0 && before) before.operators.push(...operators);
		else
			countries.push({
				country: part.slice(0, Math.max(0, colon)).trim().toUpperCase(),
				operators,
			});
	}
	return countries;
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

function splitOperators(text: string): string[] {
	const operators: string[] = [];
	let separator = '';
	for (const piece of splitOutsideBrackets(text)) {
		const before = operators.at(-1);
		if (piece === ',' || piece === '/') separator = piece;
		else if (before !== undefined && isRestOfName(before, separator, piece)) {
			operators[operators.length - 1] = `${before}${separator}${piece}`;
		} else operators.push(piece);
	}
	return operators.map((operator) => operator.trim()).filter((operator) => operator !== '');
}

/** Whether a separator stands within a name: before the form of a company, and in "A/S". */
function isRestOfName(before: string, separator: string, piece: string): boolean {
	if (before.trim() === '' || before.trimEnd().endsWith(']')) return false;
	const form = piece.replace(/\[.*$/s, '');
	if (separator === '/') return /\sA$/.test(before) && form.trimEnd() === 'S';
	return COMPANY_FORMS.has(form.replace(/[.\s&]/g, '').toLowerCase());
}

/** Operators and the separators between them, in turn. */
function splitOutsideBrackets(text: string): string[] {
	const parts = [''];
	let depth = 0;
	for (const [index, character] of [...text].entries()) {
		// A bracket that is never closed holds nothing together.
		const closing = { '[': ']', '(': ')' }[character];
		if (closing !== undefined && text.includes(closing, index)) depth++;
		if (')]'.includes(character)) depth = Math.max(0, depth - 1);
		if (depth === 0 && ',/'.includes(character)) parts.push(character, '');
		else parts[parts.length - 1] += character;
	}
	return parts;
}
