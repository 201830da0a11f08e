import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Versions stand in several files, because each is read by another tool. */

const read = (file: string) => readFileSync(join(resolve(__dirname, '../..'), file), 'utf8');
const constant = (file: string, pattern: RegExp) => pattern.exec(read(file))?.[1];

interface Manifest {
	engines: { node: string };
	devDependencies: Record<string, string>;
}

const { engines, devDependencies } = JSON.parse(read('package.json')) as Manifest;

describe('the n8n of the tests', () => {
	const version = devDependencies['n8n-core']!;

	it('is the n8n of the demo and of the tests in a real server', () => {
		const ofDemo = constant('scripts/start/options.mjs', /N8N_VERSION = '([\d.]+)'/);
		expect([ofDemo, devDependencies['n8n-nodes-base']]).toEqual([version, version]);
	});

	it.each(['README.md', 'docs/compatibility.md'])('is the one that %s names', (file) => {
		expect(read(file)).toContain(version);
	});
});

describe('the Node of the package', () => {
	const oldest = engines.node.replace('>=', '');

	it('is what the scripts ask for', () => {
		const [, major, minor] =
			/NEEDED = \{ major: (\d+), minor: (\d+) \}/.exec(read('scripts/lib/node-version.mjs')) ?? [];
		expect(`${major}.${minor}`).toBe(oldest);
	});

	it('is what .nvmrc brings', () => {
		expect(oldest.split('.')[0]).toBe(read('.nvmrc').trim());
	});

	it('is what README.md names', () => {
		expect(read('README.md')).toContain(`Node.js ${oldest} or newer`);
	});
});
