import fc from 'fast-check';

import {
	flagOrNull,
	leadingNumber,
	megabytesOrNull,
	numberOrNull,
} from '../../../../nodes/Microesim/shared/answers/numbers';

const EMPTY = ['', '  ', null, undefined, {}, []];

describe('a number', () => {
	it.each([
		['524.00', 524],
		['279.62', 279.62],
		[14860.23, 14860.23],
		[0, 0],
		['0', 0],
		[' 71.62 ', 71.62],
		['-5.5', -5.5],
		['1,234.50', 1234.5],
		['1,234,567', 1234567],
	])('is read from %j', (value, expected) => {
		expect(numberOrNull(value)).toBe(expected);
	});

	it.each([...EMPTY, 'unlimited', '5 HKD', 'NaN', 'Infinity', '1,2', '1.2.3', true, NaN, Infinity])(
		'is not seen in %j',
		(value) => {
			expect(numberOrNull(value)).toBeNull();
		},
	);

	it('comes back from every decimal text', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -1e9, max: 1e9 }),
				fc.integer({ min: 0, max: 99 }),
				(whole, cents) => {
					const text = `${whole}.${String(cents).padStart(2, '0')}`;
					expect(numberOrNull(text)).toBe(Number.parseFloat(text));
				},
			),
		);
	});
});

describe('the number of days that an eSIM can be installed', () => {
	it.each([
		['60', 60],
		[60, 60],
		['180 days', 180],
		['180days', 180],
		['7.5 days', 7.5],
	])('is read from %j', (value, expected) => {
		expect(leadingNumber(value)).toBe(expected);
	});

	it.each([...EMPTY, 'days', 'about 60'])('is not seen in %j', (value) => {
		expect(leadingNumber(value)).toBeNull();
	});
});

describe('megabytes', () => {
	it.each([
		['17135.6', 17135.6],
		[4904.1, 4904.1],
		['0', 0],
		['0 MB', 0],
		['500MB', 500],
		['500 mb', 500],
		['500M', 500],
		['1GB', 1024],
		['10G', 10240],
		['1.5 GB', 1536],
		['1.5 GiB', 1536],
		['1 TB', 1048576],
		['512 KB', 0.5],
		['1GB/day', 1024],
	])('are read from %j', (value, expected) => {
		expect(megabytesOrNull(value)).toBe(expected);
	});

	it.each([
		['1,024 MB', 1024],
		['17,135.6 MB', 17135.6],
		['1,024GB', 1048576],
	])('are not cut at the separator of thousands in %j', (value, expected) => {
		expect(megabytesOrNull(value)).toBe(expected);
	});

	it('are not read from the middle of a number: "1,5 GB" is 1536 or unknown, ".5 GB" is 512 or unknown', () => {
		expect([1536, null]).toContain(megabytesOrNull('1,5 GB'));
		expect([512, null]).toContain(megabytesOrNull('.5 GB'));
		expect([1000, null]).toContain(megabytesOrNull('1 000 MB'));
	});

	it.each([...EMPTY, 'unlimited', 'Unlimited', 'N/A', '10 minutes', '5 kg'])(
		'are not seen in %j',
		(value) => {
			expect(megabytesOrNull(value)).toBeNull();
		},
	);

	it('are the same amount in every unit', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5000 }), fc.constantFrom('', ' '), (amount, space) => {
				expect(megabytesOrNull(`${amount}${space}TB`)).toBe(amount * 1048576);
				expect(megabytesOrNull(`${amount}${space}GB`)).toBe(amount * 1024);
				expect(megabytesOrNull(`${amount * 1024}${space}KB`)).toBe(amount);
				expect(megabytesOrNull(String(amount))).toBe(amount);
			}),
		);
	});
});

describe('a flag', () => {
	it.each(['true', 'TRUE', true, '1', 1, 'yes'])('is set by %j', (value) =>
		expect(flagOrNull(value)).toBe(true),
	);

	it.each(['false', false, '0', 0, 'no'])('is not set by %j', (value) =>
		expect(flagOrNull(value)).toBe(false),
	);

	it.each(EMPTY)('is unknown when it comes as %j', (value) => expect(flagOrNull(value)).toBeNull());
});
