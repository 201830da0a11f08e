import type { IDataObject } from 'n8n-workflow';

import type { Engine } from '../../harness';
import { items, sentTo } from '../../support/look';
import { planById, SAMPLE_PLAN, type Bench } from '../../support/microesim';
import type { OrderFault, Position } from './faults';
import { ledgerOf, visible, type Visible } from './ledger';
import type { Setting } from './settings';
import { stopAt } from './stop';

export interface Cell {
	fault: OrderFault;
	setting: Setting;
	position: Position;
	/** Whether Custom Order Number comes from the input; otherwise it is the field's default. */
	shopNumber: boolean;
}

/** What a cell came to. */
export interface Seen extends Cell {
	/** What must never happen; empty is good. */
	violations: string[];
	/** The item that met the fault, in the words of the table. */
	verdict: string;
	/** The items behind it; undefined where there are none. */
	later: string | undefined;
}

/** Where cells are played. */
export interface Stage {
	bench: Bench;
	/** Another process of n8n over the same database. */
	other: Engine;
	/** What both have written into the log so far. */
	log: string[];
}

let cells = 0;

/** Plays a cell on a stage where nothing else is played meanwhile. */
export async function play(
	{ bench, other, log }: Stage,
	cell: Cell,
	options: IDataObject = {},
): Promise<Seen> {
	const { fault, setting, position, shopNumber } = cell;
	const { simulator } = bench;
	bench.reset();
	if (fault.fault) simulator.faults.after('esimSubscribe', position.at, fault.fault);
	const name = `shop-${++cells}`;
	const number = shopNumber ? { customOrderNo: '={{ $json.value }}' } : {};
	const all = { ...fault.options?.(simulator), ...options };
	const parameters = { planId: planById(SAMPLE_PLAN), ...number, options: all as never };
	const numbers = Array.from({ length: position.items }, (_, index) => `${name}-${index + 1}`);
	const { signal, end } = stopAt(bench, name, fault, position.at);
	let executions = 0;
	const results = await setting.run(async (given, process = 'first') => {
		const run = {
			workflowId: name,
			input: items(...numbers),
			...(++executions === 1 && { signal }),
			...given,
		};
		if (process === 'first') return await bench.run('order', 'create', parameters, run);
		return await other.runNode({
			type: 'n8n-nodes-microesim.microesim',
			parameters: { resource: 'order', operation: 'create', ...parameters },
			credentials: { microesimApi: bench.credential },
			...run,
		});
	});
	end();
	const seen = results.map((result) => visible(result));
	// n8n saves nothing of what a stopped node would have put out: its log tells.
	if (fault.stop)
		seen.push({ json: [], error: log.filter((line) => line.includes(name)).join('\n') });
	return { ...cell, ...judge(bench, cell, seen, numbers) };
}

type Judged = Pick<Seen, 'violations' | 'verdict' | 'later'>;

function judge(
	{ simulator }: Bench,
	{ fault, position: { items: count, at }, shopNumber }: Cell,
	seen: Visible[],
	numbersOfShop: string[],
): Judged {
	const { ends, violations } = ledgerOf(simulator, seen);
	const numbers = [...ends.keys()];
	const met = sentTo(simulator, 'esimSubscribe').find((request) => request.fault !== undefined);
	const struck = shopNumber ? numbersOfShop[at]! : (met?.fields.custom_order_no ?? '');
	if (met && numbers.indexOf(met.fields.custom_order_no ?? '') !== at)
		violations.push(`the fault met item ${numbers.indexOf(met.fields.custom_order_no ?? '')}`);
	for (const number of numbers) {
		if (number !== struck && ends.get(number) !== '1 order, told')
			violations.push(`${number}, which met no fault: ${ends.get(number)}`);
	}
	const behind = count - at - 1;
	const sent = numbers.filter((number) => number !== struck).length - (numbers.length > 0 ? at : 0);
	const later = sent === behind ? 'bought' : sent <= 0 ? 'not sent' : `${sent} of ${behind} bought`;
	return {
		violations,
		verdict: ends.get(struck) ?? (fault.stop ? 'not sent' : 'nothing sent'),
		later: behind > 0 ? later : undefined,
	};
}
