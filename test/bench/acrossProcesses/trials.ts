import { monotonicMs, type Reply, type Way } from './messages';
import type { N8nProcess } from './processes';

/** Time for all processes to get ready before the moment comes. */
const LEAD_MS = 12;

/** New numbers, each claimed by all of these processes, one so long after the other. */
export interface Trials {
	processes: N8nProcess[];
	workflow: string;
	way: Way;
	apartMs: number;
	numbers: number;
}

/** What became of them. */
export interface Outcome {
	numbers: number;
	/** Pairs of processes that claimed the same number. */
	pairs: number;
	/** Numbers that more than one process took for new: bought twice. */
	doubles: number;
	/** Numbers that no process took for new: never bought. */
	nobodies: number;
	/** Why claims failed. */
	errors: string[];
	/** How long each claim took that found its number new. */
	milliseconds: number[];
}

/** Adds outcomes up. */
export function sumOf(outcomes: Outcome[]): Outcome {
	const sum = (name: 'numbers' | 'pairs' | 'doubles' | 'nobodies') =>
		outcomes.reduce((total, outcome) => total + outcome[name], 0);
	return {
		numbers: sum('numbers'),
		pairs: sum('pairs'),
		doubles: sum('doubles'),
		nobodies: sum('nobodies'),
		errors: outcomes.flatMap(({ errors }) => errors),
		milliseconds: outcomes.flatMap(({ milliseconds }) => milliseconds),
	};
}

let tried = 0;

async function claimByAll({ processes, workflow, way, apartMs }: Trials): Promise<Reply[]> {
	const number = `new ${++tried}`;
	const at = monotonicMs() + LEAD_MS;
	return await Promise.all(
		processes.map(
			async (process, index) =>
				await process.ask({ ask: 'claim', workflow, way, number, at: at + index * apartMs }),
		),
	);
}

function outcomeOf(replies: Reply[]): Outcome {
	const taken = replies.filter(({ isNew }) => isNew === true);
	return {
		numbers: 1,
		pairs: (replies.length * (replies.length - 1)) / 2,
		doubles: taken.length > 1 ? 1 : 0,
		nobodies: taken.length === 0 ? 1 : 0,
		errors: replies.flatMap(({ error }) => error ?? []),
		milliseconds: taken.flatMap(({ milliseconds }) => milliseconds ?? []),
	};
}

/** Runs them one after another. */
export async function runTrials(trials: Trials): Promise<Outcome> {
	const outcomes: Outcome[] = [];
	for (let trial = 0; trial < trials.numbers; trial++)
		outcomes.push(outcomeOf(await claimByAll(trials)));
	return sumOf(outcomes);
}
