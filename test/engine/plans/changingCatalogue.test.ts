import { seenError } from '../support/look';
import { idsOf, plan, useCatalogue } from './support';

const catalogue = useCatalogue('A', 'B', 'C', 'D', 'E', 'F', 'G');
const all = { returnAll: true };

describe('a catalogue that changes while it is read', () => {
	const small = { ...all, options: { pageSize: 2 } };
	const once = (pageNo: number, change: () => void) => {
		catalogue.simulator.onPage = (read) => {
			if (read === pageNo) change();
		};
	};

	it('repeats no plan when one is added in front', async () => {
		once(1, () => catalogue.simulator.plans.unshift(plan('NEW')));
		expect(idsOf(await catalogue.many(small))).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
	});

	it('repeats no plan when one is taken away in front', async () => {
		once(1, () => catalogue.simulator.plans.shift());
		expect(idsOf(await catalogue.many(small))).toEqual(['A', 'B', 'D', 'E', 'F', 'G']);
	});

	it('loses no plan that was there all the time when many are added in front', async () => {
		once(2, () => catalogue.simulator.plans.unshift(...['1', '2', '3', '4'].map((id) => plan(id))));
		const read = idsOf(await catalogue.many(small));
		expect(read).toEqual(expect.arrayContaining(['A', 'B', 'C', 'D', 'E', 'F', 'G']) as unknown);
		expect(new Set(read).size).toBe(read.length);
	});

	it('is read to its end when it shrinks', async () => {
		once(2, () => catalogue.simulator.plans.splice(4));
		expect(idsOf(await catalogue.many(small))).toEqual(['A', 'B', 'C', 'D']);
	});

	it('ends although plans are put in front before every page', async () => {
		let added = 0;
		catalogue.simulator.onPage = () => {
			catalogue.simulator.plans.unshift(plan(`N${++added}`), plan(`M${added}`));
		};
		const read = idsOf(await catalogue.many(small));
		expect(new Set(read).size).toBe(read.length);
		expect(catalogue.pages().length).toBeLessThan(20);
	});
});

describe('a server that never ends', () => {
	const page = (list: unknown[], totalPages?: unknown) =>
		catalogue.simulator.faults.always('esimDataplanListPage', {
			kind: 'code',
			code: 1,
			msg: 'Success',
			result: { pageNo: 1, pageSize: 2, total: 2, totalPages, list },
		});

	it.each([[1_000_000_000], ['1000000000'], [undefined]])(
		'with the same page for ever is left after a few pages (totalPages %p)',
		async (totalPages) => {
			page([plan('A'), plan('B')], totalPages);
			expect(idsOf(await catalogue.many({ ...all, options: { pageSize: 2 } }))).toEqual(['A', 'B']);
			expect(catalogue.pages().length).toBeLessThanOrEqual(4);
		},
	);

	it('with empty pages is left after the first', async () => {
		page([], 1_000_000_000);
		expect(idsOf(await catalogue.many(all))).toEqual([]);
		expect(catalogue.pages()).toEqual(['1/500']);
	});

	it('with plans that have no ID is left, too', async () => {
		page([{ channel_dataplan_name: 'Nameless' }, null, 'x'], 1_000_000_000);
		expect(idsOf(await catalogue.many(all))).toEqual([]);
		expect(catalogue.pages().length).toBeLessThanOrEqual(4);
	});
});

it('does not take an answer without a list for an empty catalogue', async () => {
	catalogue.simulator.faults.always('esimDataplanListPage', {
		kind: 'code',
		code: 1,
		msg: 'Success',
	});
	expect(seenError(await catalogue.many(all)).message).toContain('MicroeSIM');
});
