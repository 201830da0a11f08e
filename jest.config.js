/** Unit and engine tests run on the sources, so coverage names their lines; package tests run on the packed tarball. */

module.exports = {
	testEnvironment: '<rootDir>/test/jest/environment.cjs',
	runtime: '<rootDir>/test/jest/runtime.cjs',
	testMatch: ['<rootDir>/test/{unit,engine,package,house}/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/'],
	transform: {
		'\\.ts$': [
			'@swc/jest',
			{
				jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	collectCoverageFrom: ['nodes/**/*.ts', 'credentials/**/*.ts'],
	coverageDirectory: 'coverage',
	coverageReporters: ['text-summary', 'text'],
	coverageThreshold: { global: { statements: 95 } },
	// Nothing is judged by its time: this only ends what hangs, and the machine may be many times as busy as usual.
	testTimeout: 300_000,
	// Most tests wait for sockets, and jest alone would leave one core idle.
	maxWorkers: 4,
};
