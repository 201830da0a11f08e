import fc from 'fast-check';

import { parseNetworks } from '../../../../nodes/Microesim/shared/answers/networks';

const operator = (name: string, ...generations: string[]) => ({ name, generations });

describe('reading the networks of a plan', () => {
	it.each([
		[
			'JP:Docomo(IIJ)[4G;LTE]|',
			[{ country: 'JP', operators: [operator('Docomo(IIJ)', '4G', 'LTE')] }],
		],
		[
			'JP:SoftBank[4G;5G],KDDI[4G]|KR:SK Telecom[5G]',
			[
				{ country: 'JP', operators: [operator('SoftBank', '4G', '5G'), operator('KDDI', '4G')] },
				{ country: 'KR', operators: [operator('SK Telecom', '5G')] },
			],
		],
		[
			'US:AT&T[5G]/T-Mobile[4G;5G]|',
			[{ country: 'US', operators: [operator('AT&T', '5G'), operator('T-Mobile', '4G', '5G')] }],
		],
		[
			'FR:Orange,SFR/Free',
			[{ country: 'FR', operators: [operator('Orange'), operator('SFR'), operator('Free')] }],
		],
		[
			'JP:Docomo (IIJ, BIC/SIM)[4G]',
			[{ country: 'JP', operators: [operator('Docomo (IIJ, BIC/SIM)', '4G')] }],
		],
		[
			'DE:o2[3G;4G,5G/LTE]',
			[{ country: 'DE', operators: [operator('o2', '3G', '4G', '5G', 'LTE')] }],
		],
		[
			' JP : Docomo [ 4G ; LTE ] , KDDI | ',
			[{ country: 'JP', operators: [operator('Docomo', '4G', 'LTE'), operator('KDDI')] }],
		],
		['HK:3(Hutchison)[]|', [{ country: 'HK', operators: [operator('3(Hutchison)')] }]],
		['TH:AIS[4G', [{ country: 'TH', operators: [operator('AIS', '4G')] }]],
		['SG:Singtel:M1[4G]', [{ country: 'SG', operators: [operator('Singtel:M1', '4G')] }]],
		['IT:|', [{ country: 'IT', operators: [] }]],
		[
			'TL:Telekomunikasi Indonesia International, S.A[4G;LTE]|',
			[
				{
					country: 'TL',
					operators: [operator('Telekomunikasi Indonesia International, S.A', '4G', 'LTE')],
				},
			],
		],
		[
			'AE:Etisalat[4G;5G]|DU[4G]|SA:STC[4G]|',
			[
				{ country: 'AE', operators: [operator('Etisalat', '4G', '5G'), operator('DU', '4G')] },
				{ country: 'SA', operators: [operator('STC', '4G')] },
			],
		],
		['AE:|DU[4G]', [{ country: 'AE', operators: [operator('DU', '4G')] }]],
		[
			'TW:Chunghwa Telecom Co., Ltd.[4G],FarEasTone',
			[
				{
					country: 'TW',
					operators: [operator('Chunghwa Telecom Co., Ltd.', '4G'), operator('FarEasTone')],
				},
			],
		],
		[
			'DK:TDC A/S[4G]/Telenor A/S,Telia[5G]',
			[
				{
					country: 'DK',
					operators: [operator('TDC A/S', '4G'), operator('Telenor A/S'), operator('Telia', '5G')],
				},
			],
		],
		// Without a bracket before it a comma may still stand between two operators.
		[
			'GB:EE,Three,O2, Sky[4G]',
			[
				{
					country: 'GB',
					operators: [operator('EE'), operator('Three'), operator('O2'), operator('Sky', '4G')],
				},
			],
		],
		// After a bracket an operator is complete.
		[
			'NL:KPN[4G],NV[4G]',
			[{ country: 'NL', operators: [operator('KPN', '4G'), operator('NV', '4G')] }],
		],
		['MX:, S.A', [{ country: 'MX', operators: [operator('S.A')] }]],
		['Docomo[4G]', [{ country: '', operators: [operator('Docomo', '4G')] }]],
	])('%s', (text, expected) => {
		expect(parseNetworks(text)).toEqual(expected);
	});

	it('finds nothing in empty text', () => {
		for (const empty of ['', '  ', '|', '||', ' | ']) expect(parseNetworks(empty)).toEqual([]);
	});

	it('keeps the operators apart that follow a name with an open parenthesis', () => {
		const names = parseNetworks('JP:Docomo(IIJ[4G],SoftBank[5G]|')[0]!.operators.map(
			({ name }) => name,
		);
		expect(names).toHaveLength(2);
		expect(names[1]).toBe('SoftBank');
	});

	it('reads back every country, operator and generation that the grammar allows', () => {
		const word = fc.stringMatching(/^[A-Za-z0-9&. -]{1,12}$/).map((text) => `x${text.trim()}`);
		const name = fc.oneof(
			word,
			fc.tuple(word, word).map(([outer, inner]) => `${outer}(${inner})`),
		);
		const operators = fc.array(
			fc.record({
				name,
				generations: fc.array(fc.constantFrom('3G', '4G', 'LTE', '5G'), { maxLength: 3 }),
			}),
			{ maxLength: 4 },
		);
		const countries = fc.array(
			fc.record({ country: fc.constantFrom('JP', 'KR', 'US', 'AT'), operators }),
			{ maxLength: 4 },
		);
		fc.assert(
			fc.property(
				countries,
				fc.constantFrom(',', '/', ', '),
				fc.constantFrom('', '|'),
				(wanted, separator, end) => {
					const text = wanted
						.map(({ country, operators: list }) => {
							const shown = list.map((one) =>
								one.generations.length > 0 ? `${one.name}[${one.generations.join(';')}]` : one.name,
							);
							return `${country}:${shown.join(separator)}`;
						})
						.join('|');
					expect(parseNetworks(text + end)).toEqual(wanted);
				},
			),
		);
	});

	it('keeps the form of a company with its name', () => {
		const forms = fc.constantFrom(
			...[
				'S.A',
				'S.A.',
				'SA',
				'Ltd',
				'Ltd.',
				'LTD',
				'Inc',
				'Inc.',
				'LLC',
				'L.L.C',
				'Co.',
				'PJSC',
				'GmbH',
			],
			...[
				'Pte. Ltd.',
				'Sdn. Bhd.',
				'S.A. de C.V.',
				'S.p.A.',
				'd.o.o.',
				'a.s.',
				's.r.o.',
				'Tbk',
				'B.V.',
				'PLC',
			],
		);
		const separator = fc.constantFrom(',', ', ', ' , ');
		const others = fc.array(fc.constantFrom('Orange', 'Free[4G]', '3[5G]'), { maxLength: 2 });
		fc.assert(
			fc.property(
				forms,
				separator,
				others,
				others,
				fc.boolean(),
				(form, comma, left, right, bare) => {
					const name = `Some Telecom${comma}${form}`;
					const list = [...left, bare ? name : `${name}[4G;5G]`, ...right];
					const names = parseNetworks(`MX:${list.join(',')}|`)[0]!.operators.map((one) => one.name);
					expect(names).toEqual([...left, name, ...right].map((one) => one.replace(/\[.*/, '')));
				},
			),
		);
	});

	it('gives parts without a country to the one before', () => {
		const part = fc.constantFrom('DU[4G]', 'Etisalat', 'Zain[5G]');
		fc.assert(
			fc.property(part, fc.array(part, { maxLength: 4 }), (first, more) => {
				const read = parseNetworks([`AE:${first}`, ...more, 'SA:STC'].join('|'));
				expect(read.map(({ country }) => country)).toEqual(['AE', 'SA']);
				expect(read[0]!.operators).toHaveLength(1 + more.length);
			}),
		);
	});

	it('never breaks, and loses no letter of a name, whatever the text is', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'AB4:|[](),;/ ') }), (text) => {
				const kept = JSON.stringify(parseNetworks(text));
				for (const letter of 'AB4') {
					expect(kept.split(letter).length).toBe(text.split(letter).length);
				}
			}),
			{ numRuns: 500 },
		);
	});
});
