import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { EsimName } from '../shared/push/memory';

/** Where the webhook puts, beside the items of its run, the eSIMs whose runs are done. The editor does not show it. */
const NOTED_INPUT = 1;

/** The eSIMs whose runs are done, as a second list beside the items of a run. */
export const asInput = (names: EsimName[]): INodeExecutionData[] =>
	names.map(({ topupId, deviceId }) => ({ json: { topup_id: topupId, device_id: deviceId } }));

/** What `asInput` has put there; nothing in most runs. */
export const notedIn = (context: IExecuteFunctions): INodeExecutionData[] =>
	context.getInputData(NOTED_INPUT);
