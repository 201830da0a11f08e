import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import type { Alert, Ladder } from '../../shared/alerts/alert';
import { keyOf, type Look } from '../../shared/alerts/look';
import { reached } from '../../shared/alerts/reached';
import type { Told } from '../../shared/alerts/told';
import { simplifyDevice } from '../../shared/answers/device';
import { nodeErrorOf, type NodeFailure } from '../../shared/errors/refusal';
import { isStopped } from '../../shared/pause';
import type { Outcome } from '../operation';
import type { Asked } from './readWatched';

/** Questions to n8n's database that are under way at once. */
const AT_ONCE = 5;

/** The alerts of an item, and the names under which it is kept that they were told. */
export type Telling = Outcome & { names: string[] };

/** An item whose eSIM was seen. */
type Seen = Asked & { look: Extract<Look, { seen: unknown }> };

/** What is told of an eSIM to try out a workflow: nothing counts as told. */
const allOf = (ladders: Ladder[], each: boolean): Alert[] =>
	ladders.flatMap((ladder) => (each ? ladder : ladder.slice(-1)));

/**
 * Makes items of what is new with eSIMs.
 *
 * @returns for each item its alerts, or why n8n's database did not take them: then they come next time
 */
export async function tellAlerts(
	context: IExecuteFunctions,
	told: Told,
	items: Seen[],
): Promise<Array<Telling | { itemIndex: number; error: NodeFailure }>> {
	const limit = pLimit(AT_ONCE);
	const input = context.getInputData();
	const tell = async (item: Seen) => {
		const { itemIndex, wish, allowance, each, markAsTold, look } = item;
		const ladders = reached(look.seen, wish, allowance);
		const isOver = isStopped(context);
		const { alerts, names } =
			markAsTold && !isOver
				? await told.take(keyOf(item), ladders, each)
				: { alerts: isOver ? [] : allOf(ladders, each), names: [] };
		const state = stateOf(look.answer);
		const results = alerts.map(({ kind, text, measured }) => ({
			json: {
				...input[itemIndex]!.json,
				alert: kind,
				alert_text: text,
				...NOT_MEASURED,
				...measured,
				...state,
			},
		}));
		return { itemIndex, results, names };
	};
	return await Promise.all(
		items.map(
			async (item) =>
				await limit(async () => await tell(item)).catch((error: unknown) => ({
					itemIndex: item.itemIndex,
					error: nodeErrorOf(context, error, item.itemIndex),
				})),
		),
	);
}

/** Each alert has all of these, so that a table of several has no holes. */
const NOT_MEASURED = {
	threshold: null,
	used_percent: null,
	used_mb: null,
	allowance_mb: null,
	usage_day: null,
	expires_by: null,
	expires_at: null,
	days_left: null,
	happened_at: null,
};

/** Says in the output pane where alerts of data cannot come, because nobody knows how much data there is. */
export function hintAtUnknownPlans(context: IExecuteFunctions, items: Seen[]): void {
	const unknown = items.filter(
		({ wish, allowance, look: { seen } }) =>
			wish.kinds.has('data_used') &&
			allowance === undefined &&
			seen.plan.allowance === undefined &&
			(seen.esim.megabytes ?? 0) > 0,
	);
	if (unknown.length === 0) return;
	const [{ deviceId }] = unknown as [Seen];
	const others = unknown.length > 1 ? ` and ${unknown.length - 1} others` : '';
	context.addExecutionHints({
		message: `The plan of the eSIM ${deviceId}${others} has left the catalogue, so nobody knows how much data it has, and no alert of data comes. Set the option "Data Allowance (MB)".`,
		location: 'outputPane',
	});
}

const STATE = [
	'channel_dataplan_id',
	'channel_dataplan_name',
	'status',
	'create_time',
	'active_time',
	'expire_time',
	'terminate_time',
	'data_usage',
] as const;

/** Under names of their own: an item comes from a table or a sheet, and has a `status` itself. */
function stateOf(answer: unknown): IDataObject {
	const device = simplifyDevice(answer);
	return {
		topup_id: device.topup_id,
		device_id: device.device_id,
		...Object.fromEntries(STATE.map((name) => [`esim_${name}`, device[name]])),
	};
}
