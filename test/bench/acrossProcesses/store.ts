import type { Database } from './databases';
import type { Way } from './messages';
import type { N8nProcess, N8nStarter } from './processes';

/** A database of n8n that several processes share. */
export interface Store {
	processes: N8nProcess[];
	/** @returns a workflow of which so many numbers are kept already */
	workflow(way: Way, numbers: number): Promise<string>;
}

/** Makes n8n's tables, starts the processes, and ends and removes everything when the work is done. */
export async function withStore<Result>(
	starter: N8nStarter,
	database: Database,
	count: number,
	work: (store: Store) => Promise<Result>,
): Promise<Result> {
	const running: N8nProcess[] = [];
	const start = () => {
		const process = starter.start(database);
		running.push(process);
		return process;
	};
	try {
		// one after the other: two that make the tables of a SQLite file at once hinder each other
		for (let process = 0; process < count; process++) await start().must({ ask: 'migrate' });
		let workflows = 0;
		return await work({
			processes: running,
			async workflow(way, numbers) {
				const workflow = `workflow ${++workflows}`;
				await running[0]!.must({ ask: 'workflow', workflow });
				await fill(running, { workflow, way }, numbers);
				return workflow;
			},
		});
	} finally {
		await Promise.all(running.map(async (process) => await process.stop()));
		await database.remove();
	}
}

/** Rows are claimed by all processes, each its part; a list is written in one go. */
async function fill(
	processes: N8nProcess[],
	where: { workflow: string; way: Way },
	count: number,
): Promise<void> {
	const all = Array.from({ length: count }, (_, index) => `kept ${index}`);
	const writers = where.way === 'rows' ? processes : processes.slice(0, 1);
	await Promise.all(
		writers.map(async (process, writer) => {
			const numbers = all.filter((_, index) => index % writers.length === writer);
			await process.must({ ask: 'fill', ...where, numbers });
		}),
	);
}
