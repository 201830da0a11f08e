import { appendFileSync, mkdirSync } from 'node:fs';
import { relative, dirname } from 'node:path';
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

/** What to tell about an error: one sentence, never a stack trace (that one goes to the log). */
export function explain(error) {
	if (error instanceof Failure) {
		return error.log
			? `${error.message}\n  Everything that was said: ${relative(ROOT, error.log)}`
			: error.message;
	}
	if (error?.code === 'ENOSPC')
		return 'The disk is full. Make room (the first start takes about 6 GB) and start again.';
	if (error?.code === 'EACCES' || error?.code === 'EPERM' || error?.code === 'EROFS') {
		return `No permission to write ${error.path ?? 'here'}. Start it as the user who owns this folder.`;
	}
	return `This should not have happened: ${String(error?.message ?? error).split('\n')[0]}${keepStack(error)}`;
}

function keepStack(error) {
	const file = logFile('error');
	try {
		mkdirSync(dirname(file), { recursive: true });
		appendFileSync(file, `${new Date().toISOString()} ${error?.stack ?? error}\n`);
		return `\n  Details: ${relative(ROOT, file)}`;
	} catch {
		return '';
	}
}

/** Runs a script's main function: a failure becomes its sentence on stderr and exit code 1. */
export async function runMain(main) {
	try {
		process.exitCode = (await main()) ?? 0;
	} catch (error) {
		process.stderr.write(`\n✖ ${explain(error)}\n`);
		process.exitCode = 1;
	}
}
