import js from '@eslint/js';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import globals from 'globals';
import tseslint from 'typescript-eslint';

import { waysAround, zones } from './eslint.layers.mjs';

const typescript = ['**/*.{ts,mts,cts,tsx}'];
const javascript = ['**/*.{js,cjs,mjs}'];
const code = [...typescript, ...javascript];

/** Rules every community node is measured by, then those we hold ourselves to. */
export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', '.demo/', 'node_modules/', 'release/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		...n8nCommunityNodesPlugin.configs.recommended,
		files: ['nodes/**', 'credentials/**', 'package.json'],
	},
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: n8nNodesBase.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// For n8n's own documentation pages only.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// It does not know that MicroeSIM's salt is a secret. n8n's scan only warns of it.
			'@n8n/community-nodes/credential-unnecessary-password': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// The newer rule of the community plugin asks for NodeConnectionTypes instead of 'main'.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// MicroeSIM does have limits of its own.
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: javascript,
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node },
	},
	{
		files: typescript,
		extends: [tseslint.configs.recommended],
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'no-console': 'error',
		},
	},
	{
		files: code,
		plugins: { '@typescript-eslint': tseslint.plugin },
		languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
		rules: {
			// A promise that nobody waits for is an order that nobody knows of.
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/await-thenable': 'error',
			// A new kind of answer must be thought about wherever kinds are told apart.
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			// "[object Object]" has stood in the remark of a paid order.
			'@typescript-eslint/no-base-to-string': ['error', { checkUnknown: true }],
		},
	},
	{
		files: code,
		plugins: { 'import-x': importX },
		settings: {
			'import-x/extensions': ['.ts', '.mjs', '.cjs', '.js'],
			'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
			'import-x/resolver-next': [
				createNodeResolver({
					extensions: ['.ts', '.mjs', '.cjs', '.js', '.json'],
					// As TypeScript has it: './file.js' can be './file.ts'.
					extensionAlias: {
						'.js': ['.ts', '.js'],
						'.mjs': ['.mts', '.mjs'],
						'.cjs': ['.cts', '.cjs'],
					},
				}),
			],
		},
		rules: {
			'import-x/no-restricted-paths': ['error', { zones }],
			// What cannot be resolved would pass every rule about paths.
			'import-x/no-unresolved': ['error', { ignore: ['^n8n-core/dist/', '^node:'] }],
			'import-x/no-cycle': ['error', { ignoreExternal: true, commonjs: true }],
			'import-x/order': [
				'error',
				{
					groups: [
						['builtin', 'external'],
						['parent', 'sibling', 'index'],
					],
					'newlines-between': 'ignore',
					alphabetize: { order: 'asc', orderImportKind: 'ignore' },
				},
			],
		},
	},
	{
		files: code,
		rules: {
			'@typescript-eslint/ban-ts-comment': 'error',
			'no-restricted-syntax': ['error', ...waysAround],
		},
	},
	{
		files: ['nodes/Microesim/shared/answers/**', 'credentials/shared/**'],
		rules: {
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					paths: [
						{
							name: 'n8n-workflow',
							allowImportNames: ['IDataObject'],
							message: 'Readers of answers know no n8n context.',
						},
					],
					patterns: [
						{
							group: ['n8n-core*', 'n8n-core/**', '**/n8n-workflow/**'],
							message: 'Readers of answers know no n8n context.',
						},
					],
				},
			],
		},
	},
	{
		files: code,
		ignores: ['**/*Fields.ts', 'test/**'],
		rules: { 'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }] },
	},
);
