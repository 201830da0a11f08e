import { FirstLook, isLocal, pauseAfterLook } from '../../../../nodes/Microesim/shared/order/looks';

const FIRST_MS = 5000;

describe('the pause after a look', () => {
	it.each([
		[5000, 2800],
		[28_000, 2800],
		[50_000, 5000],
		[100_000, 10_000],
		[1_800_000, 10_000],
	])('of an order of %d ms is %d ms', (age, pause) => {
		expect(pauseAfterLook(age, false, FIRST_MS)).toBe(pause);
	});

	it('lasts until the age of the first look where an order is younger', () => {
		expect(pauseAfterLook(1000, false, FIRST_MS)).toBe(4000);
	});

	it('is never shorter than usual, whatever was learned since the look', () => {
		expect(pauseAfterLook(5000, false, 5100)).toBe(2800);
	});

	it('lasts until a "Local" order is a minute old, and is the usual one from then on', () => {
		expect(pauseAfterLook(5000, true, FIRST_MS)).toBe(55_000);
		expect(pauseAfterLook(59_900, true, FIRST_MS)).toBe(2800);
		expect(pauseAfterLook(60_000, true, FIRST_MS)).toBe(6000);
	});
});

it.each([
	['Japan Local 5', true],
	['JAPAN LOCAL', true],
	['Japan 5', false],
	[null, false],
])('takes %j for "Local": %p', (name, local) => {
	expect(isLocal(name)).toBe(local);
});

describe('the age of the first look', () => {
	it('gets down to two seconds, and no further, where orders are ready sooner', () => {
		const first = new FirstLook();
		for (let order = 0; order < 4; order++) first.learn(true);
		expect(first.ageMs).toBe(2000);
	});

	it('gets up to eight seconds, and no further, where none is ready', () => {
		const first = new FirstLook();
		for (let order = 0; order < 1000; order++) first.learn(false);
		expect(first.ageMs).toBe(8000);
	});

	it('stays where one in ten is ready', () => {
		const first = new FirstLook();
		for (let order = 0; order < 1000; order++) first.learn(order % 10 === 9);
		expect(first.ageMs).toBe(5000);
	});
});
