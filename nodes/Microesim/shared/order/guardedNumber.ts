import type { IExecuteFunctions } from 'n8n-workflow';

/** The name of a number in the guard: test and production, and two accounts, may use the same number. */
export async function guardedNumber(context: IExecuteFunctions, number: string): Promise<string> {
	const { environment, account } = await context.getCredentials('microesimApi');
	return JSON.stringify([environment, account, number]);
}
