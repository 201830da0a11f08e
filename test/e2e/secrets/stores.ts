import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { readSetup, type QueueN8n } from '../harness';
import type { Kept } from './scan';

/** Everything that an n8n keeps, wherever it keeps it. */
export async function* everythingOf(n8n: {
	home: string;
	logFiles(): string[];
	backends?: QueueN8n['backends'];
}): AsyncGenerator<Kept> {
	for (const file of n8n.logFiles()) yield { where: `log ${file}`, value: readFileSync(file) };
	yield* filesOf(n8n.home);
	if (!n8n.backends) {
		yield* rowsOfSqlite(join(n8n.home, '.n8n', 'database.sqlite'));
		return;
	}
	yield* rowsOfPostgres(n8n.backends);
	for (const line of await n8n.backends.redis()) {
		yield { where: `Redis ${line.slice(0, 80)}`, value: line };
	}
}

/** Every file of a folder but the programs that are installed there: settings, events, binary data, SQLite as it is. */
export async function* filesOf(folder: string): AsyncGenerator<Kept> {
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const path = join(folder, entry.name);
		if (entry.isDirectory() && entry.name !== 'node_modules') yield* filesOf(path);
		if (!entry.isFile()) continue;
		// n8n removes files meanwhile
		const isThere = statSync(path, { throwIfNoEntry: false });
		if (isThere) yield { where: `file ${path}`, value: readFileSync(path) };
	}
}

/** Every row of every table; bytes come in hexadecimal. */
async function* rowsOfPostgres({ query }: QueueN8n['backends']): AsyncGenerator<Kept> {
	const tables = await query<{ schema: string; name: string }>(
		`SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
		WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
	);
	const each = tables.map(
		({ schema, name }) =>
			`SELECT '${name}' AS name, row_to_json(t)::text AS row FROM "${schema}"."${name}" t`,
	);
	const rows = await query<{ name: string; row: string }>(each.join(' UNION ALL '));
	for (const { name, row } of rows) yield { where: whereOf(name, row), value: row };
}

/** Read by n8n's own Node, which knows SQLite. */
const SQLITE = `
	const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1], { readOnly: true });
	const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
	for (const { name } of tables)
		for (const row of database.prepare('SELECT * FROM "' + name + '"').iterate())
			process.stdout.write(JSON.stringify([name, row], (_key, value) =>
				value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value) + '\\n');
`;

async function* rowsOfSqlite(file: string): AsyncGenerator<Kept> {
	const { node, n8n } = readSetup();
	const { stdout } = await promisify(execFile)(node, ['-e', SQLITE, file], {
		cwd: dirname(n8n),
		maxBuffer: 1e9,
	});
	for (const line of stdout.split('\n').filter(Boolean)) {
		const [name] = JSON.parse(line) as [string];
		yield { where: whereOf(name, line), value: line };
	}
}

const whereOf = (table: string, row: string) => `row of ${table}: ${row.slice(0, 80)}`;
