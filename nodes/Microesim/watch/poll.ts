import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { numberOrNull } from '../shared/answers/numbers';
import { recordOf } from '../shared/answers/shapes';
import { textOrNull } from '../shared/answers/text';
import { nodeOf } from '../shared/context';
import { refusal } from '../shared/errors/refusal';
import { log } from '../shared/log';
import { accountOf } from '../shared/transport/account';
import { ENDPOINTS } from '../shared/transport/endpoints';
import { request } from '../shared/transport/request';
import { balanceEvents, type Balance } from '../shared/watch/balance';
import { BALANCE_EVENTS, PLAN_EVENTS } from './events';
import { exampleBalance } from './examples';
import { readMemory, writeMemory, type Found, type Memory } from './memory';
import { lookAtPlans } from './plans';
import { readWatchSettings, type WatchSettings } from './settings';

/** Nodes that are looking now. */
const looking = new Set<string>();

/**
 * One look at the account and the catalogue: what has changed since the last one starts the workflow. Where a look
 * takes longer than the time to the next one, that one is left out: both would tell the same.
 *
 * @returns null where nothing has changed
 * @throws NodeApiError where something could not be read and nothing else is to be told; nothing is learnt of it
 */
export async function pollChanges(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	if (context.getMode() === 'manual') return await look(context, true);
	const node = JSON.stringify([context.getWorkflow().id, nodeOf(context).id]);
	if (looking.has(node)) return null;
	looking.add(node);
	try {
		return await look(context, false);
	} finally {
		looking.delete(node);
	}
}

/** Balance and catalogue are looked at by themselves, so that one that cannot be read hides nothing of the other. */
async function look(
	context: IPollFunctions,
	isTest: boolean,
): Promise<INodeExecutionData[][] | null> {
	const settings = readWatchSettings(context);
	const account = await accountOf(context, 0);
	const memory = readMemory(context, account);
	const looks = [
		...(has(settings, BALANCE_EVENTS) ? [lookAtBalance] : []),
		...(has(settings, PLAN_EVENTS) ? [lookAtPlans] : []),
	];
	const items: IDataObject[] = [];
	const faults: Error[] = [];
	for (const lookAt of looks) {
		try {
			const found = await lookAt(context, settings, memory, isTest);
			items.push(...found.items);
			Object.assign(memory, found.memory);
			if (found.fault) faults.push(found.fault);
		} catch (error) {
			faults.push(error as Error);
		}
	}
	// What two accounts said is not to be compared: the next look begins anew with the other one.
	if ((await accountOf(context, 0)) !== account) return null;
	// A test in the editor learns nothing, so that it takes nothing from the published workflow.
	if (!isTest) writeMemory(context, account, memory);
	const [fault, ...others] = faults;
	const isThrown = fault !== undefined && items.length === 0;
	for (const { message } of isThrown ? others : faults)
		log(context, 'error', `MicroeSIM Watch Trigger: ${message}`);
	if (isThrown) throw fault;
	return items.length === 0 ? null : [items.map((json) => ({ json }))];
}

const has = ({ events }: WatchSettings, some: readonly string[]): boolean =>
	[...events].some((event) => some.includes(event));

async function lookAtBalance(
	context: IPollFunctions,
	{ events, threshold }: WatchSettings,
	{ balance: was }: Memory,
	isTest: boolean,
): Promise<Found> {
	const { result } = await request(context, ENDPOINTS.balance, {}, 0);
	const { balance, currency } = recordOf(result);
	const amount = numberOrNull(balance);
	if (amount === null)
		throw refusal(
			context,
			0,
			'MicroeSIM answered without a balance',
			'It is asked again at the next look. If it stays so, ask MicroeSIM whether the account has a balance at all.',
		);
	const is: Balance = { balance: amount, currency: textOrNull(currency) ?? '', threshold };
	if (isTest) return { items: exampleBalance(events, is), memory: {} };
	const told = balanceEvents(was, is).filter(({ event }) => events.has(event));
	return { items: told.map(({ item }) => item), memory: { balance: is } };
}
