const { createRequire } = require('node:module');
const Module = require('node:module');
const { sep } = require('node:path');

/**
 * Loads a package as n8n does, in a process where nothing else of this project is:
 * node load.cjs <main file of n8n-core> <folder of the package>. Prints what n8n then knows, and what each file of the
 * package asked for, as JSON.
 */
const [, , core, folder] = process.argv;
const inside = `${folder}${sep}`;

const asked = [];
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, parent, ...more) {
	const found = resolve.call(this, name, parent, ...more);
	if (parent?.filename?.startsWith(inside)) asked.push([name, found]);
	return found;
};

async function main() {
	createRequire(core)('reflect-metadata');
	const { PackageDirectoryLoader } = require(core);
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const { nodes, credentials } = loader.types;
	console.log(
		JSON.stringify({
			packageName: loader.packageName,
			nodes: nodes.map(({ name, version, iconUrl, codex }) => ({ name, version, iconUrl, codex })),
			credentials: credentials.map(({ name }) => name),
			asked,
			workflow: createRequire(core).resolve('n8n-workflow'),
		}),
	);
}

main().catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
