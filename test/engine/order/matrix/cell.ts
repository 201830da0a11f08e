import type { IDataObject } from 'n8n-workflow';

import { items, sentTo } from '../../support/look';
import { planById, SAMPLE_PLAN, type Bench } from '../../support/microesim';
import type { OrderFault, Position } from './faults';
import { ledgerOf, visible } from './ledger';
import type { Setting } from './settings';

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

let cells = 0;

/** Plays a cell on a bench that does nothing else meanwhile. */
export async function play(bench: Bench, cell: Cell, options: IDataObject = {}): Promise<Seen> {
	const { fault, setting, position, shopNumber } = cell;
	const { simulator } = bench;
	bench.reset();
	simulator.faults.after('esimSubscribe', position.at, fault.fault);
	const name = `shop-${++cells}`;
	const number = shopNumber ? { customOrderNo: '={{ $json.value }}' } : {};
	const parameters = { planId: planById(SAMPLE_PLAN), ...number, options: options as never };
	const input = items(
		...Array.from({ length: position.items }, (_, index) => `${name}-${index + 1}`),
	);
	const results = await setting.run(
		async (given) =>
			await bench.run('order', 'create', parameters, { workflowId: name, input, ...given }),
	);
	return {
		...cell,
		...judge(
			bench,
			position,
			results.map((result) => visible(result)),
		),
	};
}

type Judged = Pick<Seen, 'violations' | 'verdict' | 'later'>;

function judge(
	bench: Bench,
	{ items: count, at }: Position,
	seen: Parameters<typeof ledgerOf>[1],
): Judged {
	const { ends, violations } = ledgerOf(bench.simulator, seen);
	const numbers = [...ends.keys()];
	const struck =
		sentTo(bench.simulator, 'esimSubscribe').find(({ fault }) => fault !== undefined)?.fields
			.custom_order_no ?? '';
	if (numbers.indexOf(struck) !== at)
		violations.push(`the fault met item ${numbers.indexOf(struck)}`);
	for (const number of numbers) {
		if (number !== struck && ends.get(number) !== '1 order, told')
			violations.push(`${number}, which met no fault: ${ends.get(number)}`);
	}
	const sent = numbers.length - at - 1;
	const behind = count - at - 1;
	const later =
		sent === behind ? 'bought' : sent === 0 ? 'not sent' : `${sent} of ${behind} bought`;
	return {
		violations,
		verdict: ends.get(struck) ?? 'nothing sent',
		later: behind > 0 ? later : undefined,
	};
}
