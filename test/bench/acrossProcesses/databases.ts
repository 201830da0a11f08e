import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** An n8n on this machine. */
export interface InstalledN8n {
	/** The Node that it runs on. */
	node: string;
	/** n8n's own start file. */
	file: string;
}

/** A database of our own. */
export interface Database {
	name: string;
	/** How n8n is told of it. */
	env: Record<string, string>;
	remove(): Promise<void>;
}

/** Asks with the client that n8n brings along. */
const SQL = `
	const { Client } = require('pg');
	const client = new Client({ host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres', connectionTimeoutMillis: 3000 });
	client.connect().then(() => client.query(process.argv[1])).then(() => client.end())
		.catch((error) => { console.error(error.message || error.code); process.exit(1); });
`;

async function sql({ node, file }: InstalledN8n, query: string): Promise<void> {
	const cwd = dirname(file);
	await promisify(execFile)(node, ['-e', SQL, query], { cwd, timeout: 30_000 });
}

function newHome(): { N8N_USER_FOLDER: string; N8N_ENCRYPTION_KEY: string; close(): void } {
	const folder = mkdtempSync(join(tmpdir(), 'microesim-database-'));
	return {
		N8N_USER_FOLDER: folder,
		N8N_ENCRYPTION_KEY: 'nothing is encrypted here',
		close: () => rmSync(folder, { recursive: true, force: true }),
	};
}

/** A SQLite file, as n8n makes it by default. */
export function makeSqlite(): Database {
	const { close, ...home } = newHome();
	return {
		name: 'SQLite',
		env: { ...home, DB_TYPE: 'sqlite' },
		remove: async () => close(),
	};
}

/** A database in the PostgreSQL of this machine. Rejects when it has none that trusts the user postgres. */
export async function makePostgres(n8n: InstalledN8n): Promise<Database> {
	const name = `microesim_store_${randomBytes(4).toString('hex')}`;
	await sql(n8n, `CREATE DATABASE ${name}`);
	const { close, ...home } = newHome();
	return {
		name: 'PostgreSQL',
		env: {
			...home,
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: '5432',
			DB_POSTGRESDB_USER: 'postgres',
			DB_POSTGRESDB_DATABASE: name,
		},
		async remove() {
			close();
			await sql(n8n, `DROP DATABASE ${name} WITH (FORCE)`);
		},
	};
}
