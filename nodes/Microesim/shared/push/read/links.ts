import { canonicalCode, isSameCode, mayBeCode } from '../../answers/activationCode';

const INSTALL_LINKS = ['ios_esim_install_link', 'android_esim_install_link'];

/** The fields of an eSIM that a phone or a browser opens. */
export const LINKS = [...INSTALL_LINKS, 'qrcode'];

/** Browsers skip some of these, or a page that holds them reads them otherwise: the link is another one than it looks. */
const DISGUISE = /[\p{C}\p{Z}\\']|&(?!amp;)#?\w+;/u;
/** What an activation code may be inside a link: "LPA:…", or a format and "$". */
const CODES = /(?:LPA:|(?<![\w.$-])\d+\$)[\w.$:-]*/gi;
/** The name of a picture may be the code, and how it is written. */
const SUFFIX = /\.(?:png|jpe?g|gif|webp|bmp|svg)$/i;
/** Pictures that cannot hold a script, written out in an address. */
const PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|bmp)[;,]/i;
/** A picture, written out. */
const BASE64 = /^(?:data:image\/(?:png|jpe?g|gif|webp|bmp);base64,)?[A-Za-z0-9+/]+={0,2}$/;
/** Where a picture lies on a server. */
const NO_ADDRESS = /^[\w+/=.-]+$/;
/** How often a link may stand encoded in another one. */
const MOST_CODINGS = 4;

/**
 * Whether a link may be handed on: an address that a browser opens as a page or a picture, with no activation code in
 * it but that of its eSIM.
 *
 * @param name ios_esim_install_link, android_esim_install_link or qrcode
 * @param code the eSIM's activation code
 */
export function isOwnLink(name: string, link: string, code: string): boolean {
	// Base64 may come in lines.
	const isPicture = name === 'qrcode' && BASE64.test(link.replace(/\s+/g, ''));
	if (isPicture) return true;
	if (DISGUISE.test(link)) return false;
	if (mayBeCode(link)) return isSameCode(link, code);
	const isInstallLink = INSTALL_LINKS.includes(name);
	if (!hasOwnCodes(link, code)) return false;
	if (!URL.canParse(link)) return !isInstallLink && NO_ADDRESS.test(link);
	const { protocol, searchParams } = new URL(link);
	if (protocol === 'data:') return !isInstallLink && PICTURE.test(link);
	const cards = [...searchParams].filter(([key]) => /^carddata$/i.test(key));
	return /^https?:$/.test(protocol) && cards.every(([, card]) => isSameCode(card, code));
}

/** Whether a link names a code by another host or matching id: it is another eSIM's, whatever else it says. */
export function leadsToAnother(link: string, code: string): boolean {
	const identity = (text: string) => canonicalCode(text).split('$', 3).join('$');
	return [...decoded(link).matchAll(CODES)]
		.map(([found]) => found.replace(SUFFIX, ''))
		.some((found) => mayBeCode(found) && identity(found) !== identity(code));
}

/** Whether each code in a link, however often it is encoded, is the one that is meant. */
function hasOwnCodes(link: string, code: string): boolean {
	const own = canonicalCode(code);
	const isOwn = (found: string) =>
		[found, found.replace(SUFFIX, '')].some((one) => canonicalCode(one) === own);
	let text = link;
	for (let coding = 0; coding < MOST_CODINGS; coding++) {
		if (![...text.matchAll(CODES)].every(([found]) => isOwn(found))) return false;
		const inner = decoded(text);
		if (inner === text) return true;
		text = inner;
	}
	return false;
}

const decoded = (text: string): string =>
	text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => decodedOr(bytes));

function decodedOr(bytes: string): string {
	try {
		return decodeURIComponent(bytes);
	} catch {
		return Buffer.from(bytes.replace(/%/g, ''), 'hex').toString('latin1');
	}
}
