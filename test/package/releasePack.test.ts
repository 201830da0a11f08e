import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { aroundCopy, copyOfProject, filesOf, runElsewhere } from './elsewhere';
import { licencesOf, root, unpack } from './packed';
import { faultsOfSbom } from './sbomSchema';

interface Component {
	'bom-ref': string;
	group?: string;
	name: string;
	version: string;
	purl: string;
	hashes: Array<{ alg: string; content: string }>;
	licenses: Array<{ license: { id: string } }>;
}

interface Sbom {
	metadata: { component: Component };
	components: Component[];
	dependencies: Array<{ ref: string; dependsOn: string[] }>;
}

const NAME = 'n8n-nodes-microesim';
const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	version: string;
	license: string;
};
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
	packages: Record<string, { version: string; integrity: string; license: string }>;
};

/** Packs what stands in dist/, as the demo and the scan do. */
const PACK = `import('./scripts/lib/pack.mjs').then(({ packProject }) => packProject(process.argv[1]))`;

/** Where something is to be removed afterwards. */
const folders: string[] = [];

function packHere(): Buffer {
	const folder = mkdtempSync(join(tmpdir(), 'microesim-here-'));
	folders.push(folder);
	execFileSync(process.execPath, ['-e', PACK, join(folder, 'packed')], { cwd: root });
	return readFileSync(join(folder, 'packed', `${NAME}-${version}.tgz`));
}

function release(changes?: Record<string, string>) {
	const copy = copyOfProject(changes);
	folders.push(aroundCopy(copy));
	return { copy, made: join(copy, 'release'), ...runElsewhere(copy, 'scripts/release-pack.mjs') };
}

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('npm run release:pack', () => {
	let made: string;
	let said: ReturnType<typeof release>;
	let tarball: Buffer;
	let sbom: Sbom;

	beforeAll(() => {
		said = release();
		({ made } = said);
		tarball = readFileSync(join(made, `${NAME}-${version}.tgz`));
		sbom = JSON.parse(readFileSync(join(made, `${NAME}-${version}.cdx.json`), 'utf8')) as Sbom;
	});

	it('leaves the tarball and its bill of materials, and says how large everything is', () => {
		expect([said.status, said.stderr]).toEqual([0, '']);
		expect(filesOf(made)).toEqual([`${NAME}-${version}.cdx.json`, `${NAME}-${version}.tgz`]);
		expect(said.stdout).toMatch(/✔ release.+tgz: [\d.]+ kB; [\d.]+ kB in \d+ files\n/);
		expect(said.stdout).toMatch(/^ +[\d.]+ kB dist\/nodes\/Microesim\/Microesim\.node\.js$/m);
		expect(said.stdout).toContain('the same bytes');
	});

	it('makes, on another machine, the bytes that are made here', () => {
		expect(tarball.equals(packHere())).toBe(true);
		const bare: { metadata: { component: Partial<Component> } } = structuredClone(sbom);
		delete bare.metadata.component.hashes;
		expect(`${JSON.stringify(bare, null, '\t')}\n`).toBe(
			readFileSync(join(root, 'dist/sbom.cdx.json'), 'utf8'),
		);
	});

	it('says by which hash npm shows the tarball', () => {
		const hash = createHash('sha512').update(tarball).digest('base64');
		expect(said.stdout).toContain(`integrity sha512-${hash}\n`);
	});

	describe('the bill of materials', () => {
		const hex = (data: Buffer) => createHash('sha512').update(data).digest('hex');

		it('is one by the schema of CycloneDX 1.6', async () => {
			expect(await faultsOfSbom(sbom)).toBe('');
		});

		it.each([
			['a field that is none', { of: 'nothing' }],
			['another specification', { specVersion: 1.6 }],
			['a licence that SPDX does not know', { components: [licensed('Shareware')] }],
			['a hash that is none', { components: [{ ...licensed('MIT'), hashes: [hashed('0')] }] }],
			['something twice', { components: [licensed('MIT'), licensed('MIT')] }],
		])('(would not be with %s)', async (_, change) => {
			expect(await faultsOfSbom({ ...sbom, ...change })).not.toBe('');
		});

		it('names the package, and the tarball beside it by its hash', () => {
			expect(sbom.metadata.component).toMatchObject({
				name: NAME,
				version,
				licenses: [{ license: { id: license } }],
				purl: `pkg:npm/${NAME}@${version}`,
				hashes: [{ alg: 'SHA-512', content: hex(tarball) }],
			});
		});

		it('names the libraries whose licences are in the tarball, and no others', () => {
			const titles = sbom.components.map(({ name, version: of }) => `${name} ${of}`);
			const licences = licencesOf(unpack(join(made, `${NAME}-${version}.tgz`), made));
			expect(titles.sort()).toEqual([...licences.keys()].sort());
		});

		it('names each as package-lock.json has it, down to the hash', () => {
			for (const { name, version: of, purl, hashes, licenses } of sbom.components) {
				const locked = lock.packages[`node_modules/${name}`]!;
				expect([of, licenses[0]!.license.id]).toEqual([locked.version, locked.license]);
				expect(purl).toBe(`pkg:npm/${name}@${of}`);
				expect(hashes.map(({ alg }) => alg)).toEqual(['SHA-512']);
				expect(`sha512-${Buffer.from(hashes[0]!.content, 'hex').toString('base64')}`).toBe(
					locked.integrity,
				);
			}
		});

		it('says which of them brings which', () => {
			const used = new Map(sbom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
			const refs = sbom.components.map((component) => component['bom-ref']);
			expect([...used.keys()]).toEqual([sbom.metadata.component['bom-ref'], ...refs]);
			expect(new Set([...used.values()].flat())).toEqual(new Set(refs));
			const users = [...used].filter(([, by]) => by.some((ref) => /yocto-queue/.test(ref)));
			expect(users.map(([ref]) => ref)).toEqual([expect.stringContaining('/p-limit@')]);
		});

		it('holds no time and no number that would be another one next time', () => {
			expect(JSON.stringify(sbom)).not.toMatch(/"(timestamp|serialNumber)"|20\d\d-\d\d/);
		});
	});
});

describe('a build that leaves traces of the machine', () => {
	it('is not packed for a release: what differs is named', () => {
		const gulpfile = `
			const { mkdirSync, writeFileSync } = require('node:fs');
			exports.build = exports.output = async () => {
				mkdirSync('dist');
				writeFileSync('dist/same.js', '1');
				writeFileSync('dist/where.js', process.cwd());
				writeFileSync('dist/sbom.cdx.json', '{ "metadata": { "component": {} }, "components": [] }');
			};`;
		const { status, stderr, made } = release({ 'gulpfile.js': gulpfile });
		expect(status).toBe(1);
		expect(stderr).toContain('these differ: dist/where.js.');
		expect(filesOf(made)).toEqual([]);
	});
});

function licensed(id: string) {
	return { type: 'library', name: 'a', version: '1', licenses: [{ license: { id } }] };
}

function hashed(content: string) {
	return { alg: 'SHA-512', content };
}
