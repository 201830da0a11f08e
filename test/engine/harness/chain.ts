import type { IConnections } from 'n8n-workflow';

/** Connections for nodes in a row: the first output of each feeds the next. */
export function chain(...names: string[]): IConnections {
	return Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, i) => [name, { main: [[{ node: names[i + 1] ?? '', type: 'main', index: 0 }]] }]),
	);
}
