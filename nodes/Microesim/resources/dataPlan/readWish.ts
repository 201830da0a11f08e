import type { IExecuteFunctions } from 'n8n-workflow';

import { listOf } from '../../shared/answers/shapes';
import { fieldText, splitWords } from '../../shared/answers/text';
import type { PlanWish } from '../../shared/catalogue/conditions';
import { refusal } from '../../shared/errors/refusal';
import { AMOUNTS } from '../../shared/numberRange';
import { numberWithin, oneOf, optionText, wholeNumber } from '../../shared/parameters';
import { CONDITIONS, GIGABYTES, TRIP_DAYS } from './findBestFields';
import { ACTIVATION_CHOICES } from './planFields';
import { readSieve } from './sieve';

const MB_PER_GB = 1024;
const ACTIVATION_TYPES = ACTIVATION_CHOICES.map(({ value }) => value);

/**
 * What Find Best is asked for.
 *
 * @throws NodeOperationError that names the field whose value makes no sense
 */
export function readWish(context: IExecuteFunctions, itemIndex: number): PlanWish {
	const asked = (name: string, usual: unknown) =>
		context.getNodeParameter(name, itemIndex, usual) as unknown;
	const given = readSieve(context, itemIndex, CONDITIONS, 'condition');
	const text = (name: string, label: string) =>
		optionText(context, given[name], label, itemIndex, 'condition');
	const { maximumPrice, unlimitedOnly, withoutEkyc } = given;
	return {
		countries: countriesOf(context, asked('countryCodes', ''), itemIndex),
		days: wholeNumber(context, asked('days', 7), 'Days', TRIP_DAYS, itemIndex),
		megabytes:
			numberWithin(context, asked('gigabytes', 1), 'Data (GB)', GIGABYTES, itemIndex, 'field') *
			MB_PER_GB,
		activationType:
			given.activationType === undefined
				? undefined
				: oneOf(context, given.activationType, 'Activation Type', ACTIVATION_TYPES, itemIndex),
		currency: text('currency', 'Currency'),
		nameContains: text('nameContains', 'Name Contains'),
		maximumPrice:
			maximumPrice === undefined || fieldText(maximumPrice) === ''
				? undefined
				: numberWithin(context, maximumPrice, 'Maximum Price', AMOUNTS, itemIndex, 'condition'),
		unlimitedOnly: unlimitedOnly === true,
		withoutEkyc: withoutEkyc === true,
	};
}

/** A typing error must not find the cheapest plan of nowhere. */
function countriesOf(context: IExecuteFunctions, value: unknown, itemIndex: number): string[] {
	const codes = listOf(value).flatMap((entry) =>
		splitWords(optionText(context, entry, 'Country Codes', itemIndex, 'field') ?? ''),
	);
	if (codes.length === 0) throw refusal(context, itemIndex, 'The field "Country Codes" is empty');
	for (const code of codes) {
		if (/^[a-z]{2}$/i.test(code)) continue;
		throw refusal(
			context,
			itemIndex,
			`"${code}" in the field "Country Codes" is no two-letter country code`,
			'Write ISO 3166 codes such as JP for Japan, separated by commas. Nothing was sent to MicroeSIM.',
		);
	}
	return [...new Set(codes.map((code) => code.toUpperCase()))];
}
