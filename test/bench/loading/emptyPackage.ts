import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A node that does nothing, as short as n8n takes it. */
const NODE = `class Empty {
	description = {
		displayName: 'Empty',
		name: 'empty',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'Empty' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};
	async execute() {
		return [this.getInputData()];
	}
}
exports.Empty = Empty;
`;

/** Writes an empty node into the folder. @returns its file */
export function emptyNode(folder: string): string {
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'Empty.node.js');
	writeFileSync(file, NODE);
	return file;
}
