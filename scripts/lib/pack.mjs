import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { hashOf } from './hash.mjs';
import { npm } from './npm.mjs';
import { inProject } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

/**
 * `hash` changes with the content.
 * @typedef {{ path: string, bytes: number, files: string[], hash: string }} Tarball
 */

/**
 * Packs the built project as npm would publish it. The folder holds nothing but this tarball afterwards.
 * @param {string} folder
 * @returns {Promise<Tarball>}
 */
export async function packProject(folder) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const said = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: inProject(),
		log: 'npm-pack',
		what: 'packing the package',
	});
	const [packed] = readList(said);
	if (!packed) throw new Failure('npm pack named no tarball.');
	const path = join(folder, basename(packed.filename));
	const files = packed.files.map((file) => file.path).sort();
	return { path, bytes: packed.size, files, hash: hashOf(path) };
}

/** What npm packs, and what it is packed by. */
const PACKED = ['dist', 'package.json', 'README.md', 'LICENSE', '.npmignore'];

/**
 * The tarball that was packed last into this folder, where the project is as it was; otherwise it is packed anew.
 * @param {string} folder
 * @returns {Promise<Tarball>}
 */
export async function ensurePacked(folder) {
	const stamp = `${folder}.json`;
	const project = hashOf(...PACKED.map((path) => inProject(path)));
	const last = /** @type {{ project: string, tarball: Tarball } | undefined} */ (readStamp(stamp));
	if (last?.project === project && hashOf(last.tarball.path) === last.tarball.hash)
		return last.tarball;
	const tarball = await packProject(folder);
	writeStamp(stamp, { project, tarball });
	return tarball;
}

/**
 * Unpacks a tarball made by npm.
 * @param {string} tarball
 * @param {string} folder
 */
export function unpack(tarball, folder) {
	mkdirSync(folder, { recursive: true });
	// file names relative to the folder: some versions of tar take the colon of a drive letter for a host
	const tar = spawnSync('tar', ['-xzf', basename(tarball), '-C', folder, '--strip-components=1'], {
		cwd: dirname(tarball),
		encoding: 'utf8',
	});
	if (tar.status !== 0)
		throw new Failure(
			`The tarball could not be unpacked: ${tar.stderr?.trim() || tar.error?.message}`,
		);
}

/** @typedef {{ filename: string, size: number, files: { path: string }[] }} Packed as npm describes a tarball */

/**
 * npm's JSON stands between its warnings, as a list or (newer npm) by package name.
 * @param {string} text
 * @returns {Packed[]}
 */
function readList(text) {
	const start = text.search(/^[[{]/m);
	const end = Math.max(text.lastIndexOf('\n]'), text.lastIndexOf('\n}'));
	try {
		const value = JSON.parse(text.slice(start, end + 2));
		return Array.isArray(value) ? value : Object.values(value);
	} catch {
		throw new Failure('npm pack gave an answer that could not be read.');
	}
}
