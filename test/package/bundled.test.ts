import { build, stop, transform, type BuildResult } from 'esbuild';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

import { functionsOf, requiredBy, writtenTwice } from './code';
import { licencesOf, pack, root, type Packed } from './packed';

interface Library {
	folder: string;
	/** Those of its files of which something is left in the output. */
	files: string[];
}

interface Manifest {
	name?: string;
	version?: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const manifestIn = (folder: string) =>
	JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

let packed: Packed;
/** The same sources, bundled without the project's own build: each entry by itself, and nothing shared. */
let apart: BuildResult<{ metafile: true; write: false }>;
/** What esbuild says went into it, by name and version. */
let libraries: Map<string, Library>;

/** The folder of the package that a file belongs to: the nearest one whose package.json has a name and a version. */
function packageOf(file: string): string {
	for (let folder = dirname(file); ; folder = dirname(folder)) {
		if (!existsSync(join(folder, 'package.json'))) continue;
		const { name, version } = manifestIn(folder);
		if (name && version) return folder;
	}
}

function librariesOf({ outputs }: typeof apart.metafile): Map<string, Library> {
	const found = new Map<string, Library>();
	for (const { inputs } of Object.values(outputs)) {
		for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
			const file = join(root, input);
			const folder = packageOf(file);
			if (bytesInOutput === 0 || folder === root) continue;
			const { name, version } = manifestIn(folder);
			const library = found.get(`${name} ${version}`) ?? { folder, files: [] };
			found.set(`${name} ${version}`, library);
			library.files.push(file);
		}
	}
	return found;
}

beforeAll(async () => {
	packed = pack();
	const { nodes, credentials } = manifestIn(root).n8n;
	apart = await build({
		absWorkingDir: root,
		entryPoints: [...nodes, ...credentials].map((file) =>
			file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
		),
		outdir: 'apart',
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		external: ['n8n-workflow'],
		metafile: true,
		write: false,
	});
	libraries = librariesOf(apart.metafile);
});

afterAll(async () => {
	await stop();
	rmSync(packed.folder, { recursive: true, force: true });
});

const scripts = (): Array<[string, string]> =>
	packed.files
		.filter((file) => file.endsWith('.js'))
		.map((file): [string, string] => [file, packed.read(file)]);

describe('the libraries in the tarball', () => {
	it('are there, those among them that only another library uses, too', () => {
		const names = [...libraries.keys()].map((title) => title.split(' ')[0]);
		expect(names).toEqual(expect.arrayContaining(['luxon', 'p-limit', 'yocto-queue']));
	});

	it('have their licence in it, and no other has', () => {
		expect([...licencesOf(packed).keys()].sort()).toEqual([...libraries.keys()].sort());
	});

	it('have every word of it, with copyright and notices', () => {
		const licences = licencesOf(packed);
		for (const [title, { folder }] of libraries) {
			const texts = readdirSync(folder).filter((file) => /licen[cs]e|copying|notice/i.test(file));
			expect([title, texts]).not.toEqual([title, []]);
			for (const text of texts) {
				expect(licences.get(title)).toContain(readFileSync(join(folder, text), 'utf8').trim());
			}
		}
	});

	it('are really those: each has functions that are found in the shipped code', async () => {
		const shipped = new Set(scripts().flatMap(([, text]) => [...functionsOf(text)]));
		for (const [title, { files }] of libraries) {
			const texts = files.map(async (file) => {
				const { code } = await transform(readFileSync(file, 'utf8'), { target: 'node20' });
				return [...functionsOf(code)];
			});
			const own = (await Promise.all(texts)).flat();
			expect([title, own.filter((code) => shipped.has(code))]).not.toEqual([title, []]);
		}
	});

	it('stand in it once, in one version', () => {
		expect(writtenTwice(scripts())).toEqual([]);
		const names = [...libraries.keys()].map((title) => title.split(' ')[0]);
		expect(new Set(names).size).toBe(names.length);
	});

	it('would be seen twice where each node brings its own', () => {
		const files = apart.outputFiles.map(({ path, text }): [string, string] => [
			relative(root, path),
			text,
		]);
		const functions = (text: string) => functionsOf(text).size;
		expect(files.map(([, text]) => functions(text))).not.toContain(0);
		expect(writtenTwice(files).length).toBeGreaterThan(400);
	});
});

describe('every script in the tarball', () => {
	it('asks for nothing but other files of it, n8n-workflow and crypto', () => {
		const strangers = scripts().flatMap(([file, text]) =>
			requiredBy(text)
				.filter((name) => !['n8n-workflow', 'crypto'].includes(name))
				.filter(
					(name) =>
						!/^\.\.?\//.test(name) || !packed.files.includes(posix.join(dirname(file), name)),
				)
				.map((name) => `${file}: ${name}`),
		);
		expect(strangers).toEqual([]);
	});

	it.each([
		['require("fs")', 'fs'],
		["require('./a.js')", './a.js'],
		['require(name)', '<name>'],
		['require.resolve("fs")', 'fs'],
		['await import(`fs`)', 'fs'],
		['import fs from "fs"', 'fs'],
		['export * from "fs"', 'fs'],
		['__require("fs")', 'fs'],
	])('(would be seen to ask: %s)', (text, name) => {
		expect(requiredBy(text)).toEqual([name]);
	});
});
