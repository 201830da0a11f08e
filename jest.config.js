/** Unit and engine tests run on the sources, so coverage names their lines; package tests run on the packed tarball. */
const swc = (parser) => [
	'@swc/jest',
	{
		jsc: { target: 'es2022', parser },
		module: { type: 'commonjs' },
		sourceMaps: 'inline',
	},
];

// Jest on Node 20 can neither require() nor import() ES modules, so the few that are loaded become
// CommonJS: ours, and n8n's change-case (Shopify and others), htmlparser2 (Send Email) and file-type,
// each with its family. n8n-core loads file-type by import() to tell what an unnamed binary is, so the one file
// that does so is changed too.
const esm = [
	'p-defer',
	'change-case',
	'htmlparser2',
	'domhandler',
	'domutils',
	'domelementtype',
	'dom-serializer',
	'entities',
	'file-type',
	'strtok3',
	'token-types',
	'uint8array-extras',
	'@tokenizer/inflate',
	'@borewit/text-codec',
	'n8n-core/dist/execution-engine/node-execution-context/utils/binary-helper-functions\\.js',
].join('|');
const esmFile = `(?:.*/node_modules/)?(?:${esm})(?:/|$)`;

module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/{unit,engine,package,house}/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/'],
	transform: {
		'\\.ts$': swc({ syntax: 'typescript', decorators: true }),
		[`/node_modules/${esmFile}`]: swc({ syntax: 'ecmascript' }),
	},
	transformIgnorePatterns: [`/node_modules/(?!${esmFile})`],
	moduleNameMapper: { '^file-type$': '<rootDir>/node_modules/file-type/index.js' },
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageDirectory: 'coverage',
	coverageReporters: ['text-summary', 'text'],
	coverageThreshold: { global: { statements: 95 } },
	testTimeout: 60_000,
	// Most tests wait for sockets, and jest alone would leave one core idle.
	maxWorkers: 4,
};
