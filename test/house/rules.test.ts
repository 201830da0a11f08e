import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The rules of the house, seen to fail: each of these faults is planted into a real file's text, and lint must find it. */

const root = resolve(__dirname, '../..');
const NODE = 'nodes/Microesim';
const ORDER = `${NODE}/shared/order/buyAll.ts`;

const read = (file: string) => readFileSync(join(root, file), 'utf8');
/** Imports belong first; what uses them, last. */
const before = (file: string, line: string) => `${line}\n${read(file)}`;
const after = (file: string, ...lines: string[]) => `${read(file)}\n${lines.join('\n')}\n`;

const PATHS = 'import-x/no-restricted-paths';
const imports = (file: string, from: string): [string, string, string] => [
	file,
	before(file, `import * as planted from '${from}';\nexport { planted };`),
	PATHS,
];

/** The file, its text with the fault, and the rule that names it. */
const FAULTS: Record<string, [string, string, string]> = {
	'a promise that nobody waits for': [
		ORDER,
		after(ORDER, 'export function planted(order: () => Promise<void>): void {', '\torder();', '}'),
		'@typescript-eslint/no-floating-promises',
	],
	'a promise that nobody waits for, in a script': [
		'scripts/lib/npm.mjs',
		after('scripts/lib/npm.mjs', "npm([], { cwd: '', log: '', what: '' });"),
		'@typescript-eslint/no-floating-promises',
	],
	'a promise taken for a condition': [
		ORDER,
		after(
			ORDER,
			'export function planted(isSold: () => Promise<boolean>): boolean {',
			'\treturn isSold() ? true : false;',
			'}',
		),
		'@typescript-eslint/no-misused-promises',
	],
	'waiting for what is no promise': [
		ORDER,
		after(ORDER, 'export const planted = async (): Promise<number> => await 1;'),
		'@typescript-eslint/await-thenable',
	],
	'a kind of answer that a default swallows': [
		`${NODE}/shared/transport/request.ts`,
		after(
			`${NODE}/shared/transport/request.ts`,
			'export function planted({ kind }: Answer): boolean {',
			'\tswitch (kind) {',
			"\t\tcase 'success':",
			'\t\t\treturn true;',
			'\t\tdefault:',
			'\t\t\treturn false;',
			'\t}',
			'}',
		),
		'@typescript-eslint/switch-exhaustiveness-check',
	],
	'an object as text': [
		ORDER,
		after(ORDER, 'export const planted = (remark: unknown): string => `Remark: ${remark}`;'),
		'@typescript-eslint/no-base-to-string',
	],
	'any type': [
		ORDER,
		after(ORDER, 'export const planted = (value: any): string => value;'),
		'@typescript-eslint/no-explicit-any',
	],
	'a file of more than 150 lines': [
		ORDER,
		after(ORDER, ...Array.from({ length: 150 }, (_, index) => `export const planted${index} = 1;`)),
		'max-lines',
	],
	'a line that is not formatted': [ORDER, after(ORDER, 'export  const planted = "text"'), 'format'],
	'a line that is not formatted, in a script': [
		'scripts/lib/npm.mjs',
		after('scripts/lib/npm.mjs', '  export const planted = 1'),
		'format',
	],
	'shared/ importing a resource': imports(ORDER, '../../resources/order/get'),
	'shared/ importing all resources': imports(ORDER, '../../resources'),
	'shared/ importing the trigger': imports(ORDER, '../../trigger/settings'),
	'shared/ importing a type of a resource': [
		ORDER,
		before(ORDER, "import type { Operation } from '../../resources/operation';"),
		PATHS,
	],
	'shared/ passing on a resource': [
		ORDER,
		before(ORDER, "export * from '../../resources/operation';"),
		PATHS,
	],
	'shared/ importing a resource when it is needed': [
		ORDER,
		after(ORDER, "export const planted = async () => await import('../../resources/order/get');"),
		PATHS,
	],
	'shared/ requiring a resource': [
		ORDER,
		after(ORDER, "export const planted: unknown = require('../../resources/order/get');"),
		PATHS,
	],
	'errors leaning on the transport': imports(
		`${NODE}/shared/errors/refusal.ts`,
		'../transport/send',
	),
	'orders and pushes leaning on each other': imports(ORDER, '../push/read/readPush'),
	'a resource importing another': imports(`${NODE}/resources/esim/get.ts`, '../order/get'),
	'a resource importing the list of all': imports(`${NODE}/resources/esim/get.ts`, '..'),
	'answers knowing a context of ours': imports(`${NODE}/shared/answers/esims.ts`, '../context'),
	'answers knowing a context of n8n': [
		`${NODE}/shared/answers/plan.ts`,
		before(
			`${NODE}/shared/answers/plan.ts`,
			"import type { IExecuteFunctions } from 'n8n-workflow';",
		),
		'@typescript-eslint/no-restricted-imports',
	],
	'the credential importing from a node': imports(
		'credentials/MicroesimApi.credentials.ts',
		'../nodes/Microesim/shared/answers/text',
	),
	'the simulator importing from a node': imports(
		'simulator/signature.ts',
		'../nodes/Microesim/shared/answers/text',
	),
	'the simulator signing with our signature': imports(
		'simulator/signature.ts',
		'../credentials/shared/signature',
	),
	'an engine test looking behind a node': imports(
		'test/engine/esim.test.ts',
		'../../nodes/Microesim/shared/transport/endpoints',
	),
	'a real server test looking into the credential': imports(
		'test/e2e/once.test.ts',
		'../../credentials/shared/signature',
	),
	'shared/ importing a resource under another ending': imports(
		ORDER,
		'../../resources/order/get.js',
	),
	'shared/ importing a resource by a name that is put together': [
		ORDER,
		after(ORDER, 'export const planted = async () => await import(`../../resources/order/get`);'),
		'no-restricted-syntax',
	],
	'shared/ importing what is not there': [
		ORDER,
		before(ORDER, "export * from '../../resources/nowhere';"),
		'import-x/no-unresolved',
	],
	'a resource passing another on to all': imports(`${NODE}/resources/operation.ts`, './order/get'),
	'answers importing n8n itself': [
		`${NODE}/shared/answers/plan.ts`,
		before(`${NODE}/shared/answers/plan.ts`, "export type { Workflow } from 'n8n-core';"),
		'@typescript-eslint/no-restricted-imports',
	],
	'a context of n8n that comes to the answers by way of the signing': [
		'credentials/shared/cleanText.ts',
		before(
			'credentials/shared/cleanText.ts',
			"export type { IExecuteFunctions } from 'n8n-workflow';",
		),
		'@typescript-eslint/no-restricted-imports',
	],
	'an engine test importing what a unit test passes on': imports(
		'test/engine/esim.test.ts',
		'../unit/support/referenceSigner',
	),
	'an engine test putting a mock in the place of our own code': [
		'test/engine/esim.test.ts',
		after('test/engine/esim.test.ts', "jest.mock('../../nodes/Microesim/shared/pause');"),
		'no-restricted-syntax',
	],
	"a test of the simulator using the nodes' code": imports(
		'test/unit/simulator/client.ts',
		'../../../nodes/Microesim/shared/answers/text',
	),
	'a promise that nobody waits for, in the build': [
		'gulpfile.js',
		after('gulpfile.js', 'types();'),
		'@typescript-eslint/no-floating-promises',
	],
	'a comment that switches the types of a script off': [
		'scripts/lib/npm.mjs',
		before('scripts/lib/npm.mjs', '// @ts-nocheck'),
		'@typescript-eslint/ban-ts-comment',
	],
	'two files importing each other': [
		`${NODE}/shared/transport/send.ts`,
		before(
			`${NODE}/shared/transport/send.ts`,
			"import { request } from './request';\nexport { request };",
		),
		'import-x/no-cycle',
	],
};

