const ts = require('typescript');
const { plainError } = require('./plain-error.cjs');

/**
 * Type checks the files with the options of tsconfig.json. Throws with the compiler's own report.
 * @param {string[]} files
 */
function typecheck(files) {
	/** @type {import('typescript').ParseConfigFileHost} */
	const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail([problem]) };
	const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', { noEmit: true }, host);
	if (!config) throw plainError('tsconfig.json could not be read.');
	const program = ts.createProgram(files, config.options);
	fail(ts.getPreEmitDiagnostics(program));
}

/** @param {readonly import('typescript').Diagnostic[]} problems */
function fail(problems) {
	if (problems.length === 0) return;
	/** @type {import('typescript').FormatDiagnosticsHost} */
	const host = {
		getCanonicalFileName: (file) => file,
		getCurrentDirectory: ts.sys.getCurrentDirectory,
		getNewLine: () => '\n',
	};
	throw plainError(`${problems.length} type error(s)\n${ts.formatDiagnostics(problems, host)}`);
}

module.exports = { typecheck };
