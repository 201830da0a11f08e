import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';

const root = join(__dirname, '../..');
const LARGEST_BYTES = 500 * 1024;

let folder: string;
let tarball: string;
let unpacked: string;

const filesIn = (path: string): string[] =>
	readdirSync(path, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(path, join(entry.parentPath, entry.name)))
		.sort();

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'microesim-package-'));
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	tarball = join(
		folder,
		readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
	);
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	unpacked = join(folder, 'package');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed tarball', () => {
	it('is smaller than 500 KB', () => {
		expect(statSync(tarball).size).toBeLessThan(LARGEST_BYTES);
	});

	it('holds dist and what npm always adds, and nothing else', () => {
		const outside = filesIn(unpacked).filter((file) => !file.startsWith('dist/'));
		expect(outside).toEqual(['LICENSE', 'README.md', 'package.json']);
	});

	it('holds every file that package.json promises to n8n, with icons and codex beside the nodes', () => {
		const { n8n } = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		const files = filesIn(unpacked);
		expect(n8n.nodes.length).toBeGreaterThan(0);
		for (const file of [...n8n.nodes, ...n8n.credentials]) expect(files).toContain(file);
		for (const node of n8n.nodes) expect(files).toContain(node.replace(/\.js$/, '.json'));
		for (const place of ['dist/nodes/Microesim', 'dist/credentials']) {
			expect(files).toEqual(
				expect.arrayContaining([`${place}/microesim.svg`, `${place}/microesim.dark.svg`]),
			);
		}
	});

	it('installs nothing: no dependencies, no lifecycle scripts, one peer', () => {
		const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Record<
			string,
			Record<string, string>
		>;
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const hooks = /^(pre|post)|^(install|prepare|prepublishOnly|prepack)$/;
		expect(Object.keys(manifest.scripts ?? {}).filter((name) => hooks.test(name))).toEqual([]);
	});

	it('needs at run time only itself, n8n-workflow and crypto', () => {
		const files = filesIn(unpacked);
		const needed = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) =>
				[...readFileSync(join(unpacked, file), 'utf8').matchAll(/require\("([^"]+)"\)/g)].map(
					([, name = '']) => (name.startsWith('.') ? posix.join(dirname(file), name) : name),
				),
			);
		const others = [...new Set(needed)].filter((name) => !files.includes(name));
		expect(others.sort()).toEqual(['crypto', 'n8n-workflow']);
		expect(builtinModules).toContain('crypto');
	});

	it('names the licence of every library that is bundled', () => {
		const licences = readFileSync(join(unpacked, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8');
		for (const library of ['lean-qr', 'fflate', 'lossless-json', 'luxon']) {
			expect(licences).toContain(library);
		}
	});
});
