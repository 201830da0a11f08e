import { createRequire } from 'node:module';

/**
 * Where older versions of n8n say or do something else. `npm run test:compat` runs these tests on them.
 * docs/compatibility.md tells users of what matters to them.
 */

const load = createRequire(__filename);
const { version } = load('n8n-core/package.json') as { version: string };
const [MAJOR = 0, MINOR = 0] = version.split('.').map(Number);

/** Whether the n8n-core under test is older. */
export const isBefore = (major: number, minor: number): boolean =>
	MAJOR < major || (MAJOR === major && MINOR < minor);

/** What n8n says of a node that it does not run because a field is empty: by its name, in newer versions. */
export const needsField = (field: string): string =>
	isBefore(2, 30) ? 'The workflow has issues' : `Parameter "${field}" is required`;

/** What n8n's test of a credential says where the server has broken down, and where nobody listens. */
export const [brokenDown, nobodyListens] = isBefore(2, 31)
	? [
			'The service was not able to process your request',
			'The service refused the connection - perhaps it is offline',
		]
	: ['Internal Server Error', 'ECONNREFUSED'];
