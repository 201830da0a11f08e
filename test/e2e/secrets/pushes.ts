import type { Order } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf, post, pushFields } from '../bench';
import { activateFlow } from '../harness';
import type { Stage } from './stage';
import { startWire } from './wire';

/**
 * Triggers of each way to check a push.
 *
 * @param times how often they are to be pushed to
 * @returns what pushes to all of them, rightly and wrongly
 */
export async function openTriggers(stage: Stage, times: number): Promise<() => Promise<void>> {
	const { api, urls, simulator, credential, wires, urlToken } = stage;
	const paths: Record<string, string> = {};
	for (const verifyBy of ['lookup', 'order', 'signature', 'token']) {
		const given = { at: urls };
		paths[verifyBy] = (await activateFlow(api, credential, { verifyBy }, given)).path;
	}
	const back = await Promise.all(urls.map(startWire));
	wires.push(...back);
	const orders: Order[] = [];
	for (let left = times; left > 0; left--) orders.push(orderOf(simulator, await buy(simulator)));
	return async () => {
		const order = orders.pop()!;
		// each process in turn
		const { url } = back[orders.length % back.length]!;
		const body = JSON.stringify(pushFields(order));
		const token = `?token=${urlToken}`;
		await Promise.all(
			Object.values(paths).map(async (path) => {
				await post(`${url}${path}${token}`, body);
				await post(`${url}${path}?token=wrong`, body);
				await post(`${url}${path}${token}`, '{broken');
				await post(`${url}${path}`, body);
			}),
		);
		const signed = { url: `${url}${paths.signature}${token}`, signed: true };
		await simulator.pushNow(order.topup_id, signed);
		await simulator.pushNow(order.topup_id, { ...signed, encoding: 'json' });
	};
}
