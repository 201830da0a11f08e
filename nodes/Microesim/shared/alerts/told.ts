import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import { Once } from '../once/once';
import type { Alert, Ladder } from './alert';

/** Alerts that are told now, and how to take back that they were. */
export interface Telling {
	alerts: Alert[];
	takeBack(): Promise<void>;
}

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
		const taken: string[] = [];
		const alerts: Alert[] = [];
		const takeBack = async () => {
			for (const name of taken) await this.once.free(name);
		};
		const isNew = async (alert: Alert) => {
			const name = nameOf(esim, alert);
			const isOurs = await this.once.take(name);
			if (isOurs) taken.push(name);
			return isOurs;
		};
		try {
			for (const ladder of ladders) {
				const [highest, ...lower] = [...ladder].reverse();
				if (highest === undefined || (!(await isNew(highest)) && !all)) continue;
				const told = taken.at(-1) === nameOf(esim, highest) ? [highest] : [];
				for (const alert of lower) if ((await isNew(alert)) && all) told.unshift(alert);
				alerts.push(...told);
			}
		} catch (error) {
			await takeBack().catch(() => {});
			throw untold(this.context, error as Error);
		}
		return { alerts, takeBack };
	}
}

const untold = (context: IExecuteFunctions, { message }: Error): NodeOperationError =>
	new NodeOperationError(
		context.getNode(),
		`n8n's database did not say whether an alert was told before: ${message}`,
		{ description: 'It does not count as told, and comes with a later look.' },
	);

const nameOf = (esim: string, { kind, mark }: Alert): string =>
	JSON.stringify(['alert', esim, kind, mark]);
