import { refuse, success, type Answer } from '../answers';
import { cents, chinaStamp, parseUtcTime } from '../formats';
import { OWN_MAX_NUMBER, OWN_REFUSALS, type Refusal } from '../ownAnswers';
import type { Plan } from '../plans/plan';
import { schedulePushes } from '../push/deliver';
import { drawFrom } from '../random';
import type { Duration } from '../types';
import type { World } from '../world';
import { makeEsim } from './esims';
import type { Order } from './order';

const THIRTY_DAYS_MS = 30 * 86_400_000;

/**
 * esimSubscribe: books an order and takes its price from the balance, or refuses.
 * A repeated custom_order_no is booked AGAIN: the document does not say what the live service does, and a shop
 * that relies on it to refuse the second order loses money if it does not.
 */
export function bookOrder(world: World, fields: Record<string, string>): Answer {
	const plan = world.plans.find(
		(candidate) => candidate.channel_dataplan_id === fields.channel_dataplan_id,
	);
	const quantity = /^\d{1,6}$/.test(fields.number ?? '') ? Number(fields.number) : 0;
	const problem = problemWith(world, fields, plan, quantity);
	if (problem || !plan) return refuse(problem ?? OWN_REFUSALS.unknownPlan);
	const costCents = cents(plan.price) * quantity;
	world.balanceCents -= costCents;
	const order = makeOrder(world, fields, plan, quantity, costCents / 100);
	world.ledger.push(order);
	schedulePushes(world, order);
	return success({ topup_id: order.topup_id });
}

function problemWith(
	world: World,
	fields: Record<string, string>,
	plan: Plan | undefined,
	quantity: number,
): Refusal | undefined {
	if (!fields.number || !fields.channel_dataplan_id) return OWN_REFUSALS.parameterMissing;
	if (quantity < 1 || quantity > OWN_MAX_NUMBER) return OWN_REFUSALS.badNumber;
	if (!plan) return OWN_REFUSALS.unknownPlan;
	if (plan.status !== '1') return OWN_REFUSALS.planNotOnSale;
	if (fields.activation_date) {
		const activation = parseUtcTime(fields.activation_date);
		const now = world.clock.now();
		if (activation === undefined) return OWN_REFUSALS.badActivationDate;
		// whole seconds, the precision of the field: "now" is not past
		if (activation < Math.floor(now / 1000) * 1000) return OWN_REFUSALS.activationDatePast;
		if (activation > now + THIRTY_DAYS_MS) return OWN_REFUSALS.activationDateTooFar;
	}
	return cents(plan.price) * quantity > world.balanceCents ? OWN_REFUSALS.balanceTooLow : undefined;
}

function makeOrder(
	world: World,
	fields: Record<string, string>,
	plan: Plan,
	quantity: number,
	cost: number,
): Order {
	const { seed, deliveryMs, localDeliveryMs, notifyUrl, currency } = world.settings;
	const index = world.ledger.length;
	const draw = drawFrom(seed, 'order', index);
	const now = world.clock.now();
	const topupId = chinaStamp(now) + draw.digits(10);
	const [low, high] = range(
		plan.channel_dataplan_name.includes('Local') ? localDeliveryMs : deliveryMs,
	);
	return {
		topup_id: topupId,
		custom_order_no: fields.custom_order_no ?? '',
		channel_dataplan_id: plan.channel_dataplan_id,
		number: quantity,
		fields: { ...fields },
		plan: { ...plan },
		bookedAt: now,
		readyAt: now + draw.int(low, high),
		activationAt: fields.activation_date ? parseUtcTime(fields.activation_date) : undefined,
		cost,
		currency,
		notifyUrl: fields.notify_url || notifyUrl,
		esims: Array.from({ length: quantity }, (_, position) => makeEsim(seed, index, position)),
		pushes: [],
		withExtras: index % 3 === 1,
		timesAsked: 0,
	};
}

function range(duration: Duration): [number, number] {
	return typeof duration === 'number' ? [duration, duration] : duration;
}
