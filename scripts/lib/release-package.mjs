/** @typedef {import('./release.mjs').Tree} Tree */

/** What npm runs by itself, on a user's machine or while publishing. */
const LIFECYCLE =
	/^(pre|post)(install|uninstall|prepare|pack|publish|version)$|^(install|uninstall|prepare|publish|version|prepublishOnly|dependencies)$/;

/** @param {Tree} tree */
export function lockFaults({ manifest: { version }, lock }) {
	if (!lock) return ['there is no package-lock.json; make it with npm install'];
	const faults = [];
	if (lock.version !== version || lock.packages?.['']?.version !== version) {
		faults.push(
			`package-lock.json is not of version ${version}; run npm install --package-lock-only`,
		);
	}
	const resolved = Object.values(lock.packages ?? {}).filter(
		(entry) => entry.resolved !== undefined,
	).length;
	if (resolved > 0) {
		faults.push(
			`package-lock.json has ${resolved} "resolved" addresses; take them out, so that everyone's own registry is asked`,
		);
	}
	return faults;
}

/** @param {Tree} tree */
export function dependencyFaults({ manifest }) {
	const kinds = /** @type {const} */ ([
		'dependencies',
		'optionalDependencies',
		'bundleDependencies',
		'bundledDependencies',
	]);
	return kinds
		.filter((kind) => manifest[kind] === true || Object.keys(manifest[kind] ?? {}).length > 0)
		.map(
			(kind) =>
				`package.json has ${kind}; n8n verifies no package that installs others: bundle them`,
		);
}

/** @param {Tree} tree */
export function scriptFaults({ manifest }) {
	const names = Object.keys(manifest.scripts ?? {}).filter((name) => LIFECYCLE.test(name));
	return names.length === 0
		? []
		: [`npm would run ${names.join(', ')} by itself; take them out of package.json`];
}

/** @param {Tree} tree */
export function peerFaults({ manifest: { peerDependencies } }) {
	if (JSON.stringify(peerDependencies) === '{"n8n-workflow":"*"}') return [];
	return ['package.json needs the peer dependency "n8n-workflow": "*", and no other'];
}
