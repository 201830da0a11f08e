import fc from 'fast-check';
import { DateTime } from 'luxon';

import { activationDate } from '../../../../nodes/Microesim/shared/answers/times';

const NOW = Date.UTC(2026, 5, 1, 12);
const DAY = 86_400_000;
const at = (value: unknown, zone = 'Europe/Berlin', now = NOW) => activationDate(value, zone, now);

/** "yyyy-MM-dd HH:mm:ss" in UTC, without any library. */
const utc = (millis: number) => new Date(millis).toISOString().slice(0, 19).replace('T', ' ');

describe('the activation date of an order', () => {
	it.each([
		['2026-06-10T10:00:00', 'Europe/Berlin', '2026-06-10 08:00:00'],
		['2026-06-10T10:00:00', 'America/New_York', '2026-06-10 14:00:00'],
		['2026-06-10T10:00:00', 'Asia/Kolkata', '2026-06-10 04:30:00'],
		['2026-06-10T10:00:00', 'Asia/Shanghai', '2026-06-10 02:00:00'],
		['2026-06-10T10:00:00', 'UTC', '2026-06-10 10:00:00'],
		['2026-06-10T00:30:00', 'Europe/Berlin', '2026-06-09 22:30:00'],
		['2026-06-10T10:00:00+08:00', 'Europe/Berlin', '2026-06-10 02:00:00'],
		['2026-06-10T10:00:00.000Z', 'Europe/Berlin', '2026-06-10 10:00:00'],
		['2026-06-10T10:00', 'Europe/Berlin', '2026-06-10 08:00:00'],
		['2026-06-10 10:00:00', 'Europe/Berlin', '2026-06-10 08:00:00'],
		['2026-06-10', 'Europe/Berlin', '2026-06-09 22:00:00'],
		['  2026-06-10T10:00:00Z\n', 'Europe/Berlin', '2026-06-10 10:00:00'],
	])('%s in %s is %s in UTC', (text, zone, expected) => {
		expect(at(text, zone)).toBe(expected);
	});

	it('follows summer time on the day it begins and on the day it ends', () => {
		const spring = Date.UTC(2026, 2, 20);
		expect(at('2026-03-29T01:59:59', 'Europe/Berlin', spring)).toBe('2026-03-29 00:59:59');
		expect(at('2026-03-29T03:00:00', 'Europe/Berlin', spring)).toBe('2026-03-29 01:00:00');
		const autumn = Date.UTC(2026, 9, 20);
		expect(at('2026-10-25T01:59:59', 'Europe/Berlin', autumn)).toBe('2026-10-24 23:59:59');
		expect(at('2026-10-25T03:00:00', 'Europe/Berlin', autumn)).toBe('2026-10-25 02:00:00');
	});

	it('takes the hour that does not exist, or exists twice, as one of its two neighbours', () => {
		const gap = at('2026-03-29T02:30:00', 'Europe/Berlin', Date.UTC(2026, 2, 20));
		expect(['2026-03-29 00:30:00', '2026-03-29 01:30:00']).toContain(gap);
		const twice = at('2026-10-25T02:30:00', 'Europe/Berlin', Date.UTC(2026, 9, 20));
		expect(['2026-10-25 00:30:00', '2026-10-25 01:30:00']).toContain(twice);
	});

	it('is the same moment as a text, a Date and a date of n8n, in every zone', () => {
		const zones = fc.constantFrom(
			'Europe/Berlin',
			'America/St_Johns',
			'Asia/Kathmandu',
			'Pacific/Kiritimati',
			'UTC',
		);
		fc.assert(
			fc.property(
				fc.integer({ min: 61_000, max: 30 * DAY }),
				zones,
				zones,
				fc.integer({ min: 0, max: 400 }),
				(ahead, zone, other, days) => {
					const now = NOW + days * DAY;
					const moment = now + ahead;
					const luxon = DateTime.fromMillis(moment, { zone: other });
					expect(at(new Date(moment), zone, now)).toBe(utc(moment));
					expect(at(luxon, zone, now)).toBe(utc(moment));
					expect(at(luxon.toISO(), zone, now)).toBe(utc(moment));
					expect(at(luxon.setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZ"), 'UTC', now)).toBe(
						utc(moment),
					);
				},
			),
		);
	});
});

describe('an activation date that cannot be used', () => {
	it('is refused in the past', () => {
		expect(at('2026-06-01T12:01:01Z')).toBe('2026-06-01 12:01:01');
		expect(() => at('2026-06-01T11:58:59Z')).toThrow('2026-06-01 11:58:59 UTC lies in the past');
		expect(() => at('2026-06-01T13:58:59', 'Europe/Berlin')).toThrow('lies in the past');
		expect(() => at(new Date(0))).toThrow('lies in the past');
	});

	it('is refused more than 30 days ahead', () => {
		expect(at(new Date(NOW + 30 * DAY))).toBe('2026-07-01 12:00:00');
		expect(() => at(new Date(NOW + 30 * DAY + 1000))).toThrow(
			'2026-07-01 12:00:01 UTC is more than 30 days ahead',
		);
		expect(() => at('2027-06-10T10:00:00')).toThrow('more than 30 days ahead');
	});

	it.each([
		'tomorrow',
		'10/06/2026',
		'10.06.2026 10:00',
		'2026-06-31T10:00:00',
		'2026-06-10T25:00:00',
		'  ',
		{},
		[],
		true,
		new Date(NaN),
	])('is refused when it is no date: %p', (value) => {
		expect(() => at(value)).toThrow('is not a date');
	});

	it('is refused when it is an invalid date of n8n', () => {
		expect(() => at(DateTime.fromISO('nonsense'))).toThrow('is not a date');
	});

	// "15" may be meant as a day or as a number of days: guessing "today at 15:00" buys the wrong thing.
	it.each(['15', '23', '23:30', '235959', 15])('is refused when it names no day: %p', (value) => {
		const startOfToday = new Date(new Date().setUTCHours(0, 0, 0, 0)).getTime();
		expect(() => at(value, 'UTC', startOfToday)).toThrow('is not a date');
	});

	it('is none when it is {{ $now }}, which n8n evaluated a moment before: it may be past on arrival', () => {
		expect(at(DateTime.fromMillis(NOW), 'Europe/Berlin', NOW + 5)).toBeUndefined();
		expect(at('2026-06-01T12:00:59Z')).toBeUndefined();
	});
});
