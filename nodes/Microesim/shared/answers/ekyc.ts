/** Words for a proof of identity, as plans of several makers put it. */
const PROOF = new RegExp(
	[
		'(?<![a-z])(?:e[\\s-]?)?kyc',
		'(?<![a-z])real[\\s-]?name',
		'(?<![a-z])(?:identity|id|passport)[\\s-]+(?:verification|verify|authentication|registration|check)',
		'(?<![a-z])proof of identity',
		'(?<![a-z])know your customer',
		'[实實]名',
		'身[份分](?:[证證])?(?:[验驗][证證]|[认認][证證]|核[验驗]|登[记記])',
	].join('|'),
	'gi',
);

/** What may stand between "no" and the proof: "no need for any", "without eKYC or". */
const BETWEEN =
	'(?:(?:any|need(?:s|ed)?|requires?|required|requirement|necessary|mandatory|to|for|of|do|does|complete|perform|undergo|pass|go|through|an?|the|additional|extra|online|e|e?kyc|real|name|identity|id|passport|proof|verification|verify|authentication|registration|check|or|nor|and)(?![a-z])[\\s,/&-]*)*$';

const NOT_BEFORE = new RegExp(
	`(?:(?<![a-z])(?:no|non|not|never|free (?:of|from)|exempt(?:ed)? from)(?![a-z])|n['’]t(?![a-z]))[\\s,/&-]*${BETWEEN}`,
	'i',
);
const WITHOUT_BEFORE = new RegExp(`(?<![a-z])(?:without|w/o)(?![a-z])[\\s,/&-]*${BETWEEN}`, 'i');
/** "Does not work without eKYC." */
const NOT = /(?<![a-z])(?:no|not|cannot|never|unusable|only)(?![a-z])|n['’]t(?![a-z])/i;

const THING =
	'(?:[\\s-]*(?:verification|registration|authentication|check|process|procedure|requirement|documents?|information)(?![a-z]))*';
const NOT_BEHIND = new RegExp(
	[
		`^${THING}[\\s:=(–—-]*(?:(?:is|are|was|be|will be)\\s+)?(?:(?:not|never)\\s+(?:\\w+ly\\s+)?(?:needed|required?|necessary|mandatory|obligatory|compulsory|applicable|requested|asked)|(?:is|are|do|does)n['’]t\\s+(?:needed|required?|necessary|mandatory|need)|unnecessary|unneeded|optional|exempt|waived)(?![a-z])`,
		`^${THING}[\\s-]*free(?![a-z])`,
		`^${THING}(?:\\s*(?:needed|required|necessary))?\\s*[:=?(–—-]\\s*(?:no|none|not|n/a|false)\\s*\\)?\\s*$`,
	].join('|'),
	'i',
);

const NOT_BEFORE_CHINESE =
	/(?:不需要?|不用|不必|不须|不須|不要求|[无無毋][需须須]|[无無免非]|[没沒]有)(?:[要进進行提供做办辦理任何交])*\s*$/;
const NOT_BEHIND_CHINESE =
	/^(?:[认認][证證]|登[记記]|注[册冊]|註冊|[验驗][证證]|制|要求)*[\s:：]*(?:不需|不用|不必|不须|不須|否|[无無毋])/;

/**
 * Whether a text says that travellers must prove their identity. One mention that is not denied is enough: who is
 * told too late that a passport is asked for cannot use the eSIM.
 *
 * @param text a plan's `special_desc`, e.g. "ekyc required esim", "No ekyc needed.", "无需实名"
 */
export const asksForIdentity = (text: string): boolean =>
	text.split(/[.!](?=\s|$)|[;。；！|\n]/).some((sentence) =>
		[...sentence.matchAll(PROOF)].some(({ 0: proof, index }) => {
			const before = sentence.slice(0, index);
			return !isDenied(before, sentence.slice(index + proof.length));
		}),
	);

function isDenied(before: string, behind: string): boolean {
	if (NOT_BEHIND.test(behind) || NOT_BEHIND_CHINESE.test(behind)) return true;
	if (NOT_BEFORE_CHINESE.test(before)) return true;
	const without = WITHOUT_BEFORE.exec(before);
	if (without) return !NOT.test(before.slice(0, without.index));
	return NOT_BEFORE.test(before);
}
