import { messageOf } from './errors.mjs';
import { Failure } from './failure.mjs';

/**
 * Reads the arguments of a command; what makes no sense becomes one sentence that points to the help.
 * @template T
 * @param {string} command as it is typed, without arguments
 * @param {() => T} read
 */
export function readFlags(command, read) {
	try {
		return read();
	} catch (error) {
		// Node's own sentences are followed by advice
		const [sentence] = messageOf(error).split(/\.(?:\s|$)/);
		throw new Failure(`${sentence}. "${command} -- --help" lists what there is.`);
	}
}
