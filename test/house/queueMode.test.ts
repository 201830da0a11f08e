import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

/** The compose file of queue mode cannot be run here: it is held against n8n's code, the tests and the documents. */

interface Service {
	image: string;
	command?: string | string[];
	environment?: Record<string, string>;
	secrets?: string[];
	volumes?: string[];
	depends_on?: Record<string, { condition: string }>;
}

interface Compose {
	services: Record<string, Service>;
	secrets: Record<string, { file: string }>;
	volumes: Record<string, null>;
}

const ROOT = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const text = read('docs/queue-mode/compose.yaml');
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);
const ofN8n = services.filter(([, { image }]) => image.includes('n8nio/n8n'));
const environment = compose.services.main!.environment!;

/** All settings that n8n's classes of settings know. */
function knownSettings(): Set<string> {
	const folders = ['@n8n/config', 'n8n-core'].map((name) =>
		join(ROOT, 'node_modules', name, 'dist'),
	);
	const found = new Set<string>();
	for (const folder of folders) {
		for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
			if (!file.endsWith('.js')) continue;
			const code = readFileSync(join(folder, file), 'utf8');
			for (const [, name] of code.matchAll(/\.Env\)\('([A-Z0-9_]+)'/g)) found.add(name!);
		}
	}
	return found;
}

/** Where n8n reads it elsewhere: community-packages.config.js of n8n itself. */
const READ_IN_N8N = 'N8N_UNVERIFIED_PACKAGES_ENABLED';

it("names settings that n8n knows, and says so where they are another's", () => {
	const known = knownSettings().add(READ_IN_N8N);
	expect(known.size).toBeGreaterThan(300);
	const names = ofN8n.flatMap(([, service]) => Object.keys(service.environment ?? {}));
	expect(names.length).toBeGreaterThan(10);
	// n8n reads each of them from a file, too
	expect(names.filter((name) => !known.has(name.replace(/_FILE$/, '')))).toEqual([]);
	expect(known.has('QUEUE_WORKER_MAX_STALLED_COUNT')).toBe(false);
});

it('has the processes that the tests run, and the same n8n', () => {
	const { devDependencies } = JSON.parse(read('package.json')) as {
		devDependencies: Record<string, string>;
	};
	const kinds = ofN8n.map(([, { command = 'start' }]) => String(command).split(' ')[0]);
	expect(kinds.sort()).toEqual(['start', 'webhook', 'webhook', 'worker', 'worker']);
	for (const [, { image }] of ofN8n) expect(image).toMatch(`:${devDependencies['n8n-core']}`);
	const settings = ofN8n.map(([, service]) => service.environment);
	expect(new Set(settings.map((one) => JSON.stringify(one))).size).toBe(1);
});

it('is set up as the tests are', () => {
	const tested = read('test/e2e/harness/queueBackends.ts') + read('scripts/e2e/setup.mjs');
	for (const name of ['EXECUTIONS_MODE', 'DB_TYPE', 'QUEUE_HEALTH_CHECK_ACTIVE'])
		expect(tested).toContain(`${name}: '${environment[name]}'`);
	for (const name of ['QUEUE_BULL_REDIS_HOST', 'DB_POSTGRESDB_HOST', 'N8N_ENCRYPTION_KEY'])
		expect(tested).toContain(`${name}: `);
	for (const name of ['QUEUE_BULL_REDIS_HOST', 'DB_POSTGRESDB_HOST'])
		expect(Object.keys(compose.services)).toContain(environment[name]);
});

it('does what docs/scaling.md says of queue mode', () => {
	const scaling = read('docs/scaling.md');
	for (const name of ['N8N_DISABLE_PRODUCTION_MAIN_PROCESS', 'DB_POSTGRESDB_POOL_SIZE'])
		expect([name, scaling.includes(name), environment[name]]).toEqual([
			name,
			true,
			expect.any(String),
		]);
	const connections = ofN8n.length * Number(environment.DB_POSTGRESDB_POOL_SIZE);
	const most = /max_connections=(\d+)/.exec(String(compose.services.postgres!.command))?.[1];
	expect(Number(most)).toBeGreaterThan(connections);
	expect(String(compose.services.redis!.command)).toContain('--appendonly yes');
	expect(scaling).toContain('queue-mode/compose.yaml');
});

it('pins its images, holds no secret, and names what is there', () => {
	for (const [, { image }] of services) expect(image).toMatch(/:\d+\.\d+(\.\d+)?$/);
	for (const [, service] of services) {
		for (const [name, value] of Object.entries(service.environment ?? {})) {
			if (/PASSWORD|KEY|SECRET/.test(name))
				expect([name, value]).toEqual([
					expect.stringMatching(/_FILE$/),
					expect.stringMatching(/^\/run\/secrets\//),
				]);
			const secret = /^\/run\/secrets\/(.+)$/.exec(value)?.[1];
			if (secret) expect(service.secrets).toContain(secret);
		}
		for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty(secret);
		for (const volume of service.volumes ?? [])
			if (!volume.startsWith('.')) expect(compose.volumes).toHaveProperty([volume.split(':')[0]!]);
		for (const name of Object.keys(service.depends_on ?? {}))
			expect(compose.services).toHaveProperty([name]);
	}
});

it('is marked as read, not run', () => {
	expect(text).toMatch(/^# Read, not run/);
	expect(read('docs/queue-mode/Caddyfile')).toMatch(/^# Read, not run/);
});

it('lets the proxy lead to processes that are there', () => {
	const proxied = [...read('docs/queue-mode/Caddyfile').matchAll(/(\S+):5678/g)].map(
		([, name]) => name,
	);
	expect(proxied.sort()).toEqual(['main', 'webhook-1', 'webhook-2']);
	for (const name of proxied) expect(Object.keys(compose.services)).toContain(name);
});
