import { gunzipSync, inflateSync } from 'node:zlib';

/** A text in one of the forms in which it stands somewhere: bytes, one character each. */
export interface Unfolded {
	/** What was done to read it, the outermost first; empty for the text as it is. */
	by: string[];
	text: string;
}

/** How deep one form is looked for in another: a signature as hex in base64 in JSON. */
const DEPTH = 3;
/** Shorter ones hold no secret; words and numbers look like them. */
const SHORTEST = 20;

/** Bytes as a text of one character each, in which every form is looked for. */
export const bytesOf = (value: string | Buffer): string =>
	(typeof value === 'string' ? Buffer.from(value, 'utf8') : value).toString('latin1');

/** Reads texts as all that they can be read as; what stands in many of them, and holds nothing, is read once. */
export class Unfolding {
	private readonly empty = new Set<string>();

	/** @param look is called with each form, and says whether there is something in it */
	visit(text: string, look: (form: Unfolded) => boolean, by: string[] = []): boolean {
		let isFound = look({ by, text });
		if (by.length === DEPTH) return isFound;
		for (const [name, read] of READERS) {
			for (const inner of read(text)) {
				const key = inner.length <= LONGEST_KNOWN ? `${by.length}${inner}` : undefined;
				if (key !== undefined && this.empty.has(key)) continue;
				if (this.visit(inner, look, [...by, name])) isFound = true;
				else if (key !== undefined) this.empty.add(key);
			}
		}
		if (this.empty.size > MOST_KNOWN) this.empty.clear();
		return isFound;
	}
}

const MOST_KNOWN = 200_000;
const LONGEST_KNOWN = 200;

const READERS: ReadonlyArray<[string, (text: string) => Iterable<string>]> = [
	['JSON', unescaped],
	['URL', decoded],
	['base64', fromBase64],
	['hex', fromHex],
	['gzip', uncompressed],
];

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function* unescaped(text: string): Generator<string> {
	if (!text.includes('\\')) return;
	yield text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_all, code?: string, sign?: string) =>
		code === undefined
			? (ESCAPES[sign!] ?? sign!)
			: bytesOf(String.fromCharCode(parseInt(code, 16))),
	);
}

function* decoded(text: string): Generator<string> {
	if (!/%[0-9a-fA-F]{2}/.test(text)) return;
	yield text.replace(/%([0-9a-fA-F]{2})/g, (_all, code: string) =>
		String.fromCharCode(parseInt(code, 16)),
	);
}

/** Where it begins in the middle of something, four characters tell how. */
function* fromBase64(text: string): Generator<string> {
	for (const [token] of text.matchAll(/[A-Za-z0-9+/_-]{24,}/g)) {
		// words and hex look the same, but not in both cases
		if (!/[A-Z]/.test(token) || !/[a-z]/.test(token)) continue;
		for (let skipped = 0; skipped < 4; skipped++) {
			const inner = Buffer.from(token.slice(skipped), 'base64').toString('latin1');
			if (inner.length >= SHORTEST / 2) yield inner;
		}
	}
}

function* fromHex(text: string): Generator<string> {
	for (const [token] of text.matchAll(/(?:[0-9a-fA-F]{2}){20,}/g)) {
		for (const skipped of [0, 1]) yield Buffer.from(token.slice(skipped), 'hex').toString('latin1');
	}
}

function* uncompressed(text: string): Generator<string> {
	const bytes = () => Buffer.from(text, 'latin1');
	try {
		if (text.startsWith('\x1f\x8b')) yield gunzipSync(bytes()).toString('latin1');
		if (/^\x78[\x01\x5e\x9c\xda]/.test(text)) yield inflateSync(bytes()).toString('latin1');
	} catch {
		// it only looked like it
	}
}
