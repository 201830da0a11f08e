/** Tests in a real n8n server, run by scripts/e2e.mjs, which sets up what they need. */
const { transform } = require('../../jest.config.js');

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.demo/'],
	transform: { '\\.ts$': transform['\\.ts$'] },
	testTimeout: 300_000,
};
