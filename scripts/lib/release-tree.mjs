import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { Failure } from './failure.mjs';
import { NOT_SOURCE } from './paths.mjs';

/** Pictures and archives, and the lock, which names the address of every other project. */
const NOT_TEXT = /\.(png|jpe?g|gif|ico|webp|tgz|zip|log)$|^package-lock\.json$/;

/**
 * Reads what the release check looks at.
 * @param {string} root
 * @param {string | undefined} tag
 * @returns {import('./release.mjs').Tree}
 */
export function readTree(root, tag) {
	const manifest = readJson(root, 'package.json');
	if (!manifest)
		throw new Failure(`There is no package.json in ${root}. Give the project's folder.`);
	return { manifest, lock: readJson(root, 'package-lock.json'), texts: readTexts(root), tag };
}

/**
 * @param {string} root
 * @param {string} file
 * @returns {object | undefined} undefined where there is no such file
 */
function readJson(root, file) {
	let text;
	try {
		text = readFileSync(join(root, file), 'utf8');
	} catch {
		return undefined;
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new Failure(`${file} is not JSON. Mend it and check again.`);
	}
}

/**
 * @param {string} root
 * @param {string} [folder]
 * @param {Map<string, string>} [texts]
 * @returns {Map<string, string>} each text file by its path, written with slashes
 */
function readTexts(root, folder = root, texts = new Map()) {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		if (NOT_SOURCE.has(entry.name)) continue;
		const path = join(folder, entry.name);
		const name = relative(root, path).split(sep).join('/');
		if (entry.isDirectory()) readTexts(root, path, texts);
		else if (entry.isFile() && !NOT_TEXT.test(name)) texts.set(name, readFileSync(path, 'utf8'));
	}
	return texts;
}
