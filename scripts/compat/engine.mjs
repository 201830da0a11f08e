import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runJest } from '../lib/jest.mjs';
import { checkRegistry, npm } from '../lib/npm.mjs';
import { inDemo } from '../lib/paths.mjs';
import { readStamp, writeStamp } from '../lib/stamp.mjs';
import { N8N_VERSION, OF_OLDER_N8N } from '../start/options.mjs';

/** @typedef {import('./versions.mjs').Version} Version */

/** Everything that goes through n8n's engine, and the built package in n8n's loader. */
const TESTS = ['test/engine', 'test/package/loaded'];

/**
 * Brings the parts of an n8n that are needed without its server, into a folder of their own. The newest is ours.
 * @param {Version} version
 * @returns {Promise<string | undefined>} the folder
 */
export async function ensureEngine({ n8n, core, workflow, nodes }) {
	if (n8n === N8N_VERSION) return undefined;
	const folder = inDemo(`engine-${n8n}`);
	const stamp = join(folder, '.ready.json');
	const wanted = { 'n8n-core': core, 'n8n-workflow': workflow, 'n8n-nodes-base': nodes };
	const known = JSON.stringify(wanted);
	if (readStamp(stamp)?.parts === known && existsSync(join(folder, 'node_modules'))) return folder;
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeStamp(join(folder, 'package.json'), {
		name: 'microesim-compat-engine',
		private: true,
		dependencies: wanted,
		overrides: OF_OLDER_N8N,
	});
	await checkRegistry(`n8n-core@${core}`, folder);
	await npm(['install', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
		cwd: folder,
		log: 'npm-engine',
		what: `getting the engine of n8n ${n8n}`,
	});
	writeStamp(stamp, { parts: known });
	return folder;
}

/**
 * Runs the tests of the engine on another version of it.
 * @param {Version} version
 * @returns {Promise<import('../lib/jest.mjs').Sums>}
 */
export async function testEngine(version) {
	// read by test/jest/runtime.cjs
	const folder = await ensureEngine(version);
	if (folder === undefined) delete process.env.MICROESIM_N8N;
	else process.env.MICROESIM_N8N = folder;
	return await runJest(TESTS);
}
