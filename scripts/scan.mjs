import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from './lib/errors.mjs';
import { Failure, runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { packProject, unpack } from './lib/pack.mjs';
import { inProject, NOT_SOURCE, ROOT } from './lib/paths.mjs';
import { ensureBuilt } from './lib/tools.mjs';

const MAX_BYTES = 500_000;
const ALLOWED = /^(dist\/|package\.json$|README\.md$|LICENSE$)/;

/**
 * Copies the project as a fresh clone would hold it, plus new files that are not ignored.
 * @param {string} target
 */
function copySource(target) {
	const git = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
		cwd: ROOT,
		encoding: 'utf8',
	});
	const files =
		git.status === 0
			? git.stdout.split('\0').filter(Boolean)
			: readdirSync(ROOT).filter((entry) => !NOT_SOURCE.has(entry));
	for (const file of files) {
		mkdirSync(dirname(join(target, file)), { recursive: true });
		cpSync(inProject(file), join(target, file), { recursive: true, force: true });
	}
}

/** @typedef {typeof import('@n8n/scan-community-package/scanner/scanner.mjs')} Scanner */

/**
 * @param {string} name for the report
 * @param {string} folder
 * @param {string[]} patterns
 * @param {Scanner['analyzePackage']} analyzePackage
 */
async function scan(name, folder, patterns, analyzePackage) {
	const { passed, message, details } = await analyzePackage(folder, patterns);
	console.log(
		`${passed ? '✔' : '✖'} scan of the ${name}${passed ? '' : `: ${message}\n${details ?? ''}`.replaceAll(folder, '')}`,
	);
	return passed;
}

/** @param {import('./lib/pack.mjs').Tarball} tarball */
function checkTarball({ bytes, files }) {
	const strangers = files.filter((file) => !ALLOWED.test(file));
	const fits = bytes <= MAX_BYTES;
	console.log(
		`${fits ? '✔' : '✖'} tarball: ${(bytes / 1000).toFixed(1)} kB, at most ${MAX_BYTES / 1000} kB`,
	);
	console.log(
		`${strangers.length === 0 ? '✔' : '✖'} ${files.length} files${strangers.length === 0 ? '' : `; these do not belong in it: ${strangers.join(', ')}`}`,
	);
	return fits && strangers.length === 0;
}

await runMain(async () => {
	checkNodeVersion();
	await ensureInstalled();
	await ensureBuilt();
	const { analyzePackage, SOURCE_FILE_PATTERNS } =
		await import('@n8n/scan-community-package/scanner/scanner.mjs').catch((error) => {
			throw new Failure(`n8n's scanner could not be loaded: ${messageOf(error)}`);
		});
	const folder = mkdtempSync(join(tmpdir(), 'microesim-scan-'));
	try {
		copySource(join(folder, 'source'));
		const tarball = await packProject(join(folder, 'packed'));
		unpack(tarball.path, join(folder, 'package'));
		const results = [
			await scan('source', join(folder, 'source'), SOURCE_FILE_PATTERNS, analyzePackage),
			await scan('tarball', join(folder, 'package'), ['**/*.js', 'package.json'], analyzePackage),
			checkTarball(tarball),
		];
		return results.every(Boolean) ? 0 : 1;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
