import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Hash of files and whole folders, by names and content; what does not exist counts as such.
 * @param {string[]} paths
 */
export function hashOf(...paths) {
	const hash = createHash('sha256');
	for (const path of paths) add(hash, path, '');
	return hash.digest('hex');
}

/**
 * The hash of a file as `sha512sum` shows it.
 * @param {string} path
 */
export const sha512Of = (path) => createHash('sha512').update(readFileSync(path)).digest('hex');

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 * @param {string} name what of the path counts
 */
function add(hash, path, name) {
	hash.update(`\0${name}\0`);
	if (!existsSync(path)) return;
	if (statSync(path).isDirectory()) {
		for (const entry of readdirSync(path).sort()) add(hash, join(path, entry), entry);
	} else {
		hash.update(readFileSync(path));
	}
}
