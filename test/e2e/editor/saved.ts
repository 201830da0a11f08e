import type { IDataObject, INode } from 'n8n-workflow';

import type { CredentialRef } from '../harness';

/** The versions that the editor gives to new nodes. */
const VERSIONS = { microesim: 2, microesimTrigger: 1.1, microesimWatchTrigger: 1 } as const;

/** A node of this package, as the editor saves it. */
export interface Given {
	name: string;
	type: keyof typeof VERSIONS;
	parameters: IDataObject;
	credential?: CredentialRef;
}

const nodeOf = ({ name, type, parameters, credential }: Given, index: number) => ({
	id: `node-${index}`,
	name,
	type: `n8n-nodes-microesim.${type}`,
	typeVersion: VERSIONS[type],
	position: [260 + 260 * (index % 4), 200 * Math.floor(index / 4)],
	parameters: parameters as INode['parameters'],
	...(type === 'microesimTrigger' && { webhookId: '11111111-2222-4333-8444-555555555555' }),
	...(credential && { credentials: { microesimApi: credential } }),
});

const START = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A workflow of nodes behind "Execute workflow", or of a trigger alone, as n8n's API takes it. */
export function workflowOf(given: Given[]) {
	const nodes = given.map(nodeOf);
	const isTrigger = given[0]!.type.endsWith('Trigger');
	const behind = nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }));
	return {
		name: 'In the editor',
		nodes: isTrigger ? nodes : [START, ...nodes],
		connections: isTrigger ? {} : { Start: { main: [behind] } },
		settings: { executionOrder: 'v1' },
		// without it n8n cannot run a single node twice
		pinData: {},
	};
}
