import { changelogFaults } from './changelog.mjs';
import { addressFaults, authorFaults, contactFaults, repositoryFaults } from './release-names.mjs';
import { dependencyFaults, lockFaults, peerFaults, scriptFaults } from './release-package.mjs';

/**
 * @typedef {object} Manifest what a release needs of package.json, as far as it is there
 * @property {string} [name]
 * @property {string} [version]
 * @property {string | { name?: string, email?: string }} [author]
 * @property {{ url?: string }} [repository]
 * @property {Record<string, string>} [scripts]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {string[] | boolean} [bundleDependencies]
 * @property {string[] | boolean} [bundledDependencies]
 * @property {string} [homepage]
 */

/**
 * @typedef {object} Lock the same of package-lock.json
 * @property {string} [version]
 * @property {Record<string, { version?: string, resolved?: string }>} [packages]
 */

/**
 * @typedef {object} Tree what a release is made from
 * @property {Manifest} manifest package.json
 * @property {Lock | undefined} lock package-lock.json
 * @property {Map<string, string>} texts every other text file by its path, package.json among them
 * @property {string | undefined} tag the tag that is being released, where there is one
 */

/** @typedef {{ name: string, faults: string[] }} Point one thing a release needs; a fault says what to do */

const SEMVER = /^\d+\.\d+\.\d+(-[\da-z.-]+)?$/i;

/**
 * @param {Tree} tree
 * @returns {Point[]} every point, also those without faults
 */
export function pointsOf(tree) {
	return [
		{ name: 'author', faults: authorFaults(tree) },
		{ name: 'security contact', faults: contactFaults(tree) },
		{ name: 'repository', faults: repositoryFaults(tree) },
		{ name: 'addresses', faults: addressFaults(tree) },
		{
			name: 'changelog',
			faults: changelogFaults(tree.texts.get('CHANGELOG.md'), tree.manifest.version ?? ''),
		},
		{ name: 'tag', faults: tagFaults(tree) },
		{ name: 'lockfile', faults: lockFaults(tree) },
		{ name: 'dependencies', faults: dependencyFaults(tree) },
		{ name: 'scripts', faults: scriptFaults(tree) },
		{ name: 'peer dependency', faults: peerFaults(tree) },
	];
}

/** @param {Tree} tree */
function tagFaults({ manifest: { version }, tag }) {
	if (!SEMVER.test(version ?? ''))
		return [`package.json has the version "${version}"; put one like 1.2.3 or 1.2.3-rc.1`];
	return tag === undefined || tag === `v${version}`
		? []
		: [`"${tag}" is not the tag of this version; it is v${version}`];
}
