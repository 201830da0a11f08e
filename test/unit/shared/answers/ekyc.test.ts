import fc from 'fast-check';

import { needsEkyc } from '../../../../nodes/Microesim/shared/answers/plan';

const needed = (special_desc: string) => needsEkyc({ special_desc });

const NEEDED = [
	'ekyc required esim',
	'eKYC',
	'e-KYC needed',
	'KYC required',
	'KYC: yes',
	'Real-name registration',
	'real name',
	'Real name is required before use',
	'identity verification',
	'ID verification needed',
	'Passport registration required',
	'實名',
	'实名',
	'需要实名认证',
	'需实名',
	'未实名不能使用',
	'身份验证',
	'No refund after eKYC',
	'No hotspot, eKYC required',
	'No top-up. eKYC required.',
	'Hotspot not supported; KYC',
	'Cannot be used without eKYC',
	"Doesn't work without KYC",
	'Not usable without real-name registration',
	'No calls, only data. Real name required, no KYC',
	'eKYC not later than 3 days after purchase',
];

const NOT_NEEDED = [
	'',
	'Data only',
	'No ekyc needed.',
	'No eKYC required',
	'eKYC not required',
	'eKYC is not needed',
	'eKYC: not needed',
	'eKYC: No',
	'eKYC required: no',
	'eKYC (not required)',
	"eKYC isn't required",
	'eKYC verification not necessary',
	'eKYC unnecessary',
	'KYC optional',
	'KYC-free',
	'Non-eKYC',
	'non eKYC plan',
	'no KYC',
	'without eKYC',
	'w/o KYC',
	'Without any identity verification',
	'No need for eKYC',
	"Doesn't require KYC",
	'Does not require any real-name registration',
	'You do not need to complete eKYC',
	'No eKYC or real-name registration required',
	'No KYC, no real name',
	'Free of KYC',
	'No identity verification needed',
	'Real name not required',
	'不需要实名',
	'無需實名',
	'无需实名认证',
	'免实名',
	'非实名',
	'不用实名',
	'无须进行实名',
	'实名认证：不需要',
];

describe('proof of identity', () => {
	it.each(NEEDED)('is needed: "%s"', (text) => {
		expect(needed(text)).toBe(true);
	});

	it.each(NOT_NEEDED)('is not needed: "%s"', (text) => {
		expect(needed(text)).toBe(false);
	});

	it('does not depend on capitals, and one sentence that asks for it is enough', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...NEEDED, ...NOT_NEEDED),
				fc.shuffledSubarray(NOT_NEEDED, { maxLength: 4 }),
				fc.boolean(),
				(text, others, upper) => {
					const all = [...others, text, ...others].join('; ');
					expect(needed(upper ? all.toUpperCase() : all.toLowerCase())).toBe(NEEDED.includes(text));
				},
			),
		);
	});

	const words = ['no ', 'kyc ', 'need ', 'or ', '实名', '无需', 'without ', ', ', 'x'];

	it('is read to its end from any long text', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...words), { size: 'max', maxLength: 3000 }),
				(mixed) => {
					expect(needed(`${mixed.join('')}. KYC required`)).toBe(true);
				},
			),
		);
	});

	it.each(words)('is read to its end from a text that says %j ten thousand times', (word) => {
		expect(needed(`${word.repeat(10_000)}. KYC required`)).toBe(true);
	});
});
