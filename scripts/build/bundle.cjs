const esbuild = require('esbuild');
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { bundledPackages } = require('./packages.cjs');
const { plainError } = require('./plain-error.cjs');

/** n8n hands this one to every node; everything else is bundled, because nothing is installed beside a community node. */
const GIVEN_BY_N8N = ['n8n-workflow'];

/** Refused by n8n's verification when they stand in the shipped JavaScript; found here, the message names the culprit. */
const REFUSED_MODULES =
	/^(node:)?(zlib|stream|buffer|url|fs|path|os|http|https|net|child_process|process|util)(\/|$)/;

/** @type {import('esbuild').CommonOptions} */
const READABLE = { platform: 'node', target: 'node20', charset: 'utf8', legalComments: 'inline' };

/**
 * Bundles each entry to the same place below `out`, readable and without a source map. What several of them use
 * stands once, in `out/shared`, so that n8n loads it once and all of them remember the same things.
 * @param {string[]} entries paths of `*.node.ts` and `*.credentials.ts`
 * @param {string} out
 * @returns {Promise<import('./packages.cjs').BundledPackage[]>} the npm packages that went in
 */
async function bundle(entries, out) {
	if (entries.length === 0)
		throw plainError('Nothing to build: no *.node.ts or *.credentials.ts was found.');
	const { metafile, outputFiles } = await esbuild.build({
		entryPoints: Object.fromEntries(entries.map((file) => [file.replace(/\.ts$/, ''), file])),
		outdir: out,
		bundle: true,
		...READABLE,
		format: 'esm',
		splitting: true,
		chunkNames: 'shared/[name]-[hash]',
		external: GIVEN_BY_N8N,
		// esbuild writes the paths of some modules into the output: with a linked node_modules, those of this machine
		preserveSymlinks: true,
		metafile: true,
		write: false,
		logLevel: 'warning',
	});
	for (const [file, { imports }] of Object.entries(metafile.outputs)) {
		const refused = imports.find(({ path }) => REFUSED_MODULES.test(path));
		if (refused)
			throw plainError(
				`${file} would import "${refused.path}", which n8n does not allow in a verified node.`,
			);
	}
	await Promise.all(outputFiles.map(writeAsCommonJs));
	return bundledPackages(metafile);
}

/**
 * n8n loads nodes by require, and esbuild splits ES modules only.
 * @param {{ path: string, text: string }} file
 */
async function writeAsCommonJs({ path, text }) {
	const { code } = await esbuild.transform(text, { ...READABLE, format: 'cjs' });
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, code);
}

module.exports = { bundle };
