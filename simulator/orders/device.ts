import { refuse, success, type Answer } from '../answers';
import { chinaTime } from '../formats';
import { OWN_REFUSALS, OWN_TERMINATED_STATUS } from '../ownAnswers';
import { findEsim, type World } from '../world';
import { activityOf, eventsOf, usageOf } from './life';
import type { Esim, Order } from './order';

/** deviceDetail: plan, state and usage of one eSIM; topup_id and device_id must belong together (API document: deviceDetail). */
export function deviceDetail(world: World, fields: Record<string, string>): Answer {
	return withEsim(world, fields, (order, esim) => {
		const now = world.clock.now();
		const { activeAt, expireAt } = activityOf(order, esim, now);
		const usage = usageOf(order, esim, now);
		const daily = order.plan.data.startsWith('Daily');
		return success({
			topup_id: order.topup_id,
			device_id: esim.device_id,
			type: 'esim',
			channel_dataplan_id: order.channel_dataplan_id,
			channel_dataplan_name: order.plan.channel_dataplan_name,
			status: esim.terminatedAt === undefined ? 'success' : OWN_TERMINATED_STATUS,
			active_time: optionalTime(activeAt),
			pause_time: '',
			expire_time: optionalTime(expireAt),
			terminate_time: optionalTime(esim.terminatedAt),
			create_time: chinaTime(order.bookedAt),
			data_usage: usage.total,
			data_usage_daily: usage.daily,
			is_daily: String(daily),
			daily_reset_time: daily ? `${chinaTime(now).slice(0, 10)} 23:59:59` : '',
			...(order.withExtras ? { operator_iccid: esim.operator_iccid } : {}),
		});
	});
}

/** eventDetail: what the phone reported of one eSIM, oldest first (API document: eventDetail). */
export function eventDetail(world: World, fields: Record<string, string>): Answer {
	if (!fields.device_id) return refuse(OWN_REFUSALS.parameterMissing);
	const found = findEsim(world, fields.device_id);
	return found
		? success(eventsOf(found.order, found.esim, world.clock.now()))
		: refuse(OWN_REFUSALS.notFound);
}

/**
 * terminate: ends one eSIM; a second time is refused. Nothing is refunded and the answer has no `result`:
 * the document shows neither request nor answer, so these are the simulator's choices.
 */
export function terminate(world: World, fields: Record<string, string>): Answer {
	return withEsim(world, fields, (_order, esim) => {
		if (esim.terminatedAt !== undefined) return refuse(OWN_REFUSALS.alreadyTerminated);
		esim.terminatedAt = world.clock.now();
		return success();
	});
}

function withEsim(
	world: World,
	fields: Record<string, string>,
	use: (order: Order, esim: Esim) => Answer,
): Answer {
	if (!fields.topup_id || !fields.device_id) return refuse(OWN_REFUSALS.parameterMissing);
	const found = findEsim(world, fields.device_id);
	if (!found || found.order.topup_id !== fields.topup_id) return refuse(OWN_REFUSALS.notFound);
	return use(found.order, found.esim);
}

function optionalTime(ms: number | undefined): string {
	return ms === undefined ? '' : chinaTime(ms);
}
