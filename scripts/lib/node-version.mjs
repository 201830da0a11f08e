import { Failure } from './failure.mjs';

const NEEDED = { major: 20, minor: 19 };

/** Throws when this Node is older than the package and its tools need. */
export function checkNodeVersion(version = process.versions.node) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor)) {
		throw new Failure(
			`Node ${NEEDED.major}.${NEEDED.minor} or newer is needed, this is ${version}. Install a current Node and start again.`,
		);
	}
}
