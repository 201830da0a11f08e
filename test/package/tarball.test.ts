import { rmSync, statSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';

import { pack, root, type Packed } from './packed';

const LARGEST_BYTES = 500 * 1024;

let packed: Packed;

beforeAll(() => (packed = pack()));
afterAll(() => rmSync(packed.folder, { recursive: true, force: true }));

describe('the packed tarball', () => {
	it('is smaller than 500 KB', () => {
		expect(statSync(packed.tarball).size).toBeLessThan(LARGEST_BYTES);
	});

	it('holds code, icons, codex files, licences, and what npm always adds, and nothing else', () => {
		const kinds = [
			/^(LICENSE|README\.md|package\.json)$/,
			/^dist\/THIRD-PARTY-LICENSES\.txt$/,
			/^dist\/shared\/chunk-\w+\.js$/,
			/^dist\/nodes\/Microesim\/\w+\.node\.js(on)?$/,
			/^dist\/credentials\/\w+\.credentials\.js$/,
			/^dist\/(nodes\/Microesim|credentials)\/microesim(\.dark)?\.svg$/,
		];
		expect(packed.files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([]);
	});

	it('holds no source map, no path of this machine, and not its name', () => {
		// a machine may be called by a plain word, or its user's home /root
		const own = [root, homedir(), tmpdir(), hostname()].filter((text) => /\d|\/.+\/|-/.test(text));
		const foreign = /sourceMappingURL|(?<![\w.])\/(home|root|Users|tmp|work|builds)\/|\b[A-Z]:\\\w/;
		for (const file of packed.files) {
			const text = packed.read(file);
			expect([file, ...own.filter((path) => text.includes(path))]).toEqual([file]);
			expect([file, foreign.exec(text)?.[0]]).toEqual([file, undefined]);
			expect([file, /["'](\.\.\/)+[^"']*node_modules/.exec(text)?.[0]]).toEqual([file, undefined]);
		}
	});

	it('holds every file that package.json promises to n8n, with icons and codex beside the nodes', () => {
		const { n8n } = JSON.parse(packed.read('package.json')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		expect(n8n.nodes.length).toBeGreaterThan(0);
		for (const file of [...n8n.nodes, ...n8n.credentials]) expect(packed.files).toContain(file);
		for (const node of n8n.nodes) expect(packed.files).toContain(node.replace(/\.js$/, '.json'));
		for (const place of ['dist/nodes/Microesim', 'dist/credentials']) {
			expect(packed.files).toEqual(
				expect.arrayContaining([`${place}/microesim.svg`, `${place}/microesim.dark.svg`]),
			);
		}
	});

	it('installs nothing: no dependencies, no lifecycle scripts, one peer', () => {
		const manifest = JSON.parse(packed.read('package.json')) as Record<
			string,
			Record<string, string>
		>;
		for (const kind of ['dependencies', 'optionalDependencies', 'bundleDependencies']) {
			expect(manifest[kind]).toBeUndefined();
		}
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const hooks = /^(pre|post)|^(install|prepare|prepublishOnly|prepack)$/;
		expect(Object.keys(manifest.scripts ?? {}).filter((name) => hooks.test(name))).toEqual([]);
	});
});
