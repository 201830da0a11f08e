import './environment';
import {
	NodeHelpers,
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
} from 'n8n-workflow';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

import type { CredentialClass, EngineOptions, NodeClass } from './types';

const OWN_PACKAGE = 'n8n-nodes-microesim';
const STOCK_PACKAGE = 'n8n-nodes-base';

const load = createRequire(__filename);
const root = resolve(__dirname, '../../..');
const stockRoot = dirname(load.resolve(`${STOCK_PACKAGE}/package.json`));

type Known = Record<string, { className: string; sourcePath: string }>;

function exportedClass<T>(file: string, className: string): T {
	const exported = (load(file) as Record<string, T | undefined>)[className];
	if (exported === undefined) throw new Error(`${file} exports no class ${className}`);
	return exported;
}

function stockClass<T>(kind: 'nodes' | 'credentials', name: string): T | undefined {
	const known = load(join(stockRoot, `dist/known/${kind}.json`)) as Known;
	const entry = Object.hasOwn(known, name) ? known[name] : undefined;
	return entry && exportedClass<T>(join(stockRoot, entry.sourcePath), entry.className);
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function nodeClass(type: string, extra: Record<string, NodeClass>): NodeClass | undefined {
	if (Object.hasOwn(extra, type)) return extra[type];
	const name = type.slice(type.indexOf('.') + 1);
	if (type === `${OWN_PACKAGE}.${name}`) {
		const className = capitalised(name);
		return exportedClass(join(root, `nodes/Microesim/${className}.node.ts`), className);
	}
	return type === `${STOCK_PACKAGE}.${name}` ? stockClass('nodes', name) : undefined;
}

/** Our nodes from their sources, n8n's own from n8n-nodes-base; each is loaded when first used. */
export function createNodeTypes(extra: EngineOptions['nodeTypes'] = {}): INodeTypes {
	const loaded = new Map<string, INodeType | IVersionedNodeType>();
	const getByName = (type: string): INodeType | IVersionedNodeType => {
		let node = loaded.get(type);
		if (!node) {
			const Class = nodeClass(type, extra);
			if (!Class) throw new Error(`Unrecognized node type: ${type}`);
			node = new Class();
			loaded.set(type, node);
		}
		return node;
	};
	return {
		getByName,
		getByNameAndVersion: (type, version) =>
			NodeHelpers.getVersionedNodeType(getByName(type), version),
		getKnownTypes: () => ({}),
	};
}

/**
 * Our action node as another process of n8n has it: its own memory over the same database. Under jest only, whose
 * modules can be loaded twice.
 */
export function nodeOfAnotherProcess(): Record<string, NodeClass> {
	const loaded: Record<string, NodeClass> = {};
	jest.isolateModules(() => {
		const type = `${OWN_PACKAGE}.microesim`;
		loaded[type] = nodeClass(type, {})!;
	});
	return loaded;
}

/** The newest version of a node type: what n8n's editor puts on a new node. */
export function newestVersion(nodeTypes: INodeTypes, type: string): number {
	const { version } = NodeHelpers.getVersionedNodeType(nodeTypes.getByName(type)).description;
	return Array.isArray(version) ? Math.max(...version) : version;
}

export type CredentialTypes = (name: string) => ICredentialType;

/** Our credential from its source, n8n's own from n8n-nodes-base; each is loaded when first used. */
export function createCredentialTypes(
	extra: NonNullable<EngineOptions['credentialTypes']> = {},
): CredentialTypes {
	const loaded = new Map<string, ICredentialType>();
	return (name) => {
		let type = loaded.get(name);
		if (!type) {
			const Class = credentialClass(name, extra);
			if (!Class) throw new Error(`Unrecognized credential type: ${name}`);
			type = new Class();
			loaded.set(name, type);
		}
		return type;
	};
}

function credentialClass(
	name: string,
	extra: Record<string, CredentialClass>,
): CredentialClass | undefined {
	if (Object.hasOwn(extra, name)) return extra[name];
	if (name === 'microesimApi') {
		return exportedClass(join(root, 'credentials/MicroesimApi.credentials.ts'), 'MicroesimApi');
	}
	return stockClass('credentials', name);
}
