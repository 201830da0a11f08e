import type { IDataObject } from 'n8n-workflow';

import { useBench } from '../support/useBench';
import { seenError, sentTo } from '../support/look';
import { plan } from '../support/plans';

const bench = useBench();

beforeEach(() => sell('A', 'B', 'C', 'D', 'E', 'F', 'G'));

const sell = (...ids: string[]) =>
	bench.simulator.plans.splice(0, Infinity, ...ids.map((id) => plan(id)));
const many = async (parameters: IDataObject) => await bench.run('dataPlan', 'getMany', parameters);
const pages = () =>
	sentTo(bench.simulator, 'esimDataplanListPage').map(
		({ query }) => `${query.pageNo}/${query.pageSize}`,
	);
const ids = (result: Awaited<ReturnType<typeof many>>) =>
	result.json().map(({ channel_dataplan_id }) => channel_dataplan_id);
const all = { returnAll: true };

describe('a catalogue that changes while it is read', () => {
	const small = { ...all, options: { pageSize: 2 } };
	const once = (pageNo: number, change: () => void) => {
		bench.simulator.onPage = (read) => {
			if (read === pageNo) change();
		};
	};

	it('repeats no plan when one is added in front', async () => {
		once(1, () => bench.simulator.plans.unshift(plan('NEW')));
		expect(ids(await many(small))).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
	});

	it('repeats no plan when one is taken away in front', async () => {
		once(1, () => bench.simulator.plans.shift());
		expect(ids(await many(small))).toEqual(['A', 'B', 'D', 'E', 'F', 'G']);
	});

	it('loses no plan that was there all the time when many are added in front', async () => {
		once(2, () => bench.simulator.plans.unshift(...['1', '2', '3', '4'].map((id) => plan(id))));
		const read = ids(await many(small));
		expect(read).toEqual(expect.arrayContaining(['A', 'B', 'C', 'D', 'E', 'F', 'G']) as unknown);
		expect(new Set(read).size).toBe(read.length);
	});

	it('is read to its end when it shrinks', async () => {
		once(2, () => bench.simulator.plans.splice(4));
		expect(ids(await many(small))).toEqual(['A', 'B', 'C', 'D']);
	});

	it('ends although plans are put in front before every page', async () => {
		let added = 0;
		bench.simulator.onPage = () => {
			bench.simulator.plans.unshift(plan(`N${++added}`), plan(`M${added}`));
		};
		const read = ids(await many(small));
		expect(new Set(read).size).toBe(read.length);
		expect(pages().length).toBeLessThan(20);
	});
});

describe('a server that never ends', () => {
	const page = (list: unknown[], totalPages?: unknown) =>
		bench.simulator.faults.always('esimDataplanListPage', {
			kind: 'code',
			code: 1,
			msg: 'Success',
			result: { pageNo: 1, pageSize: 2, total: 2, totalPages, list },
		});

	it.each([[1_000_000_000], ['1000000000'], [undefined]])(
		'with the same page for ever is left after a few pages (totalPages %p)',
		async (totalPages) => {
			page([plan('A'), plan('B')], totalPages);
			expect(ids(await many({ ...all, options: { pageSize: 2 } }))).toEqual(['A', 'B']);
			expect(pages().length).toBeLessThanOrEqual(4);
		},
	);

	it('with empty pages is left after the first', async () => {
		page([], 1_000_000_000);
		expect(ids(await many(all))).toEqual([]);
		expect(pages()).toEqual(['1/500']);
	});

	it('with plans that have no ID is left, too', async () => {
		page([{ channel_dataplan_name: 'Nameless' }, null, 'x'], 1_000_000_000);
		expect(ids(await many(all))).toEqual([]);
		expect(pages().length).toBeLessThanOrEqual(4);
	});
});

it('does not take an answer without a list for an empty catalogue', async () => {
	bench.simulator.faults.always('esimDataplanListPage', { kind: 'code', code: 1, msg: 'Success' });
	expect(seenError(await many(all)).message).toContain('MicroeSIM');
});
