import fc from 'fast-check';

import type { VendorPlan } from '../../../../nodes/Microesim/shared/answers/plan';
import type { ReadPage } from '../../../../nodes/Microesim/shared/catalogue/ahead';
import { Reading } from '../../../../nodes/Microesim/shared/catalogue/reading';

const SIZE = 3;
const MOST_AT_ONCE = 6;

const planOf = (id: string): VendorPlan => ({ channel_dataplan_id: id });
const original = (count: number) => Array.from({ length: count }, (_, index) => `P${index}`);

/** A catalogue in memory, of which each page arrives when `delay` lets it. */
class Shop {
	sold: string[];

	readonly asked: number[] = [];

	mostAtOnce = 0;

	private open = 0;

	constructor(
		count: number,
		private readonly delay: (pageNo: number) => Promise<unknown>,
		private readonly meet: (pageNo: number, asked: number) => 'fine' | 'limited' | 'broken' = () =>
			'fine',
	) {
		this.sold = original(count);
	}

	readonly read: ReadPage = async (pageNo, whenLimited) => {
		this.asked.push(pageNo);
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.open);
		try {
			await this.delay(pageNo);
			const met = this.meet(pageNo, this.asked.filter((asked) => asked === pageNo).length);
			if (met === 'limited') whenLimited();
			if (met === 'broken') throw new Error(`page ${pageNo} is broken`);
			const totalPages = Math.ceil(this.sold.length / SIZE);
			const plans = this.sold.slice((pageNo - 1) * SIZE, pageNo * SIZE).map(planOf);
			const total = this.sold.length;
			return { plans, more: pageNo < totalPages && plans.length > 0, totalPages, total };
		} finally {
			this.open--;
		}
	};
}

const idsOf = (reading: Reading<VendorPlan>) =>
	reading.turned.flat().map(({ channel_dataplan_id }) => channel_dataplan_id);

async function readAll(read: ReadPage, needed: number | undefined): Promise<Reading<VendorPlan>> {
	const reading = new Reading((plans) => plans);
	while (!reading.isComplete) await reading.turnTo(reading.turned.length, read, needed);
	return reading;
}

/** Some turns of the event loop. */
const turns = async (count: number) => {
	for (let turn = 0; turn < count; turn++) await Promise.resolve();
};

const NEEDED = fc.constantFrom(undefined, 1, 2, 5, Infinity);

