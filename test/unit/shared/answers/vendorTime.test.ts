import fc from 'fast-check';

import { vendorTime } from '../../../../nodes/Microesim/shared/answers/times';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const two = (number: number) => String(number).padStart(2, '0');

/** Any second from 2000 to 2050, by its parts as a clock in China shows them. */
const moments = fc.integer({ min: 946_684_800, max: 2_524_608_000 }).map((seconds) => {
	const china = new Date((seconds + 8 * 3600) * 1000);
	return {
		seconds,
		date: `${china.getUTCFullYear()}-${two(china.getUTCMonth() + 1)}-${two(china.getUTCDate())}`,
		clock: `${two(china.getUTCHours())}:${two(china.getUTCMinutes())}:${two(china.getUTCSeconds())}`,
		java: (zone: string) =>
			`${DAYS[china.getUTCDay()]} ${MONTHS[china.getUTCMonth()]} ${two(china.getUTCDate())} ${two(china.getUTCHours())}:${two(china.getUTCMinutes())}:${two(china.getUTCSeconds())} ${zone} ${china.getUTCFullYear()}`,
	};
});

describe('a time that MicroeSIM printed', () => {
	it.each([
		['2023-07-05 12:50:46', '2023-07-05T12:50:46+08:00'],
		['2023-07-05 12:50', '2023-07-05T12:50:00+08:00'],
		['2023/07/05 12:50:46', '2023-07-05T12:50:46+08:00'],
		['2023-07-05T12:50:46', '2023-07-05T12:50:46+08:00'],
		['  2023-07-05 00:00:00 ', '2023-07-05T00:00:00+08:00'],
		['Fri Aug 16 14:00:08 CST 2024', '2024-08-16T14:00:08+08:00'],
		['Thu Feb 29 23:59:59 CST 2024', '2024-02-29T23:59:59+08:00'],
		['Fri Aug 02 04:05:06 GMT+08:00 2024', '2024-08-02T04:05:06+08:00'],
	])('is in UTC+8: %s', (text, expected) => {
		expect(vendorTime(text)).toBe(expected);
	});

	it('is the same moment in both forms, whatever the time zone of this machine', () => {
		fc.assert(
			fc.property(moments, ({ seconds, date, clock, java }) => {
				expect(vendorTime(`${date} ${clock}`)).toBe(`${date}T${clock}+08:00`);
				expect(vendorTime(java('CST'))).toBe(`${date}T${clock}+08:00`);
				expect(Date.parse(vendorTime(java('CST'))!)).toBe(seconds * 1000);
			}),
		);
	});

	it.each(['', '   ', null, undefined])('is null when it is empty: %j', (empty) => {
		expect(vendorTime(empty)).toBeNull();
	});

	it.each([
		'2023-02-30 00:00:00',
		'2023-07-05 25:00:00',
		'2023-07-05',
		'2023-07-05T12:50:46Z',
		'Fri Aug 16 06:00:08 UTC 2024',
		'Mon Aug 16 14:00:08 CST 2024',
		'soon',
		'05.07.2023 12:50',
	])('stays as it came when its form is another one: %s', (text) => {
		expect(vendorTime(text)).toBe(text);
	});

	it('never breaks and never becomes empty', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
				expect(vendorTime(`x${text}`)).toBe(`x${text}`.trim());
			}),
		);
	});
});
