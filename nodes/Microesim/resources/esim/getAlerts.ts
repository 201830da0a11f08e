import type { IExecuteFunctions } from 'n8n-workflow';

import { keyOf, lookAtEsims } from '../../shared/alerts/look';
import { lostNote, Told } from '../../shared/alerts/told';
import { nodeOf } from '../../shared/context';
import { nodeErrorOf, refusal, type NodeFailure } from '../../shared/errors/refusal';
import { isStopped } from '../../shared/pause';
import { itemsAtOnce } from '../../shared/sideBySide';
import type { Operation, Outcome } from '../operation';
import { alertFields } from './alertFields';
import { readWatched, type Asked } from './readWatched';
import { hintAtUnknownPlans, tellAlerts, type Telling } from './tellAlerts';

export const getAlerts: Operation = {
	name: 'Get Alerts',
	value: 'getAlerts',
	action: 'Get eSIM alerts',
	subtitle: 'Get alerts',
	description:
		'Get what is new of eSIMs since the last look: data used up, expiry, installed, deleted. Each once.',
	fields: alertFields,
	executeAll: alertsOfItems,
};

interface Failed {
	itemIndex: number;
	error: NodeFailure;
}

const isFailed = <T extends object>(one: T | Failed): one is Failed => 'error' in one;

const outcomeOf = ({ itemIndex, error }: Failed): Outcome => ({
	itemIndex,
	results: [],
	errors: [{ error }],
});

/**
 * Looks at all eSIMs before any alert counts as told: what counts as told must come out, and a run that ends with an
 * error puts out nothing.
 */
async function alertsOfItems(context: IExecuteFunctions, continues: boolean): Promise<Outcome[]> {
	if (nodeOf(context).retryOnFail) throw retried(context);
	const asked = [...context.getInputData().keys()].map((itemIndex) => read(context, itemIndex));
	const refused = asked.filter(isFailed);
	if (!continues && refused.length > 0) return refused.map(outcomeOf);
	const watched = asked.flatMap((one) => (isFailed(one) ? [] : [one]));
	const atOnce = itemsAtOnce(context, alertFields);
	const looks = await lookAtEsims(context, watched, { atOnce, goesOn: continues });
	const seen = watched.map((one) => ({ ...one, look: looks.get(keyOf(one)) }));
	const unseen = seen.flatMap(({ itemIndex, look }) =>
		look && 'error' in look ? [{ itemIndex, error: look.error }] : [],
	);
	if (!continues && unseen.length > 0) return unseen.map(outcomeOf);
	const memory = new Told(context);
	const known = seen.flatMap(({ look, ...one }) =>
		look && 'seen' in look ? [{ ...one, look }] : [],
	);
	hintAtUnknownPlans(context, known);
	const tellings = await tellAlerts(context, memory, known);
	const untold = tellings.filter(isFailed);
	const told = tellings.filter((one): one is Telling => !isFailed(one));
	// What does not come out does not count as told: n8n drops the items of a run that fails, or was stopped.
	if ((!continues && untold.length > 0) || isStopped(context)) {
		const kept = await memory.takeBack(told.flatMap(({ names }) => names));
		for (const { error } of untold) error.description += lostNote(kept);
		return untold.map(outcomeOf);
	}
	return [...[...refused, ...unseen, ...untold].map(outcomeOf), ...told].sort(
		(one, other) => one.itemIndex - other.itemIndex,
	);
}

/** n8n runs a node again whose first item holds an error, and drops what the others held. */
const retried = (context: IExecuteFunctions): NodeFailure =>
	refusal(
		context,
		0,
		'Get Alerts does not go with "Retry On Fail": alerts of a try that n8n repeats would be lost',
		'Switch it off in Settings. Requests are repeated by themselves, and what is not told now comes with the next look. Nothing was sent to MicroeSIM.',
	);

function read(context: IExecuteFunctions, itemIndex: number): Asked | Failed {
	try {
		return readWatched(context, itemIndex);
	} catch (thrown) {
		return { itemIndex, error: nodeErrorOf(context, thrown, itemIndex) };
	}
}