describe('turning the pages of a catalogue', () => {
	it('meets each plan once and in order, however the answers overtake each other', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.integer({ min: 0, max: 60 }),
				NEEDED,
				async (scheduler, count, needed) => {
					const shop = new Shop(count, async () => await scheduler.schedule(Promise.resolve()));
					const reading = await scheduler.waitFor(readAll(shop.read, needed));
					expect(idsOf(reading)).toEqual(original(count));
					expect(shop.mostAtOnce).toBeLessThanOrEqual(MOST_AT_ONCE);
					expect(new Set(shop.asked).size).toBe(shop.asked.length);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('loses no plan that is there all the time, and repeats none, while others are put anywhere', async () => {
		const additions = fc.array(
			fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 4 }), fc.constantFrom(0, 0, 1, 4, 9, 20)),
			{ maxLength: 5 },
		);
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.integer({ min: 1, max: 50 }),
				additions,
				NEEDED,
				async (scheduler, count, added, needed) => {
					let answers = 0;
					const shop = new Shop(count, async () => {
						await scheduler.schedule(Promise.resolve());
						answers++;
						for (const [index, [when, many, place]] of added.entries()) {
							if (when !== answers) continue;
							const others = Array.from({ length: many }, (_, i) => `N${index}-${i}`);
							shop.sold.splice(place, 0, ...others);
						}
					});
					const read = idsOf(await scheduler.waitFor(readAll(shop.read, needed)));
					expect(new Set(read).size).toBe(read.length);
					expect(read).toEqual(expect.arrayContaining(original(count)));
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('ends and repeats nothing, however the catalogue moves', async () => {
		const moves = fc.array(fc.constantFrom('add', 'take', 'turn', 'swap'), { maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(
				fc.scheduler(),
				fc.integer({ min: 0, max: 40 }),
				moves,
				async (scheduler, count, moved) => {
					const left = [...moved];
					const shop = new Shop(count, async () => {
						await scheduler.schedule(Promise.resolve());
						const { sold } = shop;
						const move = left.shift();
						if (move === 'add') sold.unshift(`N${left.length}`);
						if (move === 'take') sold.shift();
						if (move === 'turn') sold.reverse();
						if (move === 'swap' && sold.length > SIZE) sold.push(...sold.splice(0, SIZE));
					});
					const read = idsOf(await scheduler.waitFor(readAll(shop.read, Infinity)));
					expect(new Set(read).size).toBe(read.length);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('asks a page that failed among others once more by itself, and tells only what it comes to then', async () => {
		const faults = fc.array(fc.tuple(fc.integer({ min: 2, max: 12 }), fc.nat(2)), { maxLength: 6 });
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), faults, async (scheduler, broken) => {
				const timesOf = new Map(broken);
				const shop = new Shop(
					12 * SIZE,
					async () => await scheduler.schedule(Promise.resolve()),
					(pageNo, asked) => (asked <= (timesOf.get(pageNo) ?? 0) ? 'broken' : 'fine'),
				);
				const reading = new Reading<VendorPlan>((plans) => plans);
				const untilDone = async (): Promise<number> => {
					let told = 0;
					while (!reading.isComplete) {
						try {
							await reading.turnTo(reading.turned.length, shop.read, Infinity);
						} catch {
							told++;
						}
					}
					return told;
				};
				const told = await scheduler.waitFor(untilDone());
				expect(idsOf(reading)).toEqual(original(12 * SIZE));
				expect(told).toBeLessThanOrEqual(broken.length * 2);
				if ([...timesOf.values()].every((times) => times === 0)) expect(told).toBe(0);
			}),
			{ numRuns: 300 },
		);
	});

	it('reads one page, then two, four and six at a time where all are needed', async () => {
		const atOnce: number[] = [];
		let open = 0;
		const shop = new Shop(90, async () => {
			open++;
			await turns(50);
			atOnce.push(open);
			await turns(50);
			open--;
		});
		await readAll(shop.read, Infinity);
		expect(atOnce.slice(0, 3)).toEqual([1, 2, 2]);
		expect(Math.max(...atOnce)).toBe(6);
	});

	it.each([
		[1, 1],
		[2, 2],
		[3, 4],
		[4, 6],
		[6, 10],
		[10, 15],
	])(
		'reads, where nobody knows how many are needed, for %i pages no more than %i',
		async (wanted, most) => {
			const shop = new Shop(300, async () => await turns(3));
			const reading = new Reading((plans) => plans);
			for (let index = 0; index < wanted; index++) await reading.turnTo(index, shop.read);
			expect(shop.asked.length).toBeLessThanOrEqual(most);
		},
	);

	it('asks for less at a time after it was asked to, and for the rest of the reading', async () => {
		let open = 0;
		const atOnce: number[] = [];
		const shop = new Shop(
			300,
			async (pageNo) => {
				open++;
				await turns(20);
				if (pageNo > 30) atOnce.push(open);
				open--;
			},
			(pageNo, asked) => (pageNo % 9 === 0 && pageNo < 30 && asked === 1 ? 'limited' : 'fine'),
		);
		await readAll(shop.read, Infinity);
		expect(Math.max(...atOnce)).toBe(1);
	});

	it.each(['total', 'totalPages'])(
		'reads one page at a time where %s is not told',
		async (field) => {
			const shop = new Shop(30, async () => await turns(3));
			const read: ReadPage = async (...asked) => ({
				...(await shop.read(...asked)),
				[field]: null,
			});
			expect(idsOf(await readAll(read, Infinity))).toEqual(original(30));
			expect(shop.mostAtOnce).toBe(1);
		},
	);

	it('is one reading for all who ask at the same time', async () => {
		const shop = new Shop(30, async () => await turns(3));
		const reading = new Reading((plans) => plans);
		const reader = async () => {
			for (let index = 0; !reading.isComplete; index++) {
				await reading.turnTo(index, shop.read);
			}
		};
		await Promise.all([reader(), reader(), reader()]);
		expect(idsOf(reading)).toEqual(original(30));
		expect(new Set(shop.asked).size).toBe(shop.asked.length);
	});
});
