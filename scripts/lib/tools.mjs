import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startChild } from './children.mjs';
import { Failure } from './failure.mjs';
import { hashOf } from './hash.mjs';
import { inProject, logFile } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

/** What the build reads of the project. */
export const BUILD_INPUTS = [
	'nodes',
	'credentials',
	'gulpfile.js',
	'scripts/build',
	'tsconfig.json',
	'package.json',
	'package-lock.json',
];
const BUILD_STAMP = inProject('node_modules', '.microesim-build.json');

/**
 * The JavaScript file behind a tool's command, to be run by this very Node (commands are shell scripts, and differ on Windows).
 * @param {string} name the package
 */
export function toolScript(name, command = name) {
	/** @type {{ bin: string | Record<string, string> }} */
	const { bin } = JSON.parse(readFileSync(inProject('node_modules', name, 'package.json'), 'utf8'));
	const script = typeof bin === 'string' ? bin : bin[command];
	if (!script) throw new Error(`The package ${name} has no command ${command}.`);
	return inProject('node_modules', name, script);
}

/**
 * Builds `dist/` unless it is what these sources gave.
 * @param {{ loud?: boolean }} [options] `loud`: show the build's output
 * @returns {Promise<boolean>} whether it had to be built
 */
export async function ensureBuilt({ loud = false } = {}) {
	const state = () => ({
		sources: hashOf(...BUILD_INPUTS.map((path) => inProject(path))),
		output: hashOf(inProject('dist')),
	});
	const before = state();
	const last = readStamp(BUILD_STAMP);
	if (last?.sources === before.sources && last.output === before.output) return false;
	/** @param {string} text */
	const show = (text) => process.stdout.write(text);
	const build = startChild(process.execPath, [toolScript('gulp'), 'build'], {
		cwd: inProject(),
		log: logFile('build'),
		onText: loud ? show : undefined,
	});
	if ((await build.done) !== 0) {
		throw new Failure(
			`The package could not be built.\n${loud ? '' : lastLines(build.output(), 25)}`.trim(),
			{ log: logFile('build') },
		);
	}
	writeStamp(BUILD_STAMP, { sources: before.sources, output: state().output });
	return true;
}

/**
 * The last lines of a text, for a message.
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Runs a Node script in the foreground, on this terminal, and passes signals on.
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
export function runInForeground(args, env = process.env) {
	const child = spawn(process.execPath, args, { cwd: inProject(), stdio: 'inherit', env });
	/** @param {NodeJS.Signals} signal */
	const forward = (signal) => {
		// a Ctrl-C on a terminal reaches the child by itself; twice would be taken for impatience
		if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
	return new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code, signal) => {
			for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(name, forward);
			resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
		});
	});
}
