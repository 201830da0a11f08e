import { randomUUID } from 'crypto';
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { countInRow } from './inRow';
import { Rows, TAKEN } from './rows';
import { ENTRIES } from './store';

/** What this process has found out; the code of n8n is the same for all its executions. */
let trial: Promise<boolean> | undefined;
/** What was found out of the node of a run, so that its orders do not ask for it one by one. */
const ofRuns = new WeakMap<IExecuteFunctions, boolean>();

/**
 * Whether n8n's store keeps a row per name here. That is tried, not guessed by a version: n8n must read the name of
 * a row that nobody has used, and find nothing in it; and once per process, what is written into one such row must
 * be found there and in no other.
 *
 * @throws what n8n's database throws
 */
export async function hasRows(context: IExecuteFunctions): Promise<boolean> {
	const known = ofRuns.get(context);
	if (known !== undefined) return known;
	const found = await findOut(context);
	ofRuns.set(context, found);
	return found;
}

async function findOut(context: IExecuteFunctions): Promise<boolean> {
	if ((await countInRow(context, randomUUID())) !== 0) return false;
	trial ??= tryOut(context);
	trial.catch(forgetTrial);
	return await trial;
}

async function tryOut(context: IExecuteFunctions): Promise<boolean> {
	const rows = new Rows(context);
	const [one, other] = [randomUUID(), randomUUID()];
	if (!(await rows.take(one))) {
		throw new NodeOperationError(context.getNode(), 'a name that nobody knows was taken');
	}
	const isRow = (await rows.look(one)) === 'taken' && (await rows.look(other)) === 'free';
	if (isRow) await rows.free(one);
	// Then the value went into the list of the node, which holds what earlier versions wrote.
	else await context.helpers.removeProcessed([TAKEN], 'node', ENTRIES);
	return isRow;
}

/** Forgets it, as a restart would. For tests. */
export const forgetTrial = (): void => {
	trial = undefined;
};
