import fc from 'fast-check';

import { dropOldest } from '../../../credentials/shared/dropOldest';

const filled = (size: number) => new Map(Array.from({ length: size }, (_, key) => [key, key]));

it('keeps the newest, and no more than were asked for', () => {
	fc.assert(
		fc.property(fc.nat(50), fc.nat(50), (size, most) => {
			const map = filled(size);
			dropOldest(map, most);
			expect([...map.keys()]).toEqual([...filled(size).keys()].slice(Math.max(0, size - most)));
		}),
	);
});

it('passes over what must stay', () => {
	const map = filled(6);
	dropOldest(map, 3, (value) => value % 2 === 1);
	expect([...map.keys()]).toEqual([0, 2, 4]);
	dropOldest(map, 1, (value) => value % 2 === 1);
	expect([...map.keys()]).toEqual([0, 2, 4]);
});
