import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import pLimit from 'p-limit';

import { textOrNull } from '../shared/answers/text';
import { log } from '../shared/log';
import { Once } from '../shared/once/once';
import type { EsimName } from '../shared/push/memory';
import { withQrCode } from '../shared/qrCode/attach';
import { logNames } from './inLog';
import { notedIn } from './noted';
import { readSettings } from './settings';

/** Questions to n8n's database that are under way at once. */
const AT_ONCE = 5;

/**
 * The trigger's part of a run: n8n hands over what the webhook has accepted, and here its database is at hand. Over
 * all processes and restarts, it decides which of the eSIMs are handed on.
 *
 * - Immediately: the first run that takes an eSIM hands it on. MicroeSIM was told that it arrived, so it counts as
 *   done.
 * - When Last Node Finishes: MicroeSIM pushes again what failed, so a run hands on every eSIM but those whose run is
 *   known to have ended well. The next run writes that down.
 *
 * A test in the editor and a run that somebody retries hand on all they have.
 *
 * @throws NodeOperationError where n8n's database does not answer: the failed execution can be retried
 */
export async function handOn(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	logNames(context, `has in execution ${context.getExecutionId()}:`, items.map(esimOf));
	const wanted = await wantedOf(context, items);
	const { qrCodeField } = readSettings(context);
	return [
		await Promise.all(wanted.map(async (item) => await withQrCode(context, item, qrCodeField))),
	];
}

async function wantedOf(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
): Promise<INodeExecutionData[]> {
	const once = new Once(context);
	const mode = context.getMode();
	const take = async (name: string) => await once.take(name);
	if (mode === 'retry') {
		// Whoever retries wants the run; that its eSIMs are taken from now on is for pushes to come.
		await eachOf(items, take).catch((error: Error) => log(context, 'warn', error.message));
	}
	if (mode !== 'webhook') return items;
	try {
		if (!readSettings(context).waitForRun) {
			const isNew = await eachOf(items, take);
			return items.filter((_, index) => isNew[index]);
		}
		await eachOf(notedIn(context), take);
		const states = await eachOf(items, async (name) => await once.look(name));
		return items.filter((_, index) => states[index] === 'free');
	} catch (error) {
		throw unanswered(context, error as Error);
	}
}

/** Asks for the names of all items, some at once. */
async function eachOf<T>(
	items: INodeExecutionData[],
	ask: (name: string) => Promise<T>,
): Promise<T[]> {
	const limit = pLimit(AT_ONCE);
	return await Promise.all(
		items.map(async ({ json }) => await limit(async () => await ask(nameOf(json)))),
	);
}

const nameOf = ({ topup_id, device_id }: INodeExecutionData['json']): string =>
	JSON.stringify(['push', textOrNull(topup_id), textOrNull(device_id)]);

const esimOf = ({ json: { topup_id, device_id } }: INodeExecutionData): EsimName => ({
	topupId: textOrNull(topup_id) ?? '',
	deviceId: textOrNull(device_id) ?? '',
});

const unanswered = (context: IExecuteFunctions, { message }: Error): NodeOperationError =>
	new NodeOperationError(
		context.getNode(),
		`n8n's database did not say whether an eSIM of this push was handed on before: ${message}`,
		{
			description:
				'Nothing of it was handed on. Retry this execution from the list of executions: it then hands on what the push holds.',
		},
	);
