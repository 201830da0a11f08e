import fc from 'fast-check';

import { readOrder } from '../../../../nodes/Microesim/shared/answers/esims';
import { itemPerEsim, itemPerOrder } from '../../../../nodes/Microesim/shared/answers/orderItems';

/** The lists of topupDetail in the API document, and the name of one entry on an item. */
const FIELDS: Record<string, string> = {
	device_ids: 'device_id',
	lpa_str: 'lpa_str',
	qrcode: 'qrcode',
	ios_esim_install_link: 'ios_esim_install_link',
	android_esim_install_link: 'android_esim_install_link',
	msisdn: 'msisdn',
	cf_code: 'cf_code',
	operator_iccids: 'operator_iccid',
};

const entry = fc.oneof(
	{ weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
	{ weight: 1, arbitrary: fc.constantFrom('', ' ', null, undefined) },
	{ weight: 1, arbitrary: fc.nat() },
);
const list = fc.oneof(
	{ weight: 4, arbitrary: fc.array(entry, { maxLength: 6 }) },
	{ weight: 1, arbitrary: entry },
);
const result = fc.tuple(
	fc.dictionary(fc.constantFrom(...Object.keys(FIELDS)), list),
	fc.constantFrom(
		{},
		{ number: 0 },
		{ number: 1 },
		{ number: '3' },
		{ number: 6 },
		{ number: 'many' },
		{ number: null },
	),
);

const shown = (value: unknown) =>
	value === null || value === undefined ? '' : String(value as string | number | boolean).trim();
const entries = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

describe('splitting the parallel lists of an order, whatever their lengths and shapes', () => {
	it('puts entry N of every list on item N and drops nothing', () => {
		fc.assert(
			fc.property(result, ([lists, count]) => {
				const order = readOrder({ ...lists, ...count }, 'id');
				const items = itemPerEsim(order);
				const ofOrder = itemPerOrder(order).esims as Array<Record<string, unknown>>;
				for (const [name, value] of Object.entries(lists)) {
					entries(value).forEach((one, index) => {
						const expected = shown(one) === '' ? null : shown(one);
						if (expected !== null) expect(items[index]![FIELDS[name]!]).toBe(expected);
						expect(items[index]?.[FIELDS[name]!] ?? null).toBe(expected);
						expect(ofOrder[index]?.[FIELDS[name]!] ?? null).toBe(expected);
					});
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('makes nothing up: an item holds only values that came at its place', () => {
		fc.assert(
			fc.property(result, ([lists, count]) => {
				itemPerEsim(readOrder({ ...lists, ...count }, 'id')).forEach((item, index) => {
					for (const [name, field] of Object.entries(FIELDS)) {
						if (item[field] !== null) expect(item[field]).toBe(shown(entries(lists[name])[index]));
					}
				});
			}),
			{ numRuns: 300 },
		);
	});

	it('says delivered only when at least the bought number of codes is there', () => {
		fc.assert(
			fc.property(result, ([lists, count]) => {
				const order = readOrder({ ...lists, ...count }, 'id');
				const codes = entries(lists.lpa_str).filter((one) => shown(one) !== '').length;
				const bought = Number('number' in count ? count.number : 1) || 1;
				if (order.delivered) expect(codes).toBeGreaterThanOrEqual(bought);
				expect(order.open).toBe(order.wanted - codes);
				expect(order.wanted).toBeGreaterThanOrEqual(bought);
				expect(order.delivered).toBe(order.open === 0);
			}),
			{ numRuns: 500 },
		);
	});

	it('is delivered when every list is full', () => {
		fc.assert(
			fc.property(
				fc.array(fc.stringMatching(/^[A-Z0-9]{1,20}$/), { minLength: 1, maxLength: 8 }),
				(codes) => {
					const full = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, codes]));
					const order = readOrder({ number: codes.length, ...full }, 'id');
					expect(order).toMatchObject({ wanted: codes.length, open: 0, delivered: true });
					expect(itemPerEsim(order).map((item) => item.lpa_str)).toEqual(codes);
				},
			),
		);
	});

	it('never breaks, whatever MicroeSIM calls a result', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (anything) => {
				const order = readOrder(anything, 'id');
				expect(itemPerEsim(order).length).toBeGreaterThanOrEqual(1);
				expect(order.wanted).toBeGreaterThanOrEqual(1);
			}),
			{ numRuns: 300 },
		);
	});
});
