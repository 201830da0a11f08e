import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Locator, Page } from 'playwright-core';

import { isUpdating } from '../../documented';

const FOLDER = join(__dirname, '../../../docs/images');
/** What can be read in each picture: a picture is out of date when something else is read there. */
const WORDS = join(FOLDER, 'words.json');

type Words = Record<string, string[]>;

const known = (): Words =>
	existsSync(WORDS) ? (JSON.parse(readFileSync(WORDS, 'utf8')) as Words) : {};

/** What is another one in each run. */
const CHANGING: Array<[RegExp, string]> = [
	[/http:\/\/(127\.0\.0\.1|localhost):\d+/g, 'http://…'],
	[/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '…'],
	[/\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?/g, '…'],
	[/\b20\d\d-\d\d-\d\d \d\d:\d\d\b/g, '…'],
	[/\b[0-9a-fA-F]{32}\b/g, '…'],
	[/\b\d*n[0-9a-f]{9}\b/g, '…'],
	[/\b\d{6,}\b/g, '…'],
	[/\bWorkflow: \w{16}\b/g, 'Workflow: …'],
];

/** n8n's notes about what was just done, and its hints, lie over what is shown. */
const NO_NOTES = '.el-notification, [role="tooltip"] { display: none !important }';

const GLANCES = 20;
const GLANCE_MS = 500;

/** The lines of a text, without what is another one in each run. */
export const steady = (text: string): string[] =>
	CHANGING.reduce((said, [what, instead]) => said.replace(what, instead), text)
		.split('\n')
		.map((line) => line.replace(/\s+/g, ' ').trim())
		.filter((line) => line !== '');

/** Only a page has a keyboard. */
const wordsOf = (what: Page | Locator): Locator =>
	'keyboard' in what ? what.locator('body') : what;

/**
 * Takes a picture for the documentation and reads what stands in it. Made anew with UPDATE_DOCS=1; otherwise the words
 * must be those of the picture that is there.
 *
 * @param words where to read them; in the picture itself where nothing is said
 */
export async function picture(
	name: string,
	what: Page | Locator,
	words: Locator = wordsOf(what),
): Promise<void> {
	const file = join(FOLDER, `${name}.png`);
	const read = async () => steady(await words.innerText());
	let seen = await read();
	// parts of the editor appear a moment later: a new picture waits for quiet, another one for its words
	for (let left = GLANCES; left > 0; left--) {
		await sleep(GLANCE_MS);
		const before = isUpdating ? seen : known()[name];
		seen = await read();
		if (isDeepStrictEqual(seen, before)) break;
	}
	const bytes = await what.screenshot({ animations: 'disabled', caret: 'hide', style: NO_NOTES });
	if (!isUpdating) {
		expect({ [name]: seen }).toEqual({ [name]: known()[name] });
		expect(existsSync(file)).toBe(true);
		return;
	}
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(file, bytes);
	const all = { ...known(), [name]: seen };
	const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
	writeFileSync(WORDS, `${JSON.stringify(sorted, null, '\t')}\n`);
}
