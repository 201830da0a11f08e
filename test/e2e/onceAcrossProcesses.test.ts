import {
	makePostgres,
	makeSqlite,
	N8nStarter,
	runTrials,
	sumOf,
	withStore,
	type Database,
	type InstalledN8n,
	type Outcome,
	type Store,
} from '../bench/acrossProcesses';
import { readSetup } from './harness';

/** How many processes claim a number, how long one after the other, and how many numbers. */
const ROUNDS: Array<[processes: number, apartMs: number, numbers: number]> = [
	[2, 0, 150],
	[2, 1, 100],
	[2, 2, 100],
	[2, 5, 50],
	[4, 0, 50],
	[4, 1, 50],
];
/** At least so many pairs of processes are tried in each database. */
const PAIRS = 1000;

const { node, n8n: file, queue } = readSetup();
const n8n: InstalledN8n = { node, file };

let starter: N8nStarter;

beforeAll(() => {
	starter = new N8nStarter(n8n);
});
afterAll(() => starter?.close());

/** Claims new numbers by several processes in all rounds, and says what came of it. */
async function tryAll(name: string, { processes, workflow }: Store): Promise<Outcome> {
	const kept = await workflow('rows', 100);
	const outcomes: Outcome[] = [];
	for (const [count, apartMs, numbers] of ROUNDS) {
		const asked = processes.slice(0, count);
		const trials = { processes: asked, workflow: kept, way: 'rows', apartMs, numbers } as const;
		outcomes.push(await runTrials(trials));
	}
	const outcome = sumOf(outcomes);
	const { numbers, pairs, doubles, nobodies } = outcome;
	process.stdout.write(
		`${name}: ${numbers} numbers, ${pairs} pairs of processes, ${doubles} bought twice, ${nobodies} bought by nobody\n`,
	);
	return outcome;
}

async function letsEachNumberThroughOnce(database: Database): Promise<void> {
	const work = async (store: Store) => await tryAll(database.name, store);
	const { pairs, doubles, nobodies, errors } = await withStore(starter, database, 4, work);
	expect({ doubles, nobodies, errors }).toEqual({ doubles: 0, nobodies: 0, errors: [] });
	expect(pairs).toBeGreaterThanOrEqual(PAIRS);
}

it('several processes on one SQLite file let each order number through once', async () => {
	await letsEachNumberThroughOnce(makeSqlite());
});

(queue ? it : it.skip)(
	'several processes on one PostgreSQL let each order number through once (needs it on port 5432)',
	async () => {
		await letsEachNumberThroughOnce(await makePostgres(n8n));
	},
);
