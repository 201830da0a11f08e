import { forgetFacts } from '../../inside';
import { seenError, sentTo } from '../support/look';
import { SAMPLE_PLAN } from '../support/microesim';
import { onTaking } from '../support/onTaking';
import { useBench } from '../support/useBench';
import { sellGigabyte, thresholds, Travellers } from './support';

/** Alerts that do not come out must come again: whatever fails, and whenever. */

const bench = useBench();
const travellers = new Travellers(bench);
const busy = { kind: 'code', code: 500, msg: 'Busy' } as const;

beforeAll(async () => {
	sellGigabyte(bench);
	// Once per process the store is tried out: that is no alert.
	await travellers.node()([await travellers.whoUsed(300)]);
});
beforeEach(() => forgetFacts());
afterEach(() => jest.restoreAllMocks());

const locked = async (): Promise<never> =>
	await Promise.reject(new Error('SQLITE_BUSY: database is locked'));

it('Retry On Fail is refused: n8n would drop what the first try told', async () => {
	const esim = await travellers.whoUsed(300);
	const look = travellers.node();
	bench.forgetRequests();
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	expect(seenError(await look([esim], retry)).message).toContain(
		'does not go with "Retry On Fail"',
	);
	expect(bench.simulator.requests).toEqual([]);
	expect(thresholds(await look([esim]))).toEqual([25]);
});

it('an execution that is stopped while alerts are taken has told none', async () => {
	const esims = [await travellers.whoUsed(300), await travellers.whoUsed(600)];
	const look = travellers.node();
	const stop = new AbortController();
	onTaking(bench.engine, async (record, call) => {
		if (call === 2) stop.abort();
		return await record();
	});
	const stopped = await look(esims, { signal: stop.signal });
	expect(stopped.run.status).toBe('canceled');
	jest.restoreAllMocks();
	let after: unknown[] = [];
	// n8n does not wait for the node of an execution that was stopped
	while (after.length < 2) after = [...after, ...thresholds(await look(esims))];
	expect(after).toEqual([25, 50]);
});

it('a row that was written though its answer was lost is taken back', async () => {
	const esim = await travellers.whoUsed(300);
	const look = travellers.node();
	onTaking(bench.engine, async (record) => {
		await record();
		throw new Error('Connection terminated unexpectedly');
	});
	expect(seenError(await look([esim])).description).toContain('It comes with a later look.');
	jest.restoreAllMocks();
	expect(thresholds(await look([esim]))).toEqual([25]);
});

it('taking back is tried again, for each alert by itself', async () => {
	const esims = [];
	for (const megabytes of [300, 600, 800, 950]) esims.push(await travellers.whoUsed(megabytes));
	const look = travellers.node();
	onTaking(bench.engine, async (record, call) => (call > 8 ? await locked() : await record()));
	const { duplicates } = bench.engine;
	jest.spyOn(duplicates, 'clearAllProcessedItems').mockImplementationOnce(locked);
	const error = seenError(await look(esims));
	expect(error.message).toContain('whether an alert was told before');
	expect(error.description).not.toContain('could not be taken back');
	jest.restoreAllMocks();
	expect(thresholds(await look(esims))).toEqual([25, 50, 75, 90]);
});

it('alerts that cannot be taken back are told in the error', async () => {
	const esims = [await travellers.whoUsed(300), await travellers.whoUsed(600)];
	onTaking(bench.engine, async (record, call) => (call > 1 ? await locked() : await record()));
	jest
		.spyOn(bench.engine.duplicates, 'clearAllProcessedItems')
		.mockRejectedValue(new Error('SQLITE_BUSY'));
	expect(seenError(await travellers.node()(esims)).description).toMatch(
		/\d of its alerts could not be taken back, and will not come again/,
	);
});

it('a catalogue that is down fails no eSIM whose plan is known', async () => {
	const known = await travellers.whoUsed(300);
	const look = travellers.node();
	await look([known]);
	travellers.use(known, 950);
	const other = await travellers.whoUsed(600);
	const { plans, ledger } = bench.simulator;
	const another = plans.find(({ channel_dataplan_id }) => channel_dataplan_id !== SAMPLE_PLAN)!;
	const { channel_dataplan_id } = another;
	Object.assign(ledger.at(-1)!, { plan: another, channel_dataplan_id });
	bench.simulator.faults.always('esimDataplanListPage', busy);
	const result = await look([known, other], { onError: 'continueErrorOutput' });
	expect(result.json('Node', 0).map(({ threshold }) => threshold)).toEqual([90]);
	expect(result.json('Node', 1)).toMatchObject([{ error: expect.stringContaining('[item 1]') }]);
});

it('a catalogue that is down is not asked again for each plan', async () => {
	const esims = [];
	for (const place of [1, 2, 3]) {
		esims.push(await travellers.whoUsed(600));
		const plan = bench.simulator.plans[place]!;
		const { channel_dataplan_id } = plan;
		Object.assign(bench.simulator.ledger.at(-1)!, { plan, channel_dataplan_id });
	}
	bench.forgetRequests();
	bench.simulator.faults.always('esimDataplanListPage', busy);
	seenError(await travellers.node()(esims));
	// Where the first one was last seen, and then from the start.
	expect(sentTo(bench.simulator, 'esimDataplanListPage')).toHaveLength(2);
});

it('nothing is marked where an expression says "false"', async () => {
	const esim = await travellers.whoUsed(300);
	const look = travellers.node({ options: { markAsTold: '={{ "false" }}' } });
	for (const run of [1, 2]) expect([run, thresholds(await look([esim]))]).toEqual([run, [25]]);
});
