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
import { bookedAt } from './bookings';
import { isLocal, pauseAfterLook, usualFirstLook } from './looks';

/** An order that is looked at until it is delivered. */
export class AwaitedOrder {
	/** The last that MicroeSIM showed of it; undefined before it showed anything. */
	seen: unknown;

	private lastFailure: FailedAnswer | undefined;

	private readonly bookedAt: number | undefined;

	/** When the first look is due, where its time was chosen by the age and it is still to come. */
	private firstLookAt: number | undefined;

	constructor(
		private readonly context: RequestContext,
		readonly topupId: string,
		private readonly itemIndex: number,
		/** How many eSIMs were bought, where that is known. */
		private readonly quantity?: number,
	) {
		this.bookedAt = bookedAt(topupId);
	}

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
		const isFirst = Date.now() >= (this.firstLookAt ?? Infinity);
		this.firstLookAt = undefined;
		const answer = await send(
			this.context,
			ENDPOINTS.order,
			{ topup_id: this.topupId },
			this.itemIndex,
		);
		if (answer.kind === 'success') {
			this.lastFailure = undefined;
			this.seen = answer.envelope.result ?? {};
			const { delivered } = this.order;
			if (isFirst && !this.isLocal) usualFirstLook.learn(delivered);
			return delivered;
		}
		const unknown = answer.kind === 'refused' && isUnknownOrder(answer.envelope.msg);
		if (!unknown && !mayPass(answer))
			throw failureOf(this.context, answer, ENDPOINTS.order, this.itemIndex);
		if (isFirst && unknown) usualFirstLook.learn(false);
		this.lastFailure = answer;
		return false;
	}

	/**
	 * How long to wait before the first look, in milliseconds: until an order of the age can be ready, where this
	 * process placed it; otherwise the first look tells the age, and is taken at once.
	 */
	firstPauseMs(): number {
		if (this.bookedAt === undefined) return 0;
		const due = this.bookedAt + usualFirstLook.ageMs;
		const left = Math.max(due - Date.now(), 0);
		if (left > 0) this.firstLookAt = due;
		return left;
	}

	/** How long to wait for the next look, so many milliseconds after the wait began. */
	pauseMs(elapsedMs: number): number {
		return pauseAfterLook(this.ageMs(elapsedMs), this.isLocal, usualFirstLook.ageMs);
	}

	private get isLocal(): boolean {
		return isLocal(textOrNull(this.order.fields.channel_dataplan_name));
	}

	/** Our own clock is believed first: that of MicroeSIM may be another one. */
	private ageMs(elapsedMs: number): number {
		if (this.bookedAt !== undefined) return Date.now() - this.bookedAt;
		const created = Date.parse(vendorTime(this.order.fields.create_time) ?? '');
		return Number.isNaN(created) ? elapsedMs : Math.max(elapsedMs, Date.now() - created);
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
		const message = `The order ${this.topupId} was not delivered within ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
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
