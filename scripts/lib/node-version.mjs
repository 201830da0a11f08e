import { Failure } from './failure.mjs';

const NEEDED = [20, 19];

/** Throws when this Node is older than the package and its tools need. */
export function checkNodeVersion(version = process.versions.node) {
	const [major, minor] = version.split('.').map(Number);
	if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
		throw new Failure(
			`Node ${NEEDED.join('.')} or newer is needed, this is ${version}. Install a current Node and start again.`,
		);
	}
}
