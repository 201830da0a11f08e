import type { IDataObject } from 'n8n-workflow';

import type { Order, Simulator } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import type { FlowDesk } from './desk';

/** Each order has a buyer of its own. */
export const buyerOf = (number: string): string => `${number}@buyers.example`;

/**
 * Buys as the flow of a shop does, which tells the ledger before and afterwards.
 *
 * @param prefix of the numbers, which are its own in each test
 */
export async function bought(
	desk: FlowDesk,
	simulator: Simulator,
	count: number,
	prefix = 'm',
): Promise<Order[]> {
	const tell = async (rows: IDataObject[]) => await desk.call('Order ledger', ...rows);
	const numbers = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
	const sold = { state: 'asked', shop: 'Travel', product: 'Japan, 5 days' };
	await tell(
		numbers.map((number) => ({ ...sold, custom_order_no: number, buyer: buyerOf(number) })),
	);
	const orders: Order[] = [];
	for (const number of numbers) {
		orders.push(orderOf(simulator, await buy(simulator, { custom_order_no: number })));
	}
	await tell(
		orders.map(({ custom_order_no, topup_id }) => ({ custom_order_no, topup_id, number: 1 })),
	);
	return orders;
}
