import type { IExecuteFunctions } from 'n8n-workflow';

import { log } from '../log';
import { List, nameOfList } from './list';
import { Rows } from './rows';
import { ENTRIES, type State, type Store } from './store';
import { forgetTrial, hasRows } from './trial';
import { inTurn } from './turns';

const NO_ROWS =
	'MicroeSIM: this n8n keeps the names that are used once in one list per node instead of one row each. That is exact within one process of n8n, but not over several. Please report it to the makers of the node.';

let isSaid = false;

/** Lists that hold nothing; what is written down by now goes into rows. */
const emptyLists = new Set<string>();

/**
 * Names of a node that are taken once, whoever asks first, and known in n8n's database from then on: over all its
 * processes, where n8n's store lets a name have a row of its own, otherwise within this process.
 *
 * Each call rejects when the database does; `take` then may or may not have taken the name.
 */
export class Once {
	private store: Promise<Store> | undefined;

	constructor(private readonly context: IExecuteFunctions) {}

	/** @param formerly what the name was called in the lists of earlier versions, where it still counts */
	async look(name: string, formerly: string[] = []): Promise<State> {
		const store = await this.storeOfRun();
		const names = [name, ...formerly];
		if (!(store instanceof Rows)) {
			for (const one of names) if ((await store.look(one)) !== 'free') return 'listed';
			return 'free';
		}
		const state = await store.look(name);
		if (state !== 'free') return state;
		const isInList = async () => await this.isInList(store, names);
		return (await inTurn(`looking into ${nameOfList(this.context)}`, isInList)) ? 'listed' : 'free';
	}

	/** @returns whether this very call took the name */
	async take(name: string): Promise<boolean> {
		return await (await this.storeOfRun()).take(name);
	}

	/** Notes of a taken name that what it was taken for is done. */
	async finish(name: string): Promise<void> {
		await (await this.storeOfRun()).finish(name);
	}

	/** Notes of a taken name that nobody knows, or will know, whether that is done. */
	async doubt(name: string): Promise<void> {
		await (await this.storeOfRun()).doubt(name);
	}

	/** Lets a name be taken again. */
	async free(name: string): Promise<void> {
		await (await this.storeOfRun()).free(name);
	}

	private async storeOfRun(): Promise<Store> {
		this.store ??= this.chooseStore();
		return await this.store;
	}

	private async chooseStore(): Promise<Store> {
		if (await hasRows(this.context)) return new Rows(this.context);
		emptyLists.delete(nameOfList(this.context));
		if (!isSaid) log(this.context, 'warn', NO_ROWS);
		isSaid = true;
		return new List(this.context);
	}

	/**
	 * A look into a list writes into it; a row says meanwhile that what stands there was not there before. It goes
	 * with what was written: version 0.1.0, to which somebody may go back, buys without a row.
	 */
	private async isInList(rows: Rows, names: string[]): Promise<boolean> {
		if (emptyLists.has(nameOfList(this.context))) return false;
		if ((await this.context.helpers.getProcessedDataCount('node', ENTRIES)) === 0) {
			emptyLists.add(nameOfList(this.context));
			return false;
		}
		const notThere = `${names[0]!} is in no list`;
		if ((await rows.look(notThere)) !== 'free') return false;
		const list = new List(this.context);
		const added: string[] = [];
		try {
			for (const one of names) {
				if (!(await list.add(one))) return true;
				added.push(one);
			}
			await rows.take(notThere);
		} finally {
			for (const one of added) await list.free(one);
		}
		await rows.free(notThere);
		return false;
	}
}

/** Forgets what this process has found out about n8n's store, as a restart would. For tests. */
export function forgetOnce(): void {
	forgetTrial();
	emptyLists.clear();
	isSaid = false;
}
