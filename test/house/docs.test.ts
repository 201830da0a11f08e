import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What the documents name is there: a command that runs nothing, or a link that leads nowhere, proves nothing. */

const root = resolve(__dirname, '../..');
const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
	cwd: root,
	encoding: 'utf8',
});
const files = listed.stdout.split('\n').filter((file) => existsSync(join(root, file)));
const documents = files.filter((file) => file.endsWith('.md'));
const tests = files.filter((file) => file.endsWith('.test.ts'));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

/** Each match of the pattern's first group, with the document it stands in. */
const named = (pattern: RegExp): Array<[string, string]> =>
	documents.flatMap((document) =>
		[...readFileSync(join(root, document), 'utf8').matchAll(pattern)].map(
			(match): [string, string] => [document, match[1]!],
		),
	);

/** Each name of a test behind a command that runs some of them. */
const namedTests = (pattern: RegExp): Array<[string, string]> =>
	named(pattern).flatMap(([document, names]) =>
		names
			.split(' ')
			.filter(Boolean)
			.map((name): [string, string] => [document, name]),
	);
const inN8n = tests.filter((file) => file.startsWith('test/e2e/'));
const inJest = tests.filter((file) => !inN8n.includes(file));

it.each(namedTests(/(?:npx jest|npm test --) ([\w/. ]+)/g))('%s: a test is %s', (_, name) => {
	expect(inJest.filter((file) => file.includes(name))).not.toEqual([]);
});

it.each(namedTests(/scripts\/e2e\.mjs ([\w/. ]+)/g))('%s: a test in n8n is %s', (_, name) => {
	expect(inN8n.filter((file) => file.includes(name))).not.toEqual([]);
});

it.each(named(/npm run (?:--silent )?([\w:]+)/g))('%s: "npm run %s" is a command', (_, name) => {
	expect(scripts).toHaveProperty([name]);
});

it.each(named(/\bnode (scripts\/[\w./-]+)/g))('%s: %s is a script', (_, file) => {
	expect(files).toContain(file);
});

it.each(named(/\]\((?!https?:|#|\.\.\/\.\.\/security)([^)#\s]+)/g))(
	'%s: the link to %s leads somewhere',
	(document, link) => {
		expect(existsSync(join(root, dirname(document), link))).toBe(true);
	},
);

describe('docs/trigger.md', () => {
	const text = readFileSync(join(root, 'docs/trigger.md'), 'utf8');
	const inBrackets = [...text.matchAll(/\(([^()]*`[^()]*)\)/g)].flatMap(([, inside]) =>
		[...inside!.matchAll(/`((?:e2e\/|test\/[\w/]+\/)?[a-zA-Z]+)`/g)].map(([, name]) => name!),
	);

	it('backs most of what it says', () => {
		expect(inBrackets.length).toBeGreaterThan(25);
	});

	// Requests of MicroeSIM's API stand in brackets, too.
	it.each([...new Set(inBrackets)].filter((name) => !/Detail$/.test(name)))(
		'%s is a test',
		(name) => {
			const path = /^test\//.test(name)
				? `${name}.test.ts`
				: `test/${name.replace(/^(?!e2e\/)/, 'engine/trigger/')}.test.ts`;
			expect(tests).toContain(path);
		},
	);
});
