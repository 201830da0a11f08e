const { readFileSync, writeFileSync } = require('node:fs');
const { plainError } = require('./plain-error.cjs');

/** @typedef {import('./packages.cjs').BundledPackage} BundledPackage */
/** @typedef {{ version?: string, integrity?: string }} Locked a package as package-lock.json has it */

/**
 * Writes what the package is made of as a CycloneDX 1.6 bill of materials: the package, each bundled library, and which
 * uses which. It holds no time and no number of its own, so the same sources give the same bytes.
 * @param {BundledPackage[]} packages
 * @param {string} file
 */
function writeSbom(packages, file) {
	const { name, version, description, license, author, repository, homepage } =
		readJson('package.json');
	/** @type {{ packages: Record<string, Locked> }} */
	const lock = readJson('package-lock.json');
	const ours = purlOf({ name, version });
	const sbom = {
		$schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: {
			lifecycles: [{ phase: 'build' }],
			component: {
				type: 'library',
				'bom-ref': ours,
				authors: [typeof author === 'string' ? { name: author } : author],
				name,
				version,
				description,
				licenses: licensesOf(license),
				purl: ours,
				externalReferences: [
					{ type: 'vcs', url: repository.url },
					{ type: 'website', url: homepage },
				],
			},
		},
		components: packages.map((bundled) => componentOf(bundled, lock.packages[bundled.folder])),
		dependencies: [{ folder: '', ref: ours }, ...packages.map(asUser)].map(({ folder, ref }) => ({
			ref,
			dependsOn: packages.filter(({ usedBy }) => usedBy.includes(folder)).map(purlOf),
		})),
	};
	writeFileSync(file, `${JSON.stringify(sbom, null, '\t')}\n`);
}

/**
 * @param {BundledPackage} bundled
 * @param {Locked | undefined} locked
 */
function componentOf({ folder, name, version, license }, locked) {
	const sha512 = /\bsha512-([\w+/]+=*)/.exec(locked?.integrity ?? '')?.[1];
	if (locked?.version !== version || !sha512)
		throw plainError(
			`${folder} holds version ${version}, package-lock.json ${locked?.version ?? 'none'}, ${sha512 ? 'with' : 'without'} a hash. Run npm ci.`,
		);
	const [plain = '', group] = name.split('/').reverse();
	return {
		type: 'library',
		'bom-ref': purlOf({ name, version }),
		...(group ? { group } : {}),
		name: plain,
		version,
		scope: 'required',
		hashes: [{ alg: 'SHA-512', content: Buffer.from(sha512, 'base64').toString('hex') }],
		licenses: licensesOf(license),
		purl: purlOf({ name, version }),
	};
}

/** @param {BundledPackage} bundled */
const asUser = (bundled) => ({ folder: bundled.folder, ref: purlOf(bundled) });

/**
 * The address of a package at npm, as https://github.com/package-url writes it.
 * @param {{ name: string, version: string }} of
 */
const purlOf = ({ name, version }) =>
	`pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;

/** @param {string} license an SPDX identifier, or an expression of several */
const licensesOf = (license) =>
	/\s/.test(license)
		? [{ expression: license, acknowledgement: 'declared' }]
		: [{ license: { id: license, acknowledgement: 'declared' } }];

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

module.exports = { writeSbom };
