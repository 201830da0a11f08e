import fc from 'fast-check';

import {
	activationCodeOrNull,
	isSameCode,
	mayBeCode,
	parseActivationCode,
} from '../../../../nodes/Microesim/shared/answers/activationCode';
import samples from '../../../fixtures/document-samples.json';
import { codeOf, codeParts } from '../../support/arbitraries';

describe('taking an activation code apart', () => {
	it('reads the codes of the API document', () => {
		expect(samples.topupDetail.result.lpa_str.map(parseActivationCode)).toEqual([
			{
				lpa_string: 'LPA:1$rsp-eu.simlessly.com$580FFE02FFEE57965B6EECA132DA088D',
				sm_dp_address: 'rsp-eu.simlessly.com',
				matching_id: '580FFE02FFEE57965B6EECA132DA088D',
				sm_dp_oid: null,
				confirmation_code_required: false,
			},
			{
				lpa_string: 'LPA:1$rsp-eu.simlessly.com$56C139A2ED0CA148F9AF57364F6DDDEF',
				sm_dp_address: 'rsp-eu.simlessly.com',
				matching_id: '56C139A2ED0CA148F9AF57364F6DDDEF',
				sm_dp_oid: null,
				confirmation_code_required: false,
			},
		]);
	});

	// The examples of GSMA SGP.22, section 4.1.
	it.each([
		['1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815', '04386-AGYFT-A74Y8-3F815', null, false],
		['1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815$$1', '04386-AGYFT-A74Y8-3F815', null, true],
		[
			'1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815$1.3.6.1.4.1.31746$1',
			'04386-AGYFT-A74Y8-3F815',
			'1.3.6.1.4.1.31746',
			true,
		],
		[
			'1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815$1.3.6.1.4.1.31746',
			'04386-AGYFT-A74Y8-3F815',
			'1.3.6.1.4.1.31746',
			false,
		],
		['1$SMDP.GSMA.COM$$1.3.6.1.4.1.31746', null, '1.3.6.1.4.1.31746', false],
		['1$SMDP.GSMA.COM$', null, null, false],
	])('reads %s', (code, matchingId, oid, confirmed) => {
		expect(parseActivationCode(code)).toEqual({
			lpa_string: `LPA:${code}`,
			sm_dp_address: 'SMDP.GSMA.COM',
			matching_id: matchingId,
			sm_dp_oid: oid,
			confirmation_code_required: confirmed,
		});
	});

	it('finds every part again in any code, with and without prefix, in any case', () => {
		fc.assert(
			fc.property(codeParts, fc.constantFrom('LPA:', 'lpa:', 'Lpa:', ''), (parts, prefix) => {
				const code = codeOf(parts);
				expect(parseActivationCode(code.replace('LPA:', prefix))).toEqual({
					lpa_string: code,
					sm_dp_address: parts.host,
					matching_id: parts.matchingId || null,
					sm_dp_oid: parts.oid || null,
					confirmation_code_required: parts.confirmed,
				});
			}),
		);
	});

	it.each(['\ufeff', '\u200b', '\u00ad', ' \n', '\u00a0', '\u2060', '\u200e', '\u2068', '\u2069'])(
		'does not mind characters that copying leaves behind (%j)',
		(extra) => {
			expect(parseActivationCode(`${extra}LPA:1$smdp.example.com$ABC${extra}`).lpa_string).toBe(
				'LPA:1$smdp.example.com$ABC',
			);
		},
	);
});

