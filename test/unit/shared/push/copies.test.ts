import { forgive, mayCopy } from '../../../../nodes/Microesim/shared/push/read/copies';

it('files of pushes that come to nothing are copied up to a limit an hour; those of true ones do not count', () => {
	jest.useFakeTimers({ now: Date.UTC(2026, 0, 1) });
	for (let push = 0; push < 5000; push++) {
		expect(mayCopy('a', 12)).toBe(true);
		forgive('a', 12);
	}
	let copied = 0;
	while (mayCopy('a', 200)) copied += 200;
	expect(copied).toBe(10_000);
	expect(mayCopy('a', 1)).toBe(false);
	// Another trigger has its own.
	expect(mayCopy('b', 200)).toBe(true);
	jest.setSystemTime(Date.UTC(2026, 0, 1, 1, 0, 1));
	expect(mayCopy('a', 200)).toBe(true);
	jest.useRealTimers();
});
