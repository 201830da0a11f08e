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
	qrCode: [],
	errors: inShared('context.ts'),
	'pause.ts': inShared('context.ts'),
	'parameters.ts': inShared('answers', 'errors'),
	'fields.ts': [],
	transport: [SIGNING, ...inShared('context.ts', 'pause.ts', 'answers', 'errors')],
	catalogue: inShared('context.ts', 'answers', 'errors', 'transport'),
	order: [
		SIGNING,
		...inShared('context.ts', 'pause.ts', 'parameters.ts'),
		...inShared('answers', 'errors', 'transport', 'catalogue'),
	],
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

const testZones = readdirSync(new URL('test', import.meta.url))
	.filter((name) => !LOOK_INSIDE.includes(name))
	.map((name) => ({
		target: `./test/${name}`,
		from: ['./nodes', './credentials'],
		message:
			'Tests go through the engine. What they need of the inside is exported, with its reason, by test/inside.ts.',
	}));

/** For the rule `no-restricted-paths`. */
export const zones = [
	...sharedZones,
	...resourceZones,
	...testZones,
	mayImport(SHARED, [SIGNING], 'shared/ imports no resource, no node and no trigger.'),
	mayImport(`${NODE}/methods`, [SHARED, SIGNING], 'A method builds on shared/ alone.'),
	mayImport(`${NODE}/trigger`, [SHARED, SIGNING], 'The trigger builds on shared/ alone.'),
	mayImport(NODE, [SIGNING], 'The nodes import nothing but themselves and the signing.'),
	mayImport(SIGNING, [], 'Signing stands alone.'),
	mayImport('credentials', [], 'The credential imports nothing of a node.'),
	mayImport(
		'simulator',
		[],
		'The simulator is written from the API document: it imports no code of the nodes.',
	),
	mayImport(
		'scripts',
		['simulator'],
		'Scripts use the simulator and what is built, never the sources.',
	),
];
