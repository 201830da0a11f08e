import fc from 'fast-check';

import { readShown } from '../../../../nodes/Microesim/shared/push/believe/orderShown';
import samples from '../../../fixtures/document-samples.json';

/** What topupDetail may show of an order: an eSIM has its own code, or none. */

const codeOf = (index: number) => `LPA:1$smdp.example.com$CODE${index}`;
const idOf = (index: number) => String(9000 + index);
const indexes = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Which codes are there, and how the list shows those that are not. */
const view = fc.record({
	count: fc.integer({ min: 1, max: 5 }),
	made: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
	holes: fc.constantFrom<'' | null | 'left out' | 'Processing' | 'the last one'>(
		'',
		null,
		'left out',
		'Processing',
		'the last one',
	),
	scalar: fc.boolean(),
	number: fc.boolean(),
	successNumber: fc.boolean(),
});

it('an order that is being made gives no eSIM the code of another one', () => {
	let sure = 0;
	fc.assert(
		fc.property(view, ({ count, made, holes, scalar, number, successNumber }) => {
			const there = indexes(count).filter((index) => made[index]);
			const last = there.at(-1);
			const codes = indexes(count).flatMap((index) => {
				if (made[index]) return [codeOf(index)];
				if (holes === 'left out') return [];
				return [holes === 'the last one' ? (last === undefined ? '' : codeOf(last)) : holes];
			});
			const { order, places, isFinal } = readShown(
				{
					topup_id: '1',
					device_ids: indexes(count).map(idOf),
					lpa_str: scalar && codes.length === 1 ? codes[0] : codes,
					...(number && { number: String(count) }),
					...(successNumber && { success_number: there.length }),
				},
				'1',
			);
			for (const [deviceId, index] of places) {
				expect([deviceId, order.esims[index]!.lpa_str]).toEqual([idOf(index), codeOf(index)]);
				sure++;
			}
			expect(isFinal).toBe(there.length === count);
			if (isFinal) expect([...places.keys()]).toEqual(indexes(count).map(idOf));
		}),
		{ numRuns: 2000 },
	);
	// Otherwise nothing was compared.
	expect(sure).toBeGreaterThan(500);
});

it('lists that are shorter than the order are those of eSIMs that are made, where it says so', () => {
	const shown = { topup_id: '1', device_ids: [idOf(0)], lpa_str: [codeOf(0)], number: '2' };
	expect(readShown(shown, '1').places.size).toBe(0);
	expect(readShown({ ...shown, success_number: '1' }, '1').places.size).toBe(1);
});

it('IDs and codes that stand twice, or beside nobody, are nobody’s', () => {
	const [a, b] = [codeOf(0), codeOf(1)];
	for (const lists of [
		{ device_ids: ['1', '1'], lpa_str: [a, b] },
		{ device_ids: ['1', '2'], lpa_str: [a, a.replace('LPA', 'lpa')] },
		{ device_ids: ['1', ''], lpa_str: ['', a] },
		{ device_ids: ['1'], lpa_str: [a, b] },
		{ device_ids: ['1'], device_id: ['1', '2'], lpa_str: [b], number: undefined },
		{ device_ids: ['1'], device_id: '2', lpa_str: [b], number: '1' },
	]) {
		const { places, isFinal } = readShown({ topup_id: '1', number: '2', ...lists }, '1');
		expect([lists, places.size, isFinal]).toEqual([lists, 0, false]);
	}
});

it('the sample of the API document is an order that is delivered', () => {
	const { result } = samples.topupDetail;
	const { places, isFinal } = readShown(result, result.topup_id);
	expect([...places.keys()]).toEqual(result.device_ids);
	expect(isFinal).toBe(true);
});
