import fc from 'fast-check';

import { readShown } from '../../../../nodes/Microesim/shared/push/believe/orderShown';
import { parseText } from '../../../../nodes/Microesim/shared/push/read/parseText';
import { readPush } from '../../../../nodes/Microesim/shared/push/read/readPush';

/** Lists of IDs and codes from which entries are missing, in every way to write them: no eSIM has the code of another. */

const MOST = 4;
const codeOf = (index: number) => `LPA:1$smdp.example.com$CODE${index}`;
const idOf = (index: number) => `900${index}`;

const damage = fc.record({
	count: fc.integer({ min: 1, max: MOST }),
	idHoles: fc.array(fc.boolean(), { minLength: MOST, maxLength: MOST }),
	codes: fc.array(fc.constantFrom('there', 'hole', 'missing'), {
		minLength: MOST,
		maxLength: MOST,
	}),
	hole: fc.constantFrom('', null, 'null'),
	noCode: fc.constantFrom('', null, 'null', 'Processing', 'LPA:1$smdp.example.com$null'),
	name: fc.constantFrom('device_id', 'device_ids'),
	otherName: fc.boolean(),
	written: fc.constantFrom('lists', 'scalars', 'form', 'JSON', 'Java'),
	number: fc.boolean(),
});

type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

function bodyOf(given: Damage): Record<string, unknown> {
	const { count, idHoles, codes, hole, noCode, name, otherName, written, number } = given;
	const indexes = Array.from({ length: count }, (_, index) => index);
	// The first one stays, so that there is somebody to have a wrong code.
	const ids = indexes.map((index) => (index > 0 && idHoles[index] ? hole : idOf(index)));
	const list = indexes.flatMap((index) => {
		if (codes[index] === 'missing') return [];
		return [codes[index] === 'there' ? codeOf(index) : noCode];
	});
	const write = (entries: Array<string | null | undefined>): unknown => {
		if (written === 'JSON') return JSON.stringify(entries);
		if (written === 'Java') return `[${entries.join(', ')}]`;
		return written === 'scalars' && entries.length === 1 ? entries[0] : entries;
	};
	const body = {
		topup_id: '1',
		[name]: write(ids),
		lpa_str: write(list),
		...(otherName && { [name === 'device_id' ? 'device_ids' : 'device_id']: write([ids[0]]) }),
		...(number && { number: String(count) }),
	};
	if (written !== 'form') return body;
	const form = new URLSearchParams();
	for (const [field, value] of Object.entries(body))
		for (const entry of [value].flat()) form.append(field, String((entry as string | null) ?? ''));
	return parseText(form.toString()) as Record<string, unknown>;
}

it('in a push and in an order', () => {
	let [ready, shown, whole] = [0, 0, 0];
	fc.assert(
		fc.property(damage, (given) => {
			const body = bodyOf(given);
			const push = readPush(body);
			const esims = 'fault' in push ? [] : push.esims;
			for (const { deviceId, item, raw } of esims) {
				const own = codeOf(Number(deviceId.slice(3)));
				expect([item.lpa_str, raw.lpa_str]).toEqual([own, own]);
				ready++;
			}
			const { order, places } = readShown(body, '1');
			for (const [deviceId, index] of places) {
				expect(order.esims[index]!.lpa_str).toBe(codeOf(Number(deviceId.slice(3))));
				shown++;
			}
			const { count, idHoles, codes, otherName } = given;
			const isWhole = codes.slice(0, count).every((code) => code === 'there');
			if (!isWhole || otherName || idHoles.slice(1, count).includes(true)) return;
			expect(esims).toHaveLength(count);
			whole++;
		}),
		{ numRuns: 5000 },
	);
	// Otherwise nothing was compared.
	expect(Math.min(ready, shown, whole)).toBeGreaterThan(100);
});
