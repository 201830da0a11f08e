import { refuse, success, type Answer } from '../answers';
import { OWN_REFUSALS } from '../ownAnswers';
import { schedulePushes } from '../push/deliver';
import { findOrder, type World } from '../world';

/**
 * topupDetail-async: asks for the push of an order to an address, at once if the order is ready.
 * The document names neither parameter nor answer; `notify_url` and an answer without `result` are best guesses.
 */
export function requestCallback(world: World, fields: Record<string, string>): Answer {
	if (!fields.topup_id || !fields.notify_url) return refuse(OWN_REFUSALS.parameterMissing);
	if (!URL.canParse(fields.notify_url)) return refuse(OWN_REFUSALS.badCallback);
	const order = findOrder(world, fields.topup_id);
	if (!order) return refuse(OWN_REFUSALS.notFound);
	order.notifyUrl = fields.notify_url;
	schedulePushes(world, order);
	return success();
}
