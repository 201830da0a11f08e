import { seenError, sentTo } from '../support/look';
import { useBenches } from '../support/useBench';
import { idsOf, plan, useCatalogue } from './support';

const catalogue = useCatalogue();
const openBench = useBenches();
const LIST = 'esimDataplanListPage';
const small = { returnAll: true, options: { pageSize: 2 } };
const ids = (count: number) => Array.from({ length: count }, (_, index) => `P${index}`);

beforeEach(() => {
	catalogue.sell(...ids(41));
	catalogue.simulator.forgetMostOpen();
});

const answerSlowly = () =>
	catalogue.simulator.faults.always(LIST, { kind: 'slow', ms: 50, book: false });
/** After the first `skip` answers, none goes out before six requests are open at once. */
const holdBack = (skip: number, { faults } = catalogue.simulator) =>
	faults.after(LIST, skip, { kind: 'slow', ms: 50, book: false, untilOpen: 6 }, Infinity);
const limited = { kind: 'http', status: 429 } as const;

describe('pages that are read side by side', () => {
	it('are at most six, each of them once, and their plans come out in order', async () => {
		holdBack(7);
		expect(idsOf(await catalogue.many(small))).toEqual(ids(41));
		expect(catalogue.simulator.mostOpen(LIST)).toBe(6);
		expect(catalogue.pages().sort()).toEqual(
			Array.from({ length: 21 }, (_, index) => `${index + 1}/2`).sort(),
		);
	});

	it('are at most six over all executions of an account', async () => {
		holdBack(21);
		const runs = await Promise.all([1, 2, 3].map(async () => await catalogue.many(small)));
		for (const run of runs) expect(idsOf(run)).toEqual(ids(41));
		expect(catalogue.simulator.mostOpen(LIST)).toBe(6);
	});

	it('do not hold up those of another account', async () => {
		const other = await openBench({ account: 'other' });
		other.simulator.plans.splice(0, Infinity, ...ids(41).map((id) => plan(id)));
		holdBack(7, other.simulator);
		holdBack(7);
		await Promise.all([catalogue.many(small), other.run('dataPlan', 'getMany', small)]);
		expect(catalogue.simulator.mostOpen(LIST)).toBe(6);
		expect(other.simulator.mostOpen(LIST)).toBe(6);
	});

	it('are no more than a limit surely needs', async () => {
		answerSlowly();
		const result = await catalogue.many({ limit: 7, options: { pageSize: 2 } });
		expect(idsOf(result)).toEqual(ids(7));
		expect(catalogue.pages()).toEqual(['1/2', '2/2', '3/2', '4/2']);
	});

	it('lose nothing when MicroeSIM says that it is asked too much', async () => {
		const { faults } = catalogue.simulator;
		for (const skip of [3, 8, 9]) faults.after(LIST, skip, limited);
		expect(idsOf(await catalogue.many(small))).toEqual(ids(41));
	});

	it('do not fail where MicroeSIM stands only one at a time', async () => {
		// Pages 2 and 3 are on their way together, and all eight attempts are refused.
		catalogue.simulator.faults.after(LIST, 1, limited, 8);
		expect(idsOf(await catalogue.many(small))).toEqual(ids(41));
	});

	it('fail with the item and the reason where a page cannot be read', async () => {
		catalogue.simulator.faults.always(LIST, {
			kind: 'code',
			code: 77,
			msg: 'no list today',
		});
		const error = seenError(await catalogue.many(small));
		expect(error.message).toContain('no list today');
		expect(sentTo(catalogue.simulator, LIST)).toHaveLength(1);
	});
});
