import { success, type Answer } from './answers';
import { bookOrder } from './orders/book';
import { requestCallback } from './orders/callback';
import { orderDetail } from './orders/detail';
import { deviceDetail, eventDetail, terminate } from './orders/device';
import { onePage, wholeList } from './plans/list';
import type { World } from './world';

export interface Endpoint {
	method: 'GET' | 'POST';
	/** `input` is the query of a GET or the body's fields of a POST. */
	answer: (world: World, input: Record<string, string>) => Answer;
}

/** Where every endpoint lives. */
export const API_ROOT = '/allesim/v1';

/** The nine endpoints of the API document. */
export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
	['esimDataplanList', { method: 'GET', answer: wholeList }],
	['esimDataplanListPage', { method: 'GET', answer: onePage }],
	['esimSubscribe', { method: 'POST', answer: bookOrder }],
	['topupDetail', { method: 'POST', answer: orderDetail }],
	['topupDetail-async', { method: 'POST', answer: requestCallback }],
	['deviceDetail', { method: 'POST', answer: deviceDetail }],
	['eventDetail', { method: 'POST', answer: eventDetail }],
	['accountBalance', { method: 'POST', answer: accountBalance }],
	['terminate', { method: 'POST', answer: terminate }],
]);

/** accountBalance: the money left; `balance` is the one number with decimals that the document sends as a number. */
function accountBalance(world: World): Answer {
	const { currency, account } = world.settings;
	return success({ balance: world.balanceCents / 100, currency, account });
}
