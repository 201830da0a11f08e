const Runtime = require('jest-runtime').default;
const { createRequire, isBuiltin } = require('node:module');
const { join } = require('node:path');
const { compileFunction } = require('node:vm');

const installed = /[/\\]node_modules[/\\]/;

/** What makes an n8n; npm run test:compat names a folder where another version of it is installed. */
const partsOfN8n = /^(n8n-(core|workflow|nodes-base)|@n8n\/(backend-common|di))(\/|$)/;
const { MICROESIM_N8N: otherN8n } = process.env;

/**
 * Loads what is installed (n8n above all) with Node's own require(): once for all test files of a process, and as n8n
 * loads it. Our own files are loaded anew for each test file, and may be mocked.
 */
module.exports = class extends Runtime {
	constructor(...given) {
		super(...given);
		const { injectedModuleParameters } = this.executor;
		// jest-runtime asks for a context, which would be a scope of its own (environment.cjs)
		this.executor.compile = (source, filename) =>
			compileFunction(source, injectedModuleParameters, { filename });
	}

	requireModule(from, moduleName, ...more) {
		const path = moduleName && this.installedPath(from, moduleName);
		return path ? require(path) : super.requireModule(from, moduleName, ...more);
	}

	_requireResolve(from, moduleName, options) {
		return this.installedPath(from, moduleName) ?? super._requireResolve(from, moduleName, options);
	}

	/** The file that Node finds under this name in node_modules; nothing for our own files and Node's modules. */
	installedPath(from, moduleName) {
		if (moduleName.startsWith('.') || isBuiltin(moduleName)) return undefined;
		const asker = otherN8n && partsOfN8n.test(moduleName) ? join(otherN8n, 'asker.js') : from;
		const path = createRequire(asker).resolve(moduleName);
		return installed.test(path) ? path : undefined;
	}
};
