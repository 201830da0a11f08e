import fc from 'fast-check';

import { isSuccess, parseEnvelope } from '../../../../nodes/Microesim/shared/transport/envelope';
import { parseExactJson } from '../../../../nodes/Microesim/shared/transport/exactJson';
import samples from '../../../fixtures/document-samples.json';

describe('opening an answer', () => {
	it.each(Object.entries(samples))(
		'reads the sample of %s in the API document as a success',
		(_name, sample) => {
			const envelope = parseEnvelope(JSON.stringify(sample))!;
			expect(envelope).toMatchObject({
				code: 1,
				msg: 'Success',
				result: 'result' in sample ? sample.result : sample.data,
			});
			expect(isSuccess(envelope)).toBe(true);
		},
	);

	it.each([
		['{"code":1}', true],
		['{"code":"1","msg":"Success"}', true],
		['{"code":1.0,"result":{}}', true],
		['{"code":0,"msg":"Success"}', false],
		['{"code":200,"msg":"Success"}', false],
		['{"code":-1}', false],
		['{"code":"10"}', false],
		['{"code":"success"}', false],
		['{"code":"true"}', false],
		['{"code":1.5}', false],
	])('knows whether it is a success: %s', (text, expected) => {
		expect(isSuccess(parseEnvelope(text)!)).toBe(expected);
	});

	it('shows code and msg as they came', () => {
		expect(parseEnvelope('{"code":"E-17","msg":"签名错误 \\u0041"}')).toMatchObject({
			code: 'E-17',
			msg: '签名错误 A',
			result: undefined,
		});
		expect(parseEnvelope('{"code":40001,"msg":null,"result":null}')).toMatchObject({
			code: 40001,
			msg: '',
			result: null,
		});
	});

	it.each([
		'',
		'   ',
		'<!DOCTYPE html><html><body>502 Bad Gateway</body></html>',
		'{"code":1,"msg":"Succ',
		'{"code":1}{"code":1}',
		"{'code':1}",
		'Success',
		'null',
		'1',
		'"1"',
		'[]',
		'[{"code":1}]',
		'{}',
		'{"code":null}',
		'{"code":true}',
		'{"code":""}',
		'{"code":{"code":1}}',
		'{"msg":"Success","result":{}}',
		'{"__proto__":{"code":1}}',
		'[['.repeat(50_000),
	])('finds no envelope in other texts (%#)', (text) => {
		expect(parseEnvelope(text)).toBeUndefined();
	});

	it('never breaks on any text', () => {
		const likely = fc.string({
			unit: fc.constantFrom(...'{}[]":,01e.-+ \\u"code"'),
			maxLength: 40,
		});
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), likely), (text) => {
				const envelope = parseEnvelope(text);
				if (envelope !== undefined) expect(typeof envelope.msg).toBe('string');
			}),
			{ numRuns: 1000 },
		);
	});

	it('never takes a cut answer for a whole one', () => {
		const whole = JSON.stringify(samples.topupDetail);
		fc.assert(
			fc.property(fc.nat(whole.length - 1), (length) => {
				expect(parseEnvelope(whole.slice(0, length))).toBeUndefined();
			}),
		);
	});

	it('reads an answer that names a field twice, as every JSON reader does, and takes the last', () => {
		expect(
			parseEnvelope('{"code":1,"msg":"","result":{"topup_id":"7"},"msg":"Success"}'),
		).toMatchObject({
			code: 1,
			msg: 'Success',
			result: { topup_id: '7' },
		});
	});
});

describe('numbers of an answer', () => {
	it('stay exact: an order id that comes as a bare number', () => {
		const envelope = parseEnvelope(
			'{"code":1,"result":{"topup_id":202308161431187762753800,"device_ids":[9000024081603874]}}',
		);
		expect(envelope?.result).toEqual({
			topup_id: '202308161431187762753800',
			device_ids: [9000024081603874],
		});
	});

	it('stay exact: all digits of every whole number', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (number) => {
				const [read] = parseExactJson(`[${number}]`) as [number | string];
				expect(String(read)).toBe(String(number));
			}),
			{ numRuns: 500 },
		);
	});

	it('are numbers as long as JavaScript holds them exactly, and text beyond', () => {
		expect(
			parseExactJson('[9007199254740991,9007199254740992,-9007199254740991,-9007199254740993]'),
		).toEqual([9007199254740991, '9007199254740992', -9007199254740991, '-9007199254740993']);
		expect(parseExactJson('[14860.23,0.1,1e3,0]')).toEqual([14860.23, 0.1, 1000, 0]);
	});

	it('leave everything else as any JSON reader sees it', () => {
		const safe = fc.object({
			key: fc.string().filter((name) => name !== '__proto__'),
			values: [
				fc.string({ unit: 'binary' }),
				fc.boolean(),
				fc.constant(null),
				fc.maxSafeInteger(),
				fc.float({ noNaN: true, max: 1e6, min: -1e6 }),
			],
		});
		fc.assert(
			fc.property(safe, (value) => {
				const text = JSON.stringify(value);
				expect(parseExactJson(text)).toEqual(JSON.parse(text));
			}),
		);
	});
});
