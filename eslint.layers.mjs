import { readdirSync } from 'node:fs';

/**
 * Which folder may import which: the arrows of docs/development.md, kept by lint. n8n-workflow and npm packages
 * are not its business. A folder that is not listed may import nothing but itself, so a new one needs a line here.
 */
const NODE = 'nodes/Microesim';
const SHARED = `${NODE}/shared`;
const SIGNING = 'credentials/shared';

const inShared = (...names) => names.map((name) => `${SHARED}/${name}`);

/** Each place below shared/, and what it builds on. */
const SHARED_MAY_IMPORT = {
	'context.ts': [],
	answers: [SIGNING],
	'log.ts': inShared('context.ts'),
	qrCode: inShared('answers', 'log.ts'),
	errors: inShared('context.ts'),
	'pause.ts': inShared('context.ts'),
	'numberRange.ts': inShared('answers'),
	'parameters.ts': inShared('context.ts', 'answers', 'errors', 'numberRange.ts'),
	'fields.ts': inShared('versions.ts'),
	'versions.ts': inShared('context.ts'),
	'sideBySide.ts': inShared('parameters.ts'),
	transport: [SIGNING, ...inShared('context.ts', 'pause.ts', 'answers', 'errors')],
	catalogue: [SIGNING, ...inShared('context.ts', 'answers', 'errors', 'transport')],
	order: [
		SIGNING,
		...inShared(
			'context.ts',
			'log.ts',
			'pause.ts',
			'parameters.ts',
			'numberRange.ts',
			'versions.ts',
		),
		...inShared('answers', 'errors', 'once', 'transport', 'catalogue'),
	],
	once: inShared('context.ts', 'log.ts'),
	alerts: [SIGNING, ...inShared('answers', 'errors', 'transport', 'catalogue', 'once')],
	watch: inShared('context.ts', 'answers', 'transport', 'catalogue'),
	push: [SIGNING, ...inShared('answers', 'errors', 'transport')],
};

const foldersIn = (folder) =>
	readdirSync(new URL(folder, import.meta.url), { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name);

/** Files of `folder` may import each other, npm packages and `allowed`; `why` is what lint says otherwise. */
const mayImport = (folder, allowed, why) => ({
	target: `./${folder}`,
	from: './',
	except: ['node_modules', folder, ...allowed].map((path) => `./${path}`),
	message: why,
});

const sharedZones = readdirSync(new URL(SHARED, import.meta.url)).map((name) => {
	const allowed = SHARED_MAY_IMPORT[name] ?? [];
	const known = allowed.length === 0 ? 'nothing' : allowed.join(', ');
	return mayImport(`${SHARED}/${name}`, allowed, `shared/${name} builds on: ${known}.`);
});

const resourceZones = foldersIn(`${NODE}/resources`).map((name) =>
	mayImport(
		`${NODE}/resources/${name}`,
		[SHARED, `${NODE}/resources/operation.ts`],
		'A resource imports no other resource: what two of them need belongs into shared/.',
	),
);

/** The folder that tests pure code, and the one file by which all others look behind the nodes. */
const LOOK_INSIDE = ['unit', 'inside.ts'];

const testFolders = readdirSync(new URL('test', import.meta.url));

const testZones = testFolders
	.filter((name) => !LOOK_INSIDE.includes(name))
	.flatMap((name) => [
		{
			target: `./test/${name}`,
			from: ['./nodes', './credentials'],
			message:
				'Tests go through the engine. What they need of the inside is exported, with its reason, by test/inside.ts.',
		},
		{
			target: `./test/${name}`,
			from: './test/unit',
			except: ['./simulator/client.ts'],
			message: 'Unit tests look inside; nothing is passed on from there.',
		},
	]);

/** Entries below nodes/Microesim/ that have rules of their own. */
const nodeZones = readdirSync(new URL(NODE, import.meta.url))
	.filter((name) => !/^(shared|resources|.*\.node\.(ts|json)|.*\.svg)$/.test(name))
	.map((name) =>
		mayImport(
			`${NODE}/${name}`,
			[SHARED, SIGNING],
			`${name} builds on shared/ and the signing alone.`,
		),
	);

/** For the rule `no-restricted-paths`. */
export const zones = [
	...sharedZones,
	...resourceZones,
	...nodeZones,
	...testZones,
	mayImport(SHARED, [SIGNING], 'shared/ imports no resource, no node and no trigger.'),
	mayImport(
		`${NODE}/resources/operation.ts`,
		[SHARED],
		'What an operation is knows none of them, and passes none on.',
	),
	mayImport(`${NODE}/resources`, [SHARED, SIGNING], 'Resources build on shared/ alone.'),
	...foldersIn('nodes').map((name) =>
		mayImport(`nodes/${name}`, [SIGNING], 'A node imports nothing but itself and the signing.'),
	),
	mayImport(SIGNING, [], 'Signing stands alone.'),
	mayImport('credentials', [], 'The credential imports nothing of a node.'),
	mayImport(
		'simulator',
		[],
		'The simulator is written from the API document: it imports no code of the nodes.',
	),
	mayImport(
		'test/unit/simulator',
		['simulator', 'test/fixtures', 'test/unit/support'],
		'The simulator is tested without the code of the nodes.',
	),
	mayImport(
		'scripts',
		['simulator'],
		'Scripts use the simulator and what is built, never the sources.',
	),
];

/** Imports that the zones cannot see; for the rule `no-restricted-syntax`. */
export const waysAround = [
	{
		selector: 'ImportExpression[source.type!="Literal"]',
		message: 'Name the module in plain quotes, so that the rules about folders see it.',
	},
	{
		selector:
			'CallExpression[callee.object.name=/^(require|module|jest)$/][callee.property.name=/^(resolve|require|mock|doMock|requireActual|requireMock)$/] > Literal[value=/(nodes|credentials|resources)\\//]',
		message: 'Import it, so that the rules about folders see it.',
	},
];
