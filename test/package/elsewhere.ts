import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	realpathSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { root } from './packed';

/** What a package is made from. */
const SOURCES = [
	'credentials',
	'nodes',
	'scripts',
	'gulpfile.js',
	'LICENSE',
	'package-lock.json',
	'package.json',
	'README.md',
	'tsconfig.json',
];

/** Another machine, as far as a build can see: who and where, when, and in which language. */
const OTHER = {
	TZ: 'Pacific/Kiritimati',
	LC_ALL: 'tr_TR.UTF-8',
	LANG: 'tr_TR.UTF-8',
	USER: 'somebody',
};
const LONG_AGO = new Date('2001-02-03T04:05:06Z');

/**
 * A copy of the project under a name with blanks and accents, with old files that nobody but their owner may read. Its
 * node_modules holds a link to each package, so nothing is written into the project's own.
 *
 * @param changes texts of files that differ from the project's
 * @returns its folder
 */
export function copyOfProject(changes: Record<string, string> = {}): string {
	const folder = join(realpathSync(mkdtempSync(join(tmpdir(), 'microesim-'))), 'tout à côté', 'p');
	for (const path of SOURCES) cpSync(join(root, path), join(folder, path), { recursive: true });
	for (const [path, text] of Object.entries(changes)) writeFileSync(join(folder, path), text);
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		const path = join(entry.parentPath, entry.name);
		chmodSync(path, entry.isDirectory() ? 0o700 : 0o600);
		utimesSync(path, LONG_AGO, LONG_AGO);
	}
	linkEach(join(root, 'node_modules'), join(folder, 'node_modules'));
	return folder;
}

/** Links to packages; where they have a scope, its folder is a real one. */
function linkEach(from: string, to: string): void {
	mkdirSync(to, { recursive: true });
	for (const name of readdirSync(from)) {
		// says what was built in that folder, not in this one
		if (name === '.microesim-build.json') continue;
		if (name.startsWith('@')) linkEach(join(from, name), join(to, name));
		else symlinkSync(join(realpathSync(from), name), join(to, name), 'junction');
	}
}

/** Runs a script of the copy as on another machine: with other settings, and for its owner alone (umask 077). */
export function runElsewhere(folder: string, script: string) {
	const code = `process.umask(0o077); import(${JSON.stringify(`./${script}`)})`;
	const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], {
		cwd: folder,
		env: { ...process.env, ...OTHER },
		encoding: 'utf8',
	});
	return { status, stdout, stderr };
}

/** The files of a folder; none where there is no such folder. */
export const filesOf = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** The folder that was made for a copy, to be removed. */
export const aroundCopy = (folder: string) => dirname(dirname(folder));
