import type { IExecuteFunctions } from 'n8n-workflow';

import { log } from '../log';
import { noteBooking } from './bookings';
import { placeOrder, type Placed } from './place';
import type { WantedOrder } from './purchase';

/** Places an order, and writes what is paid, or may be, into n8n's log: a stopped execution saves no output. */
export async function placeAndNote(
	context: IExecuteFunctions,
	wanted: WantedOrder,
): Promise<Placed> {
	const placed = await placeOrder(context, wanted);
	if (placed.kind === 'bought') {
		noteBooking(placed.topupId);
		const number = wanted.order.custom_order_no;
		const text = `MicroeSIM order ${placed.topupId} was placed for the Custom Order Number "${number}"`;
		log(context, 'info', text);
	}
	if (placed.kind === 'inDoubt')
		log(context, 'warn', `${placed.error.message}. ${placed.error.description ?? ''}`);
	return placed;
}
