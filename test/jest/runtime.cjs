const Runtime = require('jest-runtime').default;
const { createRequire, isBuiltin } = require('node:module');
const { compileFunction } = require('node:vm');

const installed = /[/\\]node_modules[/\\]/;

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

	/** The file that Node finds under this name in node_modules; nothing for our own files and Node's modules. */
	installedPath(from, moduleName) {
		if (moduleName.startsWith('.') || isBuiltin(moduleName)) return undefined;
		const path = createRequire(from).resolve(moduleName);
		return installed.test(path) ? path : undefined;
	}
};
