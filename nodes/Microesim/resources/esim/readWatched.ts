import type { IExecuteFunctions } from 'n8n-workflow';

import { KINDS, type Kind } from '../../shared/alerts/alert';
import type { Watched } from '../../shared/alerts/look';
import { flagOrNull } from '../../shared/answers/numbers';
import { listOf } from '../../shared/answers/shapes';
import { fieldText, splitWords } from '../../shared/answers/text';
import { refusal } from '../../shared/errors/refusal';
import { numberWithin, oneOf, optionsOf, requiredText, wholeNumber } from '../../shared/parameters';
import {
	ALLOWANCE,
	DAYS_BEFORE,
	DAYS_TO_INSTALL,
	DEFAULT_DAYS_BEFORE,
	PERCENTS,
} from './alertFields';

/** An item, with how it wants its alerts. */
export interface Asked extends Watched {
	/** Megabytes. */
	allowance: number | undefined;
	/** Whether each threshold is told that was jumped over. */
	each: boolean;
	markAsTold: boolean;
}

/**
 * Reads what an item of Get Alerts asks for.
 *
 * @throws NodeOperationError that names the field whose value makes no sense
 */
export function readWatched(context: IExecuteFunctions, itemIndex: number): Asked {
	const {
		allowance,
		daysToInstall,
		markAsTold = true,
		jumped = 'highest',
	} = optionsOf(context, itemIndex);
	const isGiven = (value: unknown) => value !== undefined && fieldText(value) !== '';
	const daysBefore = context.getNodeParameter('daysBefore', itemIndex, DEFAULT_DAYS_BEFORE);
	const kinds = new Set(kindsOf(context, itemIndex));
	const percents = percentsOf(context, itemIndex);
	if (kinds.has('data_used') && percents.length === 0)
		throw refusal(context, itemIndex, 'The field "Percent of Data" is empty');
	return {
		itemIndex,
		topupId: requiredText(context, 'topupId', 'Order ID', itemIndex),
		deviceId: requiredText(context, 'deviceId', 'Device ID', itemIndex),
		wish: {
			kinds,
			percents,
			daysBefore: wholeNumber(context, daysBefore, 'Days Before Expiry', DAYS_BEFORE, itemIndex),
			...(isGiven(daysToInstall) && {
				daysToInstall: wholeNumber(
					context,
					daysToInstall,
					'Days to Install',
					DAYS_TO_INSTALL,
					itemIndex,
				),
			}),
		},
		allowance: isGiven(allowance)
			? numberWithin(context, allowance, 'Data Allowance (MB)', ALLOWANCE, itemIndex)
			: undefined,
		each:
			oneOf(context, jumped, 'Thresholds Jumped Over', ['highest', 'each'], itemIndex) === 'each',
		markAsTold: flagOrNull(markAsTold) !== false,
	};
}

/** The choices of a list, which an expression may give as text with commas. */
function choicesOf(context: IExecuteFunctions, name: string, itemIndex: number): string[] {
	const value = context.getNodeParameter(name, itemIndex, []) as unknown;
	return listOf(value).flatMap((entry) => splitWords(fieldText(entry) ?? '?'));
}

function kindsOf(context: IExecuteFunctions, itemIndex: number): Kind[] {
	const kinds = choicesOf(context, 'alertOn', itemIndex);
	if (kinds.length === 0) throw refusal(context, itemIndex, 'The field "Alert On" is empty');
	return kinds.map((kind) => oneOf(context, kind, 'Alert On', KINDS, itemIndex));
}

function percentsOf(context: IExecuteFunctions, itemIndex: number): number[] {
	const allowed = PERCENTS.map(String);
	return choicesOf(context, 'percents', itemIndex)
		.map((percent) => Number(oneOf(context, percent, 'Percent of Data', allowed, itemIndex)))
		.sort((one, other) => one - other);
}
