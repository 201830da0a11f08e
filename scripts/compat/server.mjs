import { withRealN8n } from '../e2e/setup.mjs';
import { runJest } from '../lib/jest.mjs';
import { inProject } from '../lib/paths.mjs';
import { n8nOf } from '../start/n8n-install.mjs';

/**
 * Every operation, the triggers, the test of the credential and the import of every example; sleeping until a callback,
 * and orders and pushes over a SIGKILL.
 */
const TESTS = ['everything', 'orders', 'once'].map((name) => `test/e2e/${name}\\.test`);

/**
 * Runs tests in a real server of a version of n8n.
 * @param {import('./versions.mjs').Version} version
 * @returns {Promise<import('../lib/jest.mjs').Sums>}
 */
export async function testServer({ n8n }) {
	const config = inProject('test', 'e2e', 'jest.config.js');
	return await withRealN8n(
		n8nOf(n8n),
		async () => await runJest(['--config', config, '--maxWorkers=1', ...TESTS]),
	);
}
