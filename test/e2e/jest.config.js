/** Tests in a real n8n server, run by scripts/e2e.mjs, which sets up what they need. */
const { transform } = require('../../jest.config.js');

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testSequencer: '<rootDir>/test/e2e/longestFirst.cjs',
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/'],
	transform: { '\\.ts$': transform['\\.ts$'] },
	// a guard against standing still alone: on a machine that has other work all of it takes longer
	testTimeout: 900_000,
};
