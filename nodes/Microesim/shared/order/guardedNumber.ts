import type { IExecuteFunctions } from 'n8n-workflow';

import { resolveBaseUrl, type Environment } from '../../../../credentials/shared/baseUrl';
import { refusal } from '../errors/refusal';
import { bothForms } from '../transport/credential';
import type { WantedOrder } from './purchase';

/** A Custom Order Number as the guard knows it. */
export interface GuardedNumber {
	name: string;
	/** Its names in version 0.1.0, which took account and number as they were typed. */
	formerly: string[];
}

/**
 * The name of a number in the guard: two systems of MicroeSIM, and two accounts, may use the same number. Both are
 * read as they are sent, so that nothing invisible in the credential makes another name.
 *
 * @throws NodeOperationError when the credential cannot be used; nothing was sent then
 */
export async function guardedNumber(
	context: IExecuteFunctions,
	number: string,
	itemIndex: number,
): Promise<GuardedNumber> {
	const { data: typed, credential } = await bothForms(context, itemIndex);
	const { account } = credential;
	const baseUrl = resolveBaseUrl(credential);
	const formerly = environmentsOf(credential.environment, baseUrl).flatMap((environment) =>
		[typed.account, account].flatMap((one) =>
			[number, number.normalize('NFD')].map((text) => JSON.stringify([environment, one, text])),
		),
	);
	return {
		name: JSON.stringify([systemOf(baseUrl), account, number]),
		formerly: [...new Set(formerly)],
	};
}

/** A Custom Base URL may be that of Production or Test. */
function environmentsOf(environment: Environment, baseUrl: string): Environment[] {
	const same = (['production', 'test'] as const).filter(
		(named) => systemOf(resolveBaseUrl({ environment: named, baseUrl })) === systemOf(baseUrl),
	);
	return [environment, ...same];
}

/** microesim.top serves what www.microesim.top serves. */
const systemOf = (baseUrl: string): string => baseUrl.replace('://www.', '://');

/**
 * A number that was claimed for one account keeps no second order of it from another.
 *
 * @throws NodeOperationError where the credential was changed since; nothing was sent then
 */
export async function refuseIfOfAnother(
	context: IExecuteFunctions,
	{ order, itemIndex }: WantedOrder,
	name: string,
): Promise<void> {
	const now = await guardedNumber(context, order.custom_order_no, itemIndex);
	if (now.name === name) return;
	throw refusal(
		context,
		itemIndex,
		`The order "${order.custom_order_no}" was not sent, because the credential was changed to another account on the way`,
		'Run it again. Nothing was sent to MicroeSIM for it.',
	);
}
