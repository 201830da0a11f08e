import '../../harness/environment';
import { Logger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import type { IDataObject } from 'n8n-workflow';

import { ENDPOINTS } from '../../../inside';
import { createEngine, nodeOfAnotherProcess } from '../../harness';
import { startBench } from '../../support/microesim';
import { play, type Cell, type Seen, type Stage } from './cell';
import { FAULTS, positionsOf, type OrderFault } from './faults';
import { DEFAULT_NUMBER_SETTINGS, SETTINGS, type Setting } from './settings';

/** Long enough for a busy machine to answer where no fault is meant; only cells with a time-out have it. */
const TIMEOUT_MS = 30_000;
const BENCHES = 6;
/** Cells that mostly wait: many at once cost little. */
const WAITING_BENCHES = 20;

const cellsOf = (settings: Setting[], shopNumber: boolean): Cell[] =>
	FAULTS.flatMap((fault) =>
		settings.flatMap((setting) =>
			positionsOf(fault).map((position) => ({ fault, setting, position, shopNumber })),
		),
	);

/** Every cell of the matrix, in the sequence of the table. */
export const CELLS: Cell[] = [
	...cellsOf(SETTINGS, true),
	...cellsOf(DEFAULT_NUMBER_SETTINGS, false),
].filter(({ fault, shopNumber }) => shopNumber || !fault.stop);

async function playOn(
	{ other, log }: Pick<Stage, 'other' | 'log'>,
	benches: number,
	cells: Cell[],
	options: IDataObject,
): Promise<Map<Cell, Seen>> {
	const seen = new Map<Cell, Seen>();
	const left = [...cells];
	const work = async () => {
		const bench = await startBench();
		for (let cell = left.shift(); cell; cell = left.shift())
			seen.set(cell, await play({ bench, other, log }, cell, options));
		await bench.stop();
	};
	await Promise.all(Array.from({ length: benches }, work));
	return seen;
}

/** Plays all cells, those with a time-out by themselves: only they may have a short one. */
export async function playAll(options: IDataObject = {}): Promise<Seen[]> {
	const usual = ENDPOINTS.subscribe.timeoutMs;
	const log: string[] = [];
	for (const level of ['info', 'warn'] as const)
		jest.spyOn(Container.get(Logger), level).mockImplementation((...[text]) => void log.push(text));
	const stage = { log, other: await createEngine({ nodeTypes: nodeOfAnotherProcess() }) };
	// What each process tries out once belongs to no cell.
	await playOn(
		stage,
		1,
		[CELLS.find(({ setting }) => setting.name === 'Two processes at once')!],
		{},
	);
	const wave = async (benches: number, slow: OrderFault['slow']) =>
		await playOn(
			stage,
			benches,
			CELLS.filter(({ fault }) => fault.slow === slow),
			options,
		);
	const quick = await wave(BENCHES, undefined);
	const waiting = await wave(WAITING_BENCHES, 'waits');
	ENDPOINTS.subscribe.timeoutMs = TIMEOUT_MS;
	try {
		const timedOut = await wave(WAITING_BENCHES, 'timesOut');
		return CELLS.map((cell) => (quick.get(cell) ?? waiting.get(cell) ?? timedOut.get(cell))!);
	} finally {
		ENDPOINTS.subscribe.timeoutMs = usual;
	}
}
