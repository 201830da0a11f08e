import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../../../simulator';
import { inWords, figuresOf } from './figures';
import { report } from './report';

/** MicroeSIM's answers take so long. */
export const LATENCY_MS = 60;
/** As the option "Concurrent Requests" is by default. */
const MOST_AT_ONCE = 10;

/** What is read of many eSIMs or orders: with the node, and by a flow of test/bench/by-hand. */
export interface Read {
	name: string;
	parameters: INodeParameters;
	endpoint: string;
	byHand: string;
}

export const READS: Read[] = [
	{
		name: 'eSIM → Get',
		parameters: {
			resource: 'esim',
			operation: 'get',
			topupId: '={{ $json.id }}',
			deviceId: '={{ $json.device }}',
		},
		endpoint: 'deviceDetail',
		byHand: 'state-of-esims',
	},
	{
		name: 'eSIM → Get Events',
		parameters: { resource: 'esim', operation: 'getEvents', deviceId: '={{ $json.device }}' },
		endpoint: 'eventDetail',
		byHand: 'events-of-esims',
	},
	{
		name: 'Order → Get',
		parameters: { resource: 'order', operation: 'get', topupId: '={{ $json.id }}' },
		endpoint: 'topupDetail',
		byHand: 'state-of-orders',
	},
];

/** The eSIMs in the simulator's books, one item for each, as both sides take them. */
export const itemsToRead = ({ url, ledger }: Simulator): IDataObject[] =>
	ledger.map(({ topup_id, esims }) => ({ url, id: topup_id, device: esims[0]!.device_id }));

/** Does the work once, and checks it. @returns seconds @throws Error where something is missing */
export async function timedRead(
	simulator: Simulator,
	items: number,
	work: () => Promise<number>,
): Promise<number> {
	simulator.forgetMostOpen();
	simulator.requests.length = 0;
	const since = performance.now();
	const given = await work();
	const seconds = (performance.now() - since) / 1000;
	const answered = simulator.requests.filter(({ status }) => status === 200).length;
	if (answered !== items || given < items)
		throw new Error(`${items} to read, ${answered} answers, ${given} items`);
	return seconds;
}

/** Prints a row. @param where the engine both ran in; `most`: requests of ours on their way at once */
export function reportRead(
	{ name }: Read,
	where: string,
	measured: { ours: number[]; theirs: number[] },
	{ items, most, isJudged }: { items: number; most: number; isJudged: boolean },
): void {
	const [ours, theirs] = [figuresOf(measured.ours), figuresOf(measured.theirs)];
	const ratio = theirs.median / ours.median;
	const isModest = most <= MOST_AT_ONCE;
	// Answers that come one after another, whatever the machine does.
	const least = (Math.ceil(items / MOST_AT_ONCE) * LATENCY_MS) / 1000;
	report({
		work: `${name} of ${items} items, ${LATENCY_MS} ms an answer, ${where}`,
		against: 'HTTP Request, all at once',
		measured: `${ratio.toFixed(2)} × its speed, ${inWords(ours, 's')} against ${inWords(theirs, 's')}; at most ${most} on their way`,
		target: isJudged ? '≥ 0.8 × its speed, at most 10 on their way' : 'at most 10 on their way',
		reached: isModest && (!isJudged || ratio >= 0.8),
		why: `ten at once wait ${least.toFixed(2)} s for these answers, so ${(theirs.median / least).toFixed(2)} × is the most there is; n8n's own work on ${items} requests comes to it. HTTP Request has all ${items} on their way at once, which MicroeSIM is spared here`,
	});
}