/** Files without any fault; a rule that fails on everything would pass the tests above. */
const CLEAN = [
	ORDER,
	`${NODE}/shared/answers/plan.ts`,
	'scripts/lib/npm.mjs',
	'simulator/signature.ts',
];

const names = Object.keys(FAULTS);
let broken: string[][];

beforeAll(() => {
	const texts = [
		...Object.values(FAULTS).map(([file, text]) => ({ file, text })),
		...CLEAN.map((file) => ({ file, text: read(file) })),
	];
	const lint = spawnSync(process.execPath, [join(__dirname, 'lintTexts.mjs')], {
		cwd: root,
		input: JSON.stringify(texts),
		encoding: 'utf8',
	});
	if (lint.status !== 0) throw new Error(lint.stderr);
	broken = JSON.parse(lint.stdout) as string[][];
});

it.each(names)('lint finds %s', (name) => {
	const [, , rule] = FAULTS[name]!;
	expect(broken[names.indexOf(name)]).toContain(rule);
});

it.each(CLEAN)('lint finds nothing in %s as it is', (file) => {
	expect(broken[names.length + CLEAN.indexOf(file)]).toEqual([]);
});

describe('the types of scripts/', () => {
	const hash = join(root, 'scripts/lib/hash.mjs');

	/** Checks one script with the options of scripts/tsconfig.json. */
	function typecheck(text: string): string {
		const folder = mkdtempSync(join(tmpdir(), 'microesim-house-'));
		try {
			const compilerOptions = { typeRoots: [join(root, 'node_modules/@types')] };
			const config = {
				extends: join(root, 'scripts/tsconfig.json'),
				compilerOptions,
				include: ['planted.mjs'],
			};
			writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
			writeFileSync(join(folder, 'planted.mjs'), text);
			const tsc = join(root, 'node_modules/typescript/bin/tsc');
			return spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout;
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	}

	it('find a call with the wrong argument', () => {
		const text = `import { hashOf } from '${hash}';\nhashOf(42);\n`;
		expect(typecheck(text)).toMatch(/planted\.mjs\(2,8\): error TS2345/);
	});

	it('find a parameter without a type', () => {
		expect(typecheck('export const planted = (value) => value;\n')).toContain('error TS7006');
	});

	it('find nothing in a script without a fault', () => {
		expect(typecheck(`import { hashOf } from '${hash}';\nhashOf('README.md');\n`)).toBe('');
	});
});
