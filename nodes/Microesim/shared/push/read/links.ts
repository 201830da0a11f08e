import { isSameCode, mayBeCode } from '../../answers/activationCode';

const INSTALL_LINKS = ['ios_esim_install_link', 'android_esim_install_link'];

/** The fields of an eSIM that a phone or a browser opens. */
export const LINKS = [...INSTALL_LINKS, 'qrcode'];

/** Browsers skip some of these, so that a link is another one than it looks. */
const UNSEEN = /[\p{C}\p{Z}\\]/u;
/** What an activation code may be inside a link: "LPA:…", or a format and "$". */
const CODES = /(?:LPA:|(?<![\w.$-])\d+\$)[\w.$:-]*/gi;
/** Pictures that cannot hold a script, written out in an address. */
const PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|bmp)[;,]/i;
/** A picture in base64, or where it lies on a server. */
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
	if (UNSEEN.test(link)) return false;
	if (mayBeCode(link)) return isSameCode(link, code);
	const isInstallLink = INSTALL_LINKS.includes(name);
	if (!hasOwnCodes(link, code)) return false;
	if (!URL.canParse(link)) return !isInstallLink && NO_ADDRESS.test(link);
	const { protocol, searchParams } = new URL(link);
	if (protocol === 'data:') return !isInstallLink && PICTURE.test(link);
	const cards = [...searchParams].filter(([key]) => /^carddata$/i.test(key));
	return /^https?:$/.test(protocol) && cards.every(([, card]) => isSameCode(card, code));
}

/** Whether each code in a link, however often it is encoded, is the one that is meant. */
function hasOwnCodes(link: string, code: string): boolean {
	let text = link;
	for (let coding = 0; coding < MOST_CODINGS; coding++) {
		if (![...text.matchAll(CODES)].every(([found]) => isSameCode(found, code))) return false;
		const decoded = text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) => decodedOr(bytes));
		if (decoded === text) return true;
		text = decoded;
	}
	return false;
}

function decodedOr(bytes: string): string {
	try {
		return decodeURIComponent(bytes);
	} catch {
		return Buffer.from(bytes.replace(/%/g, ''), 'hex').toString('latin1');
	}
}
