import 'reflect-metadata';

import { PackageDirectoryLoader } from 'n8n-core';
import type { INode, INodeType, INodeTypeDescription, IWorkflowBase } from 'n8n-workflow';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { documented } from '../documented';

/**
 * n8n 3 is published as a container image alone, so it is not run here. Each breaking change that its documentation
 * publishes is held against the built package, the workflows and the documents instead.
 */

const root = join(__dirname, '../..');
const filesBelow = (folder: string, ending: string): string[] =>
	readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(ending))
		.map((entry) => relative(root, join(entry.parentPath, entry.name)));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const built = filesBelow('dist', '.js');
const examples = filesBelow('examples', '.json');
const texts = [
	'README.md',
	...filesBelow('docs', '.md').filter((file) => !/compatibility/.test(file)),
];

const workflowOf = (file: string) => JSON.parse(read(file)) as IWorkflowBase;
/** Nodes of all examples of which something is so, with their file. */
const nodesThat = (isSo: (node: INode, workflow: IWorkflowBase) => boolean): string[] =>
	examples.flatMap((file) => {
		const workflow = workflowOf(file);
		return workflow.nodes
			.filter((node) => isSo(node, workflow))
			.map(({ name }) => `${file}: ${name}`);
	});
const filesThat = (files: string[], say: RegExp) => files.filter((file) => say.test(read(file)));

const hasSeveralOutputs = (
	{ name, type, onError }: INode,
	{ connections }: IWorkflowBase,
): boolean =>
	onError === 'continueErrorOutput' ||
	/\.(if|switch|splitInBatches|compareDatasets)$/.test(type) ||
	(connections[name]?.main ?? []).length > 1;

let descriptions: INodeTypeDescription[];

beforeAll(async () => {
	const loader = new PackageDirectoryLoader(root);
	await loader.loadAll();
	descriptions = Object.keys(loader.known.nodes).map(
		(name) => (loader.getNode(name).type as INodeType).description,
	);
});

interface Change {
	what: string;
	here: string;
	/** What would break. */
	found: () => string[];
}

const CHANGES: Change[] = [
	{
		what: 'Self-hosted n8n runs in containers alone',
		here: '`docs/installation.md` has the snippet; the package needs neither npm nor files of the machine',
		found: () =>
			/image: docker\.n8n\.io\/n8nio\/n8n/.test(read('docs/installation.md')) ? [] : ['no image'],
	},
	{
		what: 'Packages that n8n has not verified are off by default (`N8N_UNVERIFIED_PACKAGES_ENABLED`)',
		here: '`docs/installation.md` says to set it before the update',
		found: () =>
			/n8n 3\.x[\s\S]*N8N_UNVERIFIED_PACKAGES_ENABLED/.test(read('docs/installation.md'))
				? []
				: ['not said'],
	},
	{
		what: 'Function, Function Item, Item Lists, LangChain Code and AI Transform are removed',
		here: 'no workflow of `examples/` has one',
		found: () =>
			nodesThat(({ type }) => /\.(function|functionItem|itemLists|code|aiTransform)$/.test(type)),
	},
	{
		what: '`$getPairedItem` is removed',
		here: 'neither nodes nor workflows nor documents use it',
		found: () => filesThat([...built, ...examples, ...texts], /\$getPairedItem/),
	},
	{
		what: 'Execute Workflow loses the mode *Run once for each item*',
		here: 'no workflow has it',
		found: () =>
			nodesThat(
				({ type, parameters }) => /\.executeWorkflow$/.test(type) && parameters.mode === 'each',
			),
	},
	{
		what: '*Always Output Data* fills a node of several outputs only when all are empty',
		here: 'no node of several outputs has it on',
		found: () =>
			nodesThat(
				(node, workflow) => node.alwaysOutputData === true && hasSeveralOutputs(node, workflow),
			),
	},
	{
		what: '`$evaluateExpression()` is gone from the Code node; its time ends after a minute',
		here: 'no workflow has a Code node',
		found: () => nodesThat(({ type }) => /\.code(Tool)?$|\.toolCode$/.test(type)),
	},
	{
		what: 'Version 1 of the AI Agent is removed',
		here: 'workflows have a newer one',
		found: () =>
			nodesThat(({ type, typeVersion }) => /langchain\.agent$/.test(type) && typeVersion < 2),
	},
	{
		what: 'SSRF protection blocks more addresses',
		here: 'nodes send by n8n’s helpers alone, which keep to it; MicroeSIM’s addresses are public',
		found: () =>
			filesThat(built, /require\("(?:node:)?(?:https?|net|tls|dgram|undici|axios)"\)|\bfetch\(/),
	},
	{
		what: 'Binary data is never kept in memory',
		here: 'nodes write and read it by n8n’s helpers alone',
		found: () => filesThat(filesBelow('nodes', '.ts'), /\bbinary\b[^;\n]*\.data\b/),
	},
	{
		what: 'In queue mode, runs by hand are the workers’, too (`OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS` is gone)',
		here: '`docs/installation.md` has the package in every process; nothing sets the variable',
		found: () =>
			filesThat([...texts, ...filesBelow('scripts', '.mjs')], /OFFLOAD_MANUAL_EXECUTIONS/),
	},
	{
		what: 'The editor imports no workflow from a URL',
		here: 'documents say *Import from File*, or copy and paste',
		found: () => filesThat([...texts, ...examples], /import[^.\n]{0,20}from (?:a |the )?URL/i),
	},
	{
		what: 'A node’s `defaults.color` is removed',
		here: 'no node has one',
		found: () => descriptions.filter(({ defaults }) => 'color' in defaults).map(({ name }) => name),
	},
	{
		what: '`n8n-node dev` needs a container; `N8N_DEFAULT_BINARY_DATA_MODE=default` and `N8N_DB_PING_TIMEOUT` are gone',
		here: 'nothing here uses them',
		found: () =>
			filesThat(
				[...texts, 'package.json'],
				/n8n-node dev|BINARY_DATA_MODE[:=]\s*'?default|N8N_DB_PING_TIMEOUT/,
			),
	},
];

describe('what n8n 3.0 changes', () => {
	it.each(CHANGES)('$what: $here', ({ found }) => expect(found()).toEqual([]));

	it('stands in docs/compatibility.md', () => {
		const rows = CHANGES.map(({ what, here }) => `| ${what} | ${here} |\n`).join('');
		const table = `| What changes | Here |\n| --- | --- |\n${rows}`;
		expect(table).toBe(documented('compatibility.md', 'n8n 3', table));
	});
});
