import { readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Watches an npm install from outside: packages in the folder's node_modules, and how much room the disk lost.
 * @param {string} folder
 * @param {import('./progress.mjs').Note} note
 * @returns {() => void} ends it
 */
export function watchGrowth(folder, note) {
	const before = freeBytes(folder);
	const timer = setInterval(() => {
		const packages = countPackages(join(folder, 'node_modules'));
		const gigabytes = Math.max(0, before - freeBytes(folder)) / 1e9;
		note(
			packages === 0
				? 'npm finds out what is needed'
				: `${packages} packages, ${gigabytes.toFixed(1)} GB so far`,
		);
	}, 1000);
	return () => clearInterval(timer);
}

/**
 * Packages that lie in a node_modules folder, those inside other packages not counted.
 * @param {string} folder
 */
export function countPackages(folder) {
	return list(folder).reduce(
		(sum, name) => sum + (name.startsWith('@') ? list(join(folder, name)).length : 1),
		0,
	);
}

/** @param {string} folder */
function list(folder) {
	try {
		return readdirSync(folder).filter((name) => !name.startsWith('.'));
	} catch {
		return [];
	}
}

/** @param {string} folder */
function freeBytes(folder) {
	const { bavail, bsize } = statfsSync(folder);
	return bavail * bsize;
}
