const ts = require('typescript');

/**
 * Type checks the files with the options of tsconfig.json. Throws with the compiler's own report.
 * @param {string[]} files
 */
function typecheck(files) {
	const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (problem) => fail([problem]) };
	const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', { noEmit: true }, host);
	const program = ts.createProgram(files, config.options);
	fail(ts.getPreEmitDiagnostics(program));
}

function fail(problems) {
	if (problems.length === 0) return;
	const host = {
		getCanonicalFileName: (file) => file,
		getCurrentDirectory: ts.sys.getCurrentDirectory,
		getNewLine: () => '\n',
	};
	const error = new Error(
		`${problems.length} type error(s)\n${ts.formatDiagnostics(problems, host)}`,
	);
	error.showStack = false;
	throw error;
}

module.exports = { typecheck };
