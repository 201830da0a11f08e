import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

import { readSetup } from './setup';

const HOST = '127.0.0.1';
const REDIS_PORT = 6379;
const POSTGRES_PORT = 5432;

/** What the queue mode of n8n needs beside itself: a database and a Redis prefix of our own on this machine. */
export interface QueueBackends {
	env: Record<string, string>;
	/** Asks the database. @returns the rows */
	query<Row>(sql: string): Promise<Row[]>;
	/** All that Redis holds of it, as text: one line for each key. */
	redis(): Promise<string[]>;
	remove(): Promise<void>;
}

/** Makes them. */
export async function makeQueueBackends(): Promise<QueueBackends> {
	const name = `microesim_e2e_${randomBytes(4).toString('hex')}`;
	await inN8n(SQL, ADMIN, `CREATE DATABASE ${name}`);
	return {
		env: {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: HOST,
			QUEUE_BULL_REDIS_PORT: String(REDIS_PORT),
			QUEUE_BULL_PREFIX: name,
			N8N_REDIS_KEY_PREFIX: name,
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: HOST,
			DB_POSTGRESDB_PORT: String(POSTGRES_PORT),
			DB_POSTGRESDB_USER: 'postgres',
			DB_POSTGRESDB_DATABASE: name,
		},
		query: async (sql) => JSON.parse(await inN8n(SQL, name, sql)) as never,
		redis: async () => (await inN8n(REDIS, name)).split('\n').filter(Boolean),
		async remove() {
			await inN8n(SQL, ADMIN, `DROP DATABASE ${name} WITH (FORCE)`);
			await inN8n(FORGET, name);
		},
	};
}

/** The database from which others are made. */
const ADMIN = 'postgres';

/** Both clients come with n8n. */
const SQL = `
	const { Client } = require('pg');
	const [database, sql] = process.argv.slice(1);
	const client = new Client({ host: '${HOST}', port: ${POSTGRES_PORT}, user: 'postgres', database });
	client.connect().then(() => client.query(sql))
		.then(({ rows }) => process.stdout.write(JSON.stringify(rows)))
		.then(() => client.end())
		.catch((error) => { console.error(error.message); process.exit(1); });
`;
const FORGET = `
	const Redis = require('ioredis');
	const redis = new Redis(${REDIS_PORT}, '${HOST}');
	redis.keys('*' + process.argv[1] + '*').then((keys) => keys.length && redis.del(keys)).then(() => redis.quit())
		.catch((error) => { console.error(error.message); process.exit(1); });
`;
const REDIS = `
	const Redis = require('ioredis');
	const redis = new Redis(${REDIS_PORT}, '${HOST}');
	const read = {
		string: (key) => redis.get(key),
		hash: (key) => redis.hgetall(key),
		list: (key) => redis.lrange(key, 0, -1),
		set: (key) => redis.smembers(key),
		zset: (key) => redis.zrange(key, 0, -1),
		stream: (key) => redis.xrange(key, '-', '+'),
	};
	(async () => {
		for (const key of await redis.keys('*' + process.argv[1] + '*')) {
			const held = await read[await redis.type(key)]?.(key);
			if (held !== undefined) process.stdout.write(JSON.stringify([key, held]) + '\\n');
		}
		await redis.quit();
	})().catch((error) => { console.error(error.message); process.exit(1); });
`;

async function inN8n(script: string, ...args: string[]): Promise<string> {
	const { node, n8n } = readSetup();
	const { stdout } = await promisify(execFile)(node, ['-e', script, ...args], {
		cwd: dirname(n8n),
		timeout: 120_000,
		maxBuffer: 1e9,
	});
	return stdout;
}
