import { appendFileSync, mkdirSync } from 'node:fs';
import { relative, dirname } from 'node:path';
import { codeOf, messageOf } from './errors.mjs';
import { logFile, ROOT } from './paths.mjs';

/** Something a person can mend: the message is a sentence that says what happened and what to do. */
export class Failure extends Error {
	/**
	 * @param {string} message
	 * @param {{ log?: string }} [details] `log`: file with everything that was said
	 */
	constructor(message, { log } = {}) {
		super(message);
		this.log = log;
	}
}

/**
 * What to tell about an error: one sentence, never a stack trace (that one goes to the log).
 * @param {unknown} error
 */
export function explain(error) {
	if (error instanceof Failure) {
		return error.log
			? `${error.message}\n  Everything that was said: ${relative(ROOT, error.log)}`
			: error.message;
	}
	const code = codeOf(error);
	if (code === 'ENOSPC')
		return 'The disk is full. Make room (the first start takes about 6 GB) and start again.';
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
		return `No permission to write ${pathOf(error) ?? 'here'}. Start it as the user who owns this folder.`;
	}
	return `This should not have happened: ${messageOf(error).split('\n')[0]}${keepStack(error)}`;
}

/** @param {unknown} error */
function pathOf(error) {
	const path = error instanceof Error && 'path' in error ? error.path : undefined;
	return typeof path === 'string' ? path : undefined;
}

/** @param {unknown} error */
function keepStack(error) {
	const file = logFile('error');
	const stack = error instanceof Error ? error.stack : undefined;
	try {
		mkdirSync(dirname(file), { recursive: true });
		appendFileSync(file, `${new Date().toISOString()} ${stack ?? messageOf(error)}\n`);
		return `\n  Details: ${relative(ROOT, file)}`;
	} catch {
		return '';
	}
}

/**
 * Runs a script's main function: a failure becomes its sentence on stderr and exit code 1.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function runMain(main) {
	try {
		process.exitCode = await main();
	} catch (error) {
		process.stderr.write(`\n✖ ${explain(error)}\n`);
		process.exitCode = 1;
	}
}
