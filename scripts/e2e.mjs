import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { explain, runMain } from './lib/failure.mjs';
import { runJest } from './lib/jest.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { inProject } from './lib/paths.mjs';
import { writeStamp } from './lib/stamp.mjs';
import { n8nEnv } from './start/n8n-env.mjs';
import { N8N_BINARY } from './start/n8n-install.mjs';
import { bringParts, PARTS } from './start/parts.mjs';
import { Progress } from './start/progress.mjs';

/**
 * Everything behind `npm start` but the demo itself; the package lies in a home that each test's n8n copies.
 * @param {string} folder
 * @returns {Promise<string>} the file that tells the tests where everything is
 */
async function prepare(folder) {
	const home = join(folder, 'home');
	const node = await bringParts(new Progress(PARTS), { home, packed: join(folder, 'package') });
	mkdirSync(join(folder, 'running'));
	const file = join(folder, 'setup.json');
	const queue = hasQueueBackends(node.binary);
	if (!queue)
		console.log(
			`\nSKIPPED: the tests of n8n's queue mode. They need Redis on port 6379 and PostgreSQL on port 5432 of this machine, trusting the user postgres.`,
		);
	writeStamp(file, {
		folder,
		node: node.binary,
		n8n: N8N_BINARY,
		env: n8nEnv({ n8nPort: 0, brokerPort: 0 }, home),
		queue,
	});
	return file;
}

/**
 * Asks with the clients that n8n brings along.
 * @param {string} node
 */
function hasQueueBackends(node) {
	const script = `
		const { Client } = require('pg');
		const Redis = require('ioredis');
		const client = new Client({ host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 3000 });
		const redis = new Redis(6379, '127.0.0.1', { lazyConnect: true, retryStrategy: null, connectTimeout: 3000 });
		redis.on('error', () => {});
		Promise.all([client.connect(), redis.connect()]).then(() => process.exit(0), () => process.exit(1));
	`;
	return (
		spawnSync(node, ['-e', script], { cwd: dirname(N8N_BINARY), stdio: 'ignore', timeout: 15_000 })
			.status === 0
	);
}

/**
 * Ends what a test that was cut off left running: each n8n has a file named after its process group.
 * @param {string} folder
 */
function endLeftovers(folder) {
	if (!existsSync(join(folder, 'running'))) return;
	for (const group of readdirSync(join(folder, 'running'))) {
		try {
			process.kill(-Number(group), 'SIGKILL');
		} catch {
			// it has ended by itself
		}
	}
}

/** @param {string[]} args for jest */
async function runE2e(args) {
	checkNodeVersion();
	const folder = mkdtempSync(join(tmpdir(), 'microesim-e2e-'));
	try {
		process.env.MICROESIM_E2E = await prepare(folder);
		return await runJest([
			'--config',
			inProject('test', 'e2e', 'jest.config.js'),
			'--runInBand',
			...args,
		]);
	} finally {
		endLeftovers(folder);
		if (process.env.MICROESIM_E2E_KEEP) console.log(`Logs are kept in ${folder}`);
		else rmSync(folder, { recursive: true, force: true });
	}
}

await runMain(async () => {
	let result = { passed: 0, failed: 1, skipped: 0 };
	try {
		result = await runE2e(process.argv.slice(2));
	} catch (error) {
		console.error(`\n✖ ${explain(error)}`);
	}
	if (result.skipped > 0) console.log(`${result.skipped} SKIPPED`);
	console.log(`${result.passed} passed, ${result.failed} failed`);
	return result.failed === 0 ? 0 : 1;
});
