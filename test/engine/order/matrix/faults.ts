import type { IDataObject } from 'n8n-workflow';

import type { Fault, Simulator } from '../../../../simulator';
import { turnsBad } from '../../support/turnsBad';

/** One way in which an order can go wrong, named as the table names it. */
export interface OrderFault {
	name: string;
	/** What the simulator does; none where the fault is not MicroeSIM's. */
	fault?: Fault;
	/** Whether MicroeSIM has the order in its books after it. */
	books: boolean;
	/** Where its cells mostly wait: for an answer that never comes, or for the delivery. */
	slow?: 'timesOut' | 'waits';
	/** When the first execution is stopped: between the claim of the number and the request, or before the answer. */
	stop?: 'beforeSending' | 'beforeAnswer';
	/** Options of the node, made when the cell is played. */
	options?: (simulator: Simulator) => IDataObject;
	/** Played with one item and in the middle of five only: many alike. */
	seldom?: boolean;
}

/** What MicroeSIM may say of an order that it has booked: nobody knows its codes and texts. */
export const BOOKED_TEXTS = [
	...['System error', '系统异常', '服务器繁忙', '处理中', '请求超时', 'Internal server error'],
	...['Unknown error', 'Read timed-out', 'Order is being processed', 'Request accepted', 'Success'],
	...['Operation succeeded', 'custom_order_no already exists', 'Duplicate order', 'null', ''],
];

const bookedText = (msg: string): OrderFault => ({
	name: 'Booked, then refused with an unknown text',
	fault: { kind: 'code', code: 500, msg, booked: true },
	books: true,
	seldom: true,
});

export const FAULTS: OrderFault[] = [
	{ name: 'Time-out', fault: { kind: 'slow', ms: 60_000 }, books: true, slow: 'timesOut' },
	{ name: 'Connection cut before booking', fault: { kind: 'cutBefore' }, books: false },
	{ name: 'Connection cut after booking', fault: { kind: 'cutAfter' }, books: true },
	{ name: 'HTTP 401', fault: { kind: 'unauthorized401' }, books: false },
	{ name: 'HTTP 429', fault: { kind: 'tooMany429', retryAfterSeconds: 0.01 }, books: false },
	{ name: 'HTTP 502 web page, not booked', fault: { kind: 'html502' }, books: false },
	{ name: 'HTTP 502 web page, booked', fault: { kind: 'html502', booked: true }, books: true },
	{ name: 'Broken JSON, booked', fault: { kind: 'badJson', booked: true }, books: true },
	{
		name: 'Refused with a known text',
		fault: { kind: 'code', code: 31337, msg: 'The data plan is not on sale' },
		books: false,
	},
	...BOOKED_TEXTS.map(bookedText),
	{ name: 'Stopped before the order left', stop: 'beforeSending', books: false },
	{
		name: 'Stopped while the order was on its way',
		fault: { kind: 'slow', ms: 300 },
		stop: 'beforeAnswer',
		books: true,
	},
	{
		name: 'Option that turns bad after buying',
		fault: { kind: 'slow', ms: 1 },
		books: true,
		options: (simulator) => ({
			waitForDelivery: true,
			maximumWait: turnsBad(simulator, '2', '"soon"'),
		}),
		slow: 'waits',
	},
];

/** Their names, each once, in the sequence of the table. */
export const FAULT_NAMES = [...new Set(FAULTS.map(({ name }) => name))];

/** Where the fault stands among the items of a run. */
export interface Position {
	name: string;
	items: number;
	at: number;
}

export const POSITIONS: Position[] = [
	{ name: '1 item', items: 1, at: 0 },
	{ name: '5 items, the first', items: 5, at: 0 },
	{ name: '5 items, the middle one', items: 5, at: 2 },
	{ name: '5 items, the last', items: 5, at: 4 },
];

const SELDOM = POSITIONS.filter(({ items, at }) => at === Math.floor(items / 2));

/** Where a fault is played. */
export const positionsOf = ({ seldom }: OrderFault): Position[] => (seldom ? SELDOM : POSITIONS);
