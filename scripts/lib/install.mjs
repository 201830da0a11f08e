import { existsSync } from 'node:fs';
import { hashOf } from './hash.mjs';
import { checkRegistry, npm } from './npm.mjs';
import { inProject } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const LOCK = inProject('package-lock.json');
const STAMP = inProject('node_modules', '.microesim-install.json');

/**
 * Installs the project's dependencies with `npm ci` unless they are those of package-lock.json already.
 * @param {{ onText?: (text: string) => void }} [options]
 * @returns {Promise<boolean>} whether anything had to be installed
 */
export async function ensureInstalled({ onText } = {}) {
	const lock = hashOf(LOCK);
	if (readStamp(STAMP)?.lock === lock) return false;
	const installed = !installedByHand();
	if (installed) {
		await checkRegistry('gulp', inProject());
		await npm(['ci', '--no-audit', '--no-fund'], {
			cwd: inProject(),
			log: 'npm-ci',
			what: 'installing the dependencies',
			onText,
		});
	}
	writeStamp(STAMP, { lock });
	return installed;
}

/**
 * A package as npm's lock files name it.
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, extraneous?: boolean, link?: boolean }} Locked
 */

/**
 * @param {string} file
 * @returns {Record<string, Locked> | undefined} by path
 */
function readLock(file) {
	return /** @type {{ packages?: Record<string, Locked> } | undefined} */ (readStamp(file))
		?.packages;
}

/** Whether npm's own record of node_modules already names every version of the lock, as after an `npm ci` by hand. */
function installedByHand() {
	const wanted = readLock(LOCK) ?? {};
	const present = readLock(inProject('node_modules', '.package-lock.json'));
	if (!present) return false;
	return Object.entries(wanted).every(
		([path, { version, optional, devOptional, extraneous, link }]) => {
			if (path === '' || optional || devOptional || extraneous || link) return true;
			return present[path]?.version === version && existsSync(inProject(path, 'package.json'));
		},
	);
}
