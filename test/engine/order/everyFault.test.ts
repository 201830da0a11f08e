import { documented } from '../../documented';
import { useFastClock } from '../support/fastClock';
import type { Seen } from './matrix/cell';
import { FAULT_NAMES } from './matrix/faults';
import { CELLS, playAll } from './matrix/playAll';
import { DEFAULT_NUMBER_SETTINGS, SETTINGS } from './matrix/settings';
import { tablesOf } from './matrix/table';

useFastClock(10);

let seen: Seen[] = [];

beforeAll(async () => {
	seen = await playAll();
});

const violationsOf = (fault: string, setting: string, shopNumber: boolean): string[] =>
	seen
		.filter(
			(cell) =>
				cell.fault.name === fault &&
				cell.setting.name === setting &&
				cell.shopNumber === shopNumber,
		)
		.flatMap(({ position, violations, fault: { fault: answer } }) =>
			violations.map((violation) => `${position.name}: ${violation} ${JSON.stringify(answer)}`),
		);

describe.each(FAULT_NAMES)('%s', (fault) => {
	it.each(SETTINGS.map(({ name }) => name))(
		'buys no number of the shop twice and loses no order ID: %s',
		(setting) => {
			expect(violationsOf(fault, setting, true)).toEqual([]);
		},
	);

	it.each(DEFAULT_NUMBER_SETTINGS.map(({ name }) => name))(
		'buys no default number twice and loses no order ID: %s',
		(setting) => {
			expect(violationsOf(fault, setting, false)).toEqual([]);
		},
	);
});

it('plays every cell', () => {
	expect(seen).toHaveLength(CELLS.length);
});

it('is what docs/order-safety.md shows (UPDATE_DOCS=1 writes it)', () => {
	const tables = tablesOf(seen);
	expect(tables).toBe(documented('order-safety.md', 'matrix', tables));
});
