import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { pack, type Packed } from './packed';

/** The tarball where nothing else is, in a process of its own: what it finds here, it finds on a user's machine. */

interface Loaded {
	packageName: string;
	nodes: Array<{ name: string; version: unknown; iconUrl: unknown; codex: unknown }>;
	credentials: string[];
	/** What files of the package asked for, and what they got. */
	asked: Array<[name: string, file: string]>;
	/** The n8n-workflow of n8n itself. */
	workflow: string;
}

const core = require.resolve('n8n-core');
const script = join(__dirname, 'load.cjs');

let packed: Packed;
/** What n8n lends its nodes: a folder of modules, of which they may use this one. */
let lent: string;

/** @param NODE_PATH by which n8n lends its modules to packages outside of it */
function load(NODE_PATH: string) {
	const { PATH } = process.env;
	const { status, stdout, stderr } = spawnSync(process.execPath, [script, core, packed.unpacked], {
		cwd: packed.folder,
		env: { PATH, NODE_PATH, N8N_USER_FOLDER: packed.folder },
		encoding: 'utf8',
	});
	return { status, stderr, loaded: () => JSON.parse(stdout) as Loaded };
}

beforeAll(() => {
	packed = pack();
	packed.folder = realpathSync(packed.folder);
	packed.unpacked = realpathSync(packed.unpacked);
	lent = join(packed.folder, 'lent');
	mkdirSync(lent);
	// the folder of a package, whatever file of it is its main one
	const [, workflow] = /^(.*[/\\]node_modules[/\\]n8n-workflow)[/\\]/.exec(
		require.resolve('n8n-workflow'),
	)!;
	symlinkSync(workflow!, join(lent, 'n8n-workflow'), 'junction');
});

afterAll(() => rmSync(packed.folder, { recursive: true, force: true }));

it('lies where no folder above it has modules', () => {
	for (let folder = packed.unpacked; folder !== dirname(folder); folder = dirname(folder)) {
		expect([folder, existsSync(join(folder, 'node_modules'))]).toEqual([folder, false]);
	}
});

describe('the tarball, unpacked alone', () => {
	it('is loaded by n8n, with every node and the credential', () => {
		const { status, stderr, loaded } = load(lent);
		expect([status, stderr]).toEqual([0, '']);
		const { packageName, nodes, credentials } = loaded();
		expect(packageName).toBe('n8n-nodes-microesim');
		expect(nodes.map(({ name }) => name).sort()).toEqual([
			'microesim',
			'microesimTrigger',
			'microesimWatchTrigger',
		]);
		expect(credentials).toEqual(['microesimApi']);
		for (const { name, iconUrl, codex } of nodes) {
			expect([name, iconUrl, codex]).toEqual([name, expect.anything(), expect.anything()]);
		}
	});

	it("asks for its own files, n8n's own n8n-workflow and crypto, and for nothing else", () => {
		const { asked, workflow } = load(lent).loaded();
		const others = asked.filter(([, file]) => !file.startsWith(`${packed.unpacked}${sep}`));
		expect([...new Set(others.map(([name]) => name))].sort()).toEqual(['crypto', 'n8n-workflow']);
		const given = others.filter(([name]) => name === 'n8n-workflow');
		for (const [, file] of given) expect(realpathSync(file)).toBe(realpathSync(workflow));
		expect(new Set(others.map(([, file]) => file)).size).toBe(2);
	});

	it('is not loaded where n8n lends nothing, so that nothing of this project helps it', () => {
		const { status, stderr } = load(join(packed.folder, 'nothing'));
		expect(status).toBe(1);
		expect(stderr).toContain("Cannot find module 'n8n-workflow'");
	});
});
