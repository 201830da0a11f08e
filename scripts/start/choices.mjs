/** @typedef {import('n8n-workflow').INode} Node */

/**
 * What a person chooses in an example: credentials by type, values of its node "Fill In", and the workflows it calls,
 * by name.
 * @typedef {{ credentials: import('./setup.mjs').Credentials, fill?: Record<string, string>, calls?: Record<string, string> }} Choices
 */

/** Which credential a node of each type takes. */
const KINDS = [
	['n8n-nodes-microesim.', 'microesimApi'],
	['n8n-nodes-base.emailSend', 'smtp'],
];

/**
 * A node of an example as that person leaves it.
 * @param {Node} node
 * @param {Choices} choices
 * @returns {Node}
 */
export function chosen(node, { credentials, fill = {}, calls = {} }) {
	const copy = structuredClone(node);
	const [, kind = ''] = KINDS.find(([start = '']) => node.type.startsWith(start)) ?? [];
	const credential = credentials[kind];
	if (credential) copy.credentials = { [kind]: credential };
	const sub = /** @type {{ cachedResultName: string, value: string } | undefined} */ (
		copy.parameters.workflowId
	);
	if (sub?.value === '') sub.value = calls[sub.cachedResultName] ?? '';
	if (node.name === 'Fill In') {
		const { assignments } =
			/** @type {{ assignments: { assignments: { name: string, value: unknown }[] } }} */ (
				/** @type {unknown} */ (copy.parameters)
			).assignments;
		for (const field of assignments) field.value = fill[field.name] ?? field.value;
	}
	return copy;
}
