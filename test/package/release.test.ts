import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { FAULTS, foreign } from './releaseFaults';
import {
	changelog,
	check,
	GOOD,
	HOME,
	lock,
	MAIL,
	manifest,
	PLACEHOLDER,
	root,
} from './releaseTree';

let folder: string;

/** A small project without faults but those in `changes`; `undefined` takes a file away. */
function tree(changes: Record<string, string | undefined> = {}): string {
	for (const [path, text] of Object.entries({ ...GOOD, ...changes })) {
		if (text === undefined) continue;
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'microesim-release-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the release check', () => {
	it.each([{}, { tag: 'v1.2.0' }, { env: 'v1.2.0' }, { tag: 'v1.2.0', env: 'main' }])(
		'passes a project that is ready, outside of git (%j)',
		(given) => {
			const { status, faults, good } = check(tree(), given);
			expect(faults).toEqual([]);
			expect(good).toHaveLength(10);
			expect(status).toBe(0);
		},
	);

	it('passes a prerelease that has a section of its own', () => {
		const version = '1.2.0-rc.1';
		const { status } = check(
			tree({
				'package.json': manifest({ version, author: `Ada Lovelace <${MAIL}>` }),
				'package-lock.json': lock({ version, packages: { '': { version } } }),
				...changelog(`## [${version}] - 2026-11-25\n\n- It.\n\n[${version}]: https://acme.shop\n`),
			}),
			{ tag: `v${version}` },
		);
		expect(status).toBe(0);
	});

	it.each(FAULTS)('names the point "%s": %s', (point, _fault, changes) => {
		const { status, faults } = check(tree(changes));
		// a version that is none has no section and no place in the lock either
		const others = point === 'tag' ? ['✖ changelog', '✖ lockfile'] : [];
		const planted = faults.filter((line) => !others.some((other) => line.startsWith(other)));
		expect(planted).toEqual([expect.stringMatching(new RegExp(`^✖ ${point}: .+`))]);
		expect(status).toBe(1);
	});

	it('names the placeholder of the repository', () => {
		const text = (file: string) => GOOD[file]!.replaceAll(HOME, PLACEHOLDER);
		const files = Object.fromEntries(Object.keys(GOOD).map((file) => [file, text(file)]));
		const { status, faults } = check(tree(files));
		expect(faults).toEqual([
			expect.stringContaining(`✖ repository: package.json names ${PLACEHOLDER}`),
		]);
		expect(status).toBe(1);
	});

	it('says where another address stands', () => {
		const { faults } = check(tree({ 'README.md': `\n[docs](${foreign})\n` }));
		expect(faults[0]).toContain('README.md:2');
		expect(faults[0]).toContain(HOME);
	});

	it.each([{ tag: 'v1.2.1' }, { tag: '1.2.0' }, { env: 'v1.3.0' }, { env: 'main' }])(
		'names a tag that is not the version (%j)',
		(given) => {
			const { status, faults } = check(tree(), given);
			expect(faults).toEqual([expect.stringMatching(/^✖ tag: .*v1\.2\.0/)]);
			expect(status).toBe(1);
		},
	);

	it('says in one sentence that there is no project', () => {
		const { status, stderr } = check(join(folder, 'nowhere'));
		expect(stderr).toMatch(/^\n✖ .*package\.json.*\n$/);
		expect(status).toBe(1);
	});

	it('finds in this repository only what waits for its owner and for the day of the release', () => {
		const waiting = /^✖ (author|repository|changelog):/;
		const { faults, good } = check(root);
		expect(faults.length + good.length).toBe(10);
		expect(faults.filter((line) => !waiting.test(line))).toEqual([]);
	});
});