describe('a code that cannot be used', () => {
	it.each([
		['', 'it is empty'],
		['LPA:', 'it is empty'],
		['  \u200b ', 'it is empty'],
		['ABCDEF', 'has no "$"'],
		['LPA:2$smdp.example.com$ABC', 'must begin with'],
		[
			'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=LPA:1$a.example$B',
			'must begin with',
		],
		['LPA:1$smdp.example.com', 'too few parts'],
		['1', 'has no "$"'],
		['LPA:1$smdp.example.com$A$1.2$1$x', '6 parts'],
		['LPA:1$$ABC', 'SM-DP+ address'],
		['LPA:1$localhost$ABC', 'SM-DP+ address'],
		['LPA:1$https://smdp.example.com$ABC', 'SM-DP+ address'],
		['LPA:1$-a.example$ABC', 'SM-DP+ address'],
		[`LPA:1$${'a'.repeat(64)}.example$ABC`, 'SM-DP+ address'],
		['LPA:1$smdp.example.com$AB C', 'matching id'],
		['LPA:1$smdp.example.com$AB/C', 'matching id'],
		['LPA:1$smdp.example.com$ABC$oid', 'OID'],
		['LPA:1$smdp.example.com$ABC$1..2', 'OID'],
		['LPA:1$smdp.example.com$ABC$$0', 'confirmation code'],
		['LPA:1$smdp.example.com$ABC$$yes', 'confirmation code'],
	])('is refused with a sentence that names the fault: %s', (code, fault) => {
		expect(() => parseActivationCode(code)).toThrow(/^The activation code cannot be used: .*\.$/s);
		expect(() => parseActivationCode(code)).toThrow(fault);
	});

	it('becomes null when MicroeSIM sent it, so that no order is lost over it', () => {
		expect(activationCodeOrNull('pending')).toBeNull();
		expect(activationCodeOrNull('')).toBeNull();
		expect(activationCodeOrNull(null)).toBeNull();
		expect(activationCodeOrNull('1$a.example$B')?.matching_id).toBe('B');
	});

	it('never breaks the reading of what MicroeSIM sent, and a code that is read is read the same again', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.string().map((end) => `LPA:1$a.example$${end}`),
				),
				(text) => {
					const code = activationCodeOrNull(text);
					if (code !== null) expect(parseActivationCode(code.lpa_string)).toEqual(code);
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('a text where a code may be', () => {
	it('can be a code where the grammar says so, and where it is only an odd one', () => {
		// The grammar allows a matching id of dashes alone, and words by which programs say that there is none.
		const saysNothing = /^(?:-+|NULL|UNDEFINED|NONE|NIL|NAN|PROCESSING|PENDING|UNKNOWN)$/;
		fc.assert(
			fc.property(codeParts, (parts) =>
				expect(mayBeCode(codeOf(parts))).toBe(!saysNothing.test(parts.matchingId)),
			),
			{
				numRuns: 1000,
				examples: [[{ host: 'a.a.aa', matchingId: '-', oid: '', confirmed: false }]],
			},
		);
		for (const odd of ['LPA:1$localhost$ABC', '2$smdp.example.com$A_B'])
			expect([odd, mayBeCode(odd)]).toEqual([odd, true]);
	});

	it('is none without its parts, or with what stands around codes', () => {
		const code = 'LPA:1$smdp.example.com$ABC';
		const glued = [`${code}${code}`, `${code}/${code}`, `${code}&${code}`, `${code}1$a.example$B`];
		const nothing = ['LPA:1$a.example$null', 'LPA:1$a.example$Processing', 'LPA:1$None$None'];
		const none = [
			...glued,
			...nothing,
			'LPA:1$..$',
			'LPA:1$-$-',
			'LPA:1$a.example$%s',
			'price$5$',
			'',
			'LPA:',
			'Processing',
			'$$',
			'LPA:1$$ABC',
			'LPA:1$smdp.example.com',
		];
		const around = [`[${code}]`, `"${code}"`, `${code},${code}`, `${code} ${code}`, `<${code}>`];
		const link = `https://esimsetup.apple.com/x?carddata=${code}`;
		for (const text of [...none, ...around, link, 'LPA:1$null$null', 'LPA:1$undefined$A'])
			expect([text, mayBeCode(text)]).toEqual([text, false]);
	});

	it('is the same code however it is written, and another one only where a part differs', () => {
		fc.assert(
			fc.property(
				codeParts,
				fc.constantFrom('LPA:', 'lpa:', ''),
				fc.nat(2),
				(parts, prefix, more) => {
					const code = codeOf(parts);
					const written = code
						.replace('LPA:', prefix)
						.replace(parts.host, parts.host.toUpperCase());
					expect(isSameCode(code, written + '$'.repeat(more))).toBe(true);
					const other = codeOf({ ...parts, matchingId: `${parts.matchingId}0` });
					expect(isSameCode(code, other)).toBe(false);
				},
			),
		);
	});
});
