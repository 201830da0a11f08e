import { NodeOperationError, sleep, type IExecuteFunctions } from 'n8n-workflow';

import { Once } from '../once/once';
import type { Alert, Ladder } from './alert';

/** Alerts that are told now, and the names under which n8n's database keeps that they were. */
export interface Telling {
	alerts: Alert[];
	names: string[];
}

const TRIES = 4;
const PAUSE_MS = 250;

/**
 * Tells each alert of an eSIM once, over executions, restarts and processes: like an order number, it is a row in
 * n8n's database, which the first one takes.
 */
export class Told {
	private readonly once: Once;

	constructor(private readonly context: IExecuteFunctions) {
		this.once = new Once(context);
	}

	/**
	 * Takes what is new.
	 *
	 * @param ladders of one eSIM
	 * @param all whether each alert of a ladder is told by itself, and not only the highest one
	 * @throws NodeOperationError when n8n's database does not answer; then nothing of it counts as told
	 */
	async take(esim: string, ladders: Ladder[], all: boolean): Promise<Telling> {
		const names: string[] = [];
		const alerts: Alert[] = [];
		const isNew = async (alert: Alert) => {
			const name = nameOf(esim, alert);
			// It may be written though its answer was lost: told twice is better than never.
			names.push(name);
			const isOurs = await this.once.take(name);
			if (!isOurs) names.pop();
			return isOurs;
		};
		try {
			for (const ladder of ladders) {
				const [highest, ...lower] = [...ladder].reverse();
				if (highest === undefined) continue;
				const isHighestNew = await isNew(highest);
				if (!isHighestNew && !all) continue;
				const told = isHighestNew ? [highest] : [];
				for (const alert of lower) if ((await isNew(alert)) && all) told.unshift(alert);
				alerts.push(...told);
			}
		} catch (error) {
			const kept = await this.takeBack(names);
			throw untold(this.context, error as Error, kept);
		}
		return { alerts, names };
	}

	/**
	 * Makes alerts count as not told, for what does not come out.
	 *
	 * @returns how many of them still count as told, because n8n's database did not answer
	 */
	async takeBack(names: string[]): Promise<number> {
		let left = names;
		for (let attempt = 1; left.length > 0 && attempt <= TRIES; attempt++) {
			// Not the pause that ends with the execution: this is for executions that were stopped, too.
			if (attempt > 1) await sleep(PAUSE_MS);
			const freed = await Promise.allSettled(left.map(async (name) => await this.once.free(name)));
			left = left.filter((_, index) => freed[index]!.status === 'rejected');
		}
		return left.length;
	}
}

/** Said of alerts that could not be taken back. */
export const lostNote = (count: number): string =>
	count === 0
		? ''
		: ` ${count} of its alerts could not be taken back, and will not come again: look at the eSIMs by hand.`;

const untold = (context: IExecuteFunctions, { message }: Error, kept: number): NodeOperationError =>
	new NodeOperationError(
		context.getNode(),
		`n8n's database did not say whether an alert was told before: ${message}`,
		{ description: `It comes with a later look.${lostNote(kept)}` },
	);

const nameOf = (esim: string, { kind, mark }: Alert): string =>
	JSON.stringify(['alert', esim, kind, mark]);
