import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowFile } from '../harness';

const FOLDER = join(__dirname, '../../../examples');

const KINDS = [
	['n8n-nodes-microesim.', 'microesimApi'],
	['n8n-nodes-base.emailSend', 'smtp'],
] as const;

/** A workflow as users import it, with a credential chosen where a node needs one. */
export function readExample(name: string): WorkflowFile {
	const file = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;
	const nodes = file.nodes.map((node) => {
		const kind = KINDS.find(([start]) => node.type.startsWith(start))?.[1];
		return kind ? { ...node, credentials: { [kind]: { id: kind, name: kind } } } : node;
	});
	return { ...file, nodes };
}
