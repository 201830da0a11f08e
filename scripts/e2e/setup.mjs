import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeStamp } from '../lib/stamp.mjs';
import { n8nEnv } from '../start/n8n-env.mjs';
import { bringParts, PARTS } from '../start/parts.mjs';
import { Progress } from '../start/progress.mjs';

/** @typedef {import('../start/n8n-install.mjs').N8n} N8n */

/**
 * Runs what needs a real n8n with this package in it: brings everything, tells test/e2e/harness by the variable
 * MICROESIM_E2E where it lies, and ends and throws away afterwards what was left.
 * @template Result
 * @param {N8n} n8n which one
 * @param {() => Promise<Result>} work
 */
export async function withRealN8n(n8n, work) {
	const folder = mkdtempSync(join(tmpdir(), 'microesim-e2e-'));
	try {
		process.env.MICROESIM_E2E = await prepare(folder, n8n);
		return await work();
	} finally {
		endLeftovers(folder);
		if (process.env.MICROESIM_E2E_KEEP) console.log(`Logs are kept in ${folder}`);
		else rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Everything behind `npm start` but the demo itself; the package lies in a home that each n8n copies.
 * @param {string} folder
 * @param {N8n} n8n
 * @returns {Promise<string>} the file that tells where everything is
 */
async function prepare(folder, n8n) {
	const home = join(folder, 'home');
	const folders = { home, packed: join(folder, 'package') };
	const node = await bringParts(new Progress(PARTS), folders, n8n);
	mkdirSync(join(folder, 'running'));
	const env = {
		...n8nEnv({ n8nPort: 0, brokerPort: 0 }, home, n8n),
		N8N_ENCRYPTION_KEY: randomBytes(16).toString('hex'),
	};
	makeTables(node.binary, n8n, env);
	const file = join(folder, 'setup.json');
	writeStamp(file, {
		folder,
		node: node.binary,
		n8n: n8n.binary,
		version: n8n.version,
		env,
		queue: hasQueueBackends(node.binary, n8n),
	});
	return file;
}

/**
 * Lets n8n make the tables of its database, so that not each copy of the home has to. Where it cannot, they do.
 * @param {string} node
 * @param {N8n} n8n
 * @param {Record<string, string | undefined>} env
 */
function makeTables(node, n8n, env) {
	const { status, stderr } = spawnSync(node, [n8n.binary, 'list:workflow'], {
		env,
		encoding: 'utf8',
		timeout: 240_000,
	});
	if (status !== 0) console.log(`n8n's tables were not made beforehand: ${stderr.slice(-500)}`);
}

/**
 * Asks with the clients that n8n brings along.
 * @param {string} node
 * @param {N8n} n8n
 */
function hasQueueBackends(node, n8n) {
	const script = `
		const { Client } = require('pg');
		const Redis = require('ioredis');
		const client = new Client({ host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 3000 });
		const redis = new Redis(6379, '127.0.0.1', { lazyConnect: true, retryStrategy: null, connectTimeout: 3000 });
		redis.on('error', () => {});
		Promise.all([client.connect(), redis.connect()]).then(() => process.exit(0), () => process.exit(1));
	`;
	const { status } = spawnSync(node, ['-e', script], {
		cwd: dirname(n8n.binary),
		stdio: 'ignore',
		timeout: 15_000,
	});
	if (status !== 0)
		console.log(
			`\nSKIPPED: n8n's queue mode. It needs Redis on port 6379 and PostgreSQL on port 5432 of this machine, trusting the user postgres.`,
		);
	return status === 0;
}

/**
 * Ends what something that was cut off left running: each n8n has a file named after its process group.
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
