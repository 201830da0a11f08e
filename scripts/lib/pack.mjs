import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { hashOf } from './hash.mjs';
import { npm } from './npm.mjs';
import { inProject, ROOT } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

/**
 * `bytes`: of the tarball; `unpackedBytes`: of its files; `hash` changes with the content.
 * @typedef {{ path: string, bytes: number, unpackedBytes: number, files: string[], hash: string }} Tarball
 */

/** What npm packs, and what it is packed by. */
export const PACKED = ['dist', 'package.json', 'README.md', 'LICENSE'];

/**
 * Packs the built project as npm would publish it. The same files give the same tarball: npm writes no times and no
 * owners into it, but permissions, which would be those of this machine. The folder holds nothing but this tarball
 * afterwards.
 * @param {string} folder
 * @param {string} [project] where `PACKED` is
 * @returns {Promise<Tarball>}
 */
export async function packProject(folder, project = ROOT) {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const stage = mkdtempSync(join(tmpdir(), 'microesim-pack-'));
	try {
		for (const path of PACKED) {
			cpSync(join(project, path), join(stage, path), { recursive: true });
		}
		allowReading(stage);
		const said = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
			cwd: stage,
			log: 'npm-pack',
			what: 'packing the package',
		});
		const [packed] = readList(said);
		if (!packed) throw new Failure('npm pack named no tarball.');
		const path = join(folder, basename(packed.filename));
		const files = packed.files.map((file) => file.path).sort();
		return {
			path,
			bytes: packed.size,
			unpackedBytes: packed.unpackedSize,
			files,
			hash: hashOf(path),
		};
	} finally {
		rmSync(stage, { recursive: true, force: true });
	}
}

/**
 * Lets everyone read all files, and nobody but their owner write them.
 * @param {string} folder
 */
function allowReading(folder) {
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
	}
}

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

/** @typedef {{ filename: string, size: number, unpackedSize: number, files: { path: string }[] }} Packed as npm describes a tarball */

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
