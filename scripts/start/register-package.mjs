// Runs on Node 24: enters a package into n8n's list of installed community packages.
import { DatabaseSync } from 'node:sqlite';

/** @type {import('./n8n-package.mjs').Entry} */
const { database, name, version, author, nodes } = JSON.parse(process.argv[2] ?? '');
const db = new DatabaseSync(database);
const now = new Date().toISOString().replace('T', ' ').replace('Z', '');
db.exec('PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE');
db.prepare('DELETE FROM installed_nodes WHERE package = ?').run(name);
db.prepare('DELETE FROM installed_packages WHERE packageName = ?').run(name);
db.prepare(
	'INSERT INTO installed_packages (packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt) VALUES (?, ?, ?, ?, ?, ?)',
).run(name, version, author?.name ?? null, author?.email ?? null, now, now);
for (const node of nodes) {
	db.prepare(
		'INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)',
	).run(node.name, node.type, node.version, name);
}
db.exec('COMMIT');
db.close();
