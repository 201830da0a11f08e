import { cpSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from './children.mjs';
import { Failure } from './failure.mjs';
import { PACKED, packProject, unpack } from './pack.mjs';
import { inProject, logFile } from './paths.mjs';
import { BUILD_INPUTS, lastLines, toolScript } from './tools.mjs';

/** @typedef {import('./pack.mjs').Tarball} Tarball */

/** Nobody builds here, so what shows in the output is found. */
const ELSEWHERE = { TZ: 'Pacific/Chatham', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' };
const FOR_ME_ALONE = 0o077;

/**
 * Builds and packs the sources once more: in another folder, with other file times and permissions, time zone and
 * language. The types are not checked again.
 * @param {string} folder empty
 * @returns {Promise<Tarball>}
 */
export async function packAgain(folder) {
	const project = join(folder, 'once more');
	const before = process.umask(FOR_ME_ALONE);
	try {
		for (const path of new Set([...BUILD_INPUTS, ...PACKED])) {
			if (path !== 'dist') cpSync(inProject(path), join(project, path), { recursive: true });
		}
		symlinkSync(inProject('node_modules'), join(project, 'node_modules'), 'junction');
		const build = startChild(process.execPath, [toolScript('gulp'), 'output'], {
			cwd: project,
			env: { ...process.env, ...ELSEWHERE },
			log: logFile('build-again'),
		});
		if ((await build.done) !== 0) {
			throw new Failure(
				`The second build failed where the first did not.\n${lastLines(build.output(), 25)}`,
				{ log: logFile('build-again') },
			);
		}
		return await packProject(join(folder, 'packed'), project);
	} finally {
		process.umask(before);
	}
}

/**
 * What two tarballs do not have in common: names of files, or of the archive alone.
 * @param {Tarball} one
 * @param {Tarball} other
 * @param {string} folder where both can be unpacked
 * @returns {string[]} empty when they are the same, byte for byte
 */
export function differences(one, other, folder) {
	if (one.hash === other.hash) return [];
	unpack(one.path, join(folder, 'one'));
	unpack(other.path, join(folder, 'other'));
	const files = new Set([...one.files, ...other.files]);
	const differing = [...files].filter(
		(file) =>
			!one.files.includes(file) ||
			!other.files.includes(file) ||
			!readFileSync(join(folder, 'one', file)).equals(readFileSync(join(folder, 'other', file))),
	);
	return differing.length > 0 ? differing.sort() : ['the archive around the same files'];
}
