const { series } = require('gulp');
const { copyFileSync, mkdirSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { bundle } = require('./scripts/build/bundle.cjs');
const { listFiles } = require('./scripts/build/files.cjs');
const { writeLicences } = require('./scripts/build/licences.cjs');
const { writeSbom } = require('./scripts/build/sbom.cjs');
const { typecheck } = require('./scripts/build/typecheck.cjs');

const SOURCES = ['nodes', 'credentials'];
const OUT = 'dist';

/** Removes what an earlier build left. */
async function clean() {
	rmSync(OUT, { recursive: true, force: true });
}

/** Checks the types of everything that ends in the package; tests and scripts have `npm run typecheck`. */
async function types() {
	typecheck(listFiles(SOURCES, /\.ts$/));
}

/** One file per node and credential, and shared ones; with them the licences and the list (SBOM) of the libraries inside. */
async function bundles() {
	const packages = await bundle(listFiles(SOURCES, /\.(node|credentials)\.ts$/), OUT);
	writeLicences(packages, join(OUT, 'THIRD-PARTY-LICENSES.txt'));
	// package.json keeps it out of the tarball; it is published beside it
	writeSbom(packages, join(OUT, 'sbom.cdx.json'));
}

/** Icons, and the codex files that tell n8n's search what a node is for. */
async function assets() {
	for (const file of listFiles(SOURCES, /\.svg$|\.node\.json$/)) {
		mkdirSync(dirname(join(OUT, file)), { recursive: true });
		copyFileSync(file, join(OUT, file));
	}
}

exports.clean = clean;
/** What `build` writes, without checking types. */
exports.output = series(clean, bundles, assets);
exports.build = series(types, exports.output);
exports.default = exports.build;
