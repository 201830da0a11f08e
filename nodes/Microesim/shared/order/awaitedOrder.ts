import { readOrder, type Order } from '../answers/esims';
import { textOrNull } from '../answers/text';
import { vendorTime } from '../answers/times';
import type { RequestContext } from '../context';
import { isUnknownOrder } from '../errors/advice';
import { refusal, type NodeFailure } from '../errors/refusal';
import { ENDPOINTS } from '../transport/endpoints';
import { failureOf, sentenceOf, type FailedAnswer } from '../transport/failure';
import { mayPass } from '../transport/request';
import { send } from '../transport/send';

/** The API document asks for a minute or two more for plans with this in their name. */
const LOCAL = /local/i;
const LOCAL_MS = 60_000;
const SHORTEST_PAUSE_MS = 1500;
const LONGEST_PAUSE_MS = 15_000;
/** Pauses grow with the time passed: an order that takes 30 s is found at most 2.4 s late. */
const GROWTH = 0.08;

/** An order that is looked at until it is delivered. */
export class AwaitedOrder {
	/** The last that MicroeSIM showed of it; undefined before it showed anything. */
	seen: unknown;

	private lastFailure: FailedAnswer | undefined;

	constructor(
		private readonly context: RequestContext,
		readonly topupId: string,
		private readonly itemIndex: number,
		/** How many eSIMs were bought, where that is known. */
		private readonly quantity?: number,
	) {}

	/** The order as far as it is known, split into eSIMs. */
	get order(): Order {
		return readOrder(this.seen, this.topupId, this.quantity);
	}

	/**
	 * One look, with one request.
	 *
	 * @returns whether every eSIM has its activation code. An order that is not known (yet) and faults that may
	 *   pass count as not ready.
	 * @throws NodeApiError for an answer that waiting cannot mend
	 */
	async look(): Promise<boolean> {
		const answer = await send(
			this.context,
			ENDPOINTS.order,
			{ topup_id: this.topupId },
			this.itemIndex,
		);
		if (answer.kind === 'success') {
			this.lastFailure = undefined;
			this.seen = answer.envelope.result ?? {};
			return this.order.delivered;
		}
		const unknown = answer.kind === 'refused' && isUnknownOrder(answer.envelope.msg);
		if (!unknown && !mayPass(answer))
			throw failureOf(this.context, answer, ENDPOINTS.order, this.itemIndex);
		this.lastFailure = answer;
		return false;
	}

	/** How long to wait for the next look, so many milliseconds after the first moment. */
	pauseMs(elapsedMs: number): number {
		const { fields } = this.order;
		const created = Date.parse(vendorTime(fields.create_time) ?? '');
		const age = Number.isNaN(created) ? elapsedMs : Math.max(elapsedMs, Date.now() - created);
		if (LOCAL.test(textOrNull(fields.channel_dataplan_name) ?? '') && age < LOCAL_MS)
			return LOCAL_MS - age;
		return Math.min(Math.max(elapsedMs * GROWTH, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
	}

	/** An order that could not be looked at at all was not waited for: then the failure is what there is to tell. */
	failureIfNeverSeen(): NodeFailure | undefined {
		const { lastFailure } = this;
		if (this.seen !== undefined || !lastFailure || lastFailure.kind === 'refused') return undefined;
		return failureOf(this.context, lastFailure, ENDPOINTS.order, this.itemIndex);
	}

	/** The error for an order that is not delivered after so many seconds. */
	notReady(seconds: number): NodeFailure {
		const { lastFailure } = this;
		const message = `The order ${this.topupId} was not delivered within ${seconds} seconds`;
		if (this.seen !== undefined || !lastFailure) {
			return refusal(
				this.context,
				this.itemIndex,
				message,
				'It is paid and will come. Look at it later with Order → Get, or set a longer Maximum Wait.',
			);
		}
		return refusal(
			this.context,
			this.itemIndex,
			`${message}. ${sentenceOf(lastFailure, ENDPOINTS.order)}`,
			'MicroeSIM never showed this order: check the Order ID, and look at it later with Order → Get.',
		);
	}
}
