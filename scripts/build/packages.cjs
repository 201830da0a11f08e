const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { plainError } = require('./plain-error.cjs');

/**
 * An npm package whose code stands in ours.
 *
 * - `folder`: where it is installed, as package-lock.json names it
 * - `usedBy`: folders of those that import it, sorted; '' is our own code
 * @typedef {{ name: string, version: string, license: string, folder: string, usedBy: string[] }} BundledPackage
 */

/**
 * The npm packages of which something is left in the output, by what esbuild says of it.
 * @param {import('esbuild').Metafile} metafile of a build with `preserveSymlinks`
 * @returns {BundledPackage[]} sorted by folder
 */
function bundledPackages({ inputs, outputs }) {
	const left = Object.values(outputs)
		.flatMap((output) => Object.entries(output.inputs))
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
		.map(([file]) => folderOf(file));
	/** @type {Map<string, Set<string>>} */
	const usedBy = new Map([...new Set(left)].sort().map((folder) => [folder, new Set()]));
	for (const [file, { imports }] of Object.entries(inputs)) {
		for (const { path } of imports) usedBy.get(folderOf(path))?.add(folderOf(file));
	}
	return [...usedBy]
		.filter(([folder]) => folder !== '')
		.map(([folder, users]) => ({
			...manifestOf(folder),
			folder,
			usedBy: [...users].filter((user) => user !== folder).sort(),
		}));
}

/**
 * @param {string} file as esbuild names it
 * @returns {string} '' for a file of our own
 */
const folderOf = (file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? '';

/**
 * Throws for a package that names no licence.
 * @param {string} folder
 * @returns {{ name: string, version: string, license: string }}
 */
function manifestOf(folder) {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	if (typeof license !== 'string')
		throw plainError(`${name} ${version} names no licence, so it cannot be bundled.`);
	return { name, version, license };
}

module.exports = { bundledPackages };
