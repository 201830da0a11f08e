import type { IExecuteFunctions, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { isUnknownOrder } from '../errors/advice';
import { failureOf, sentenceOf, type FailedAnswer } from '../errors/failure';
import { refusal } from '../errors/refusal';
import { readOrder } from '../esims';
import { ENDPOINTS } from '../transport/endpoints';
import { ask, mayPass } from '../transport/request';

/** An order that is looked at until it is delivered. */
export class WatchedOrder {
	/** The last that MicroeSIM showed of it; undefined before it showed anything. */
	seen: unknown;

	private lastFailure: FailedAnswer | undefined;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly topupId: string,
		private readonly itemIndex: number,
	) {}

	/**
	 * One look.
	 *
	 * @returns whether every eSIM has its activation code. An order that is not known (yet) and faults that may
	 *   pass count as not ready.
	 * @throws NodeApiError for an answer that waiting cannot mend
	 */
	async look(): Promise<boolean> {
		const answer = await ask(this.context, ENDPOINTS.order, { topup_id: this.topupId }, this.itemIndex);
		if (answer.kind === 'success') {
			this.lastFailure = undefined;
			this.seen = answer.envelope.result;
			return readOrder(this.seen, this.topupId).delivered;
		}
		const unknown = answer.kind === 'refused' && isUnknownOrder(answer.envelope.msg);
		if (!unknown && !mayPass(answer)) throw failureOf(this.context, answer, ENDPOINTS.order, this.itemIndex);
		this.lastFailure = answer;
		return false;
	}

	/** An order that could not be looked at at all was not watched: the failure is what there is to tell. */
	throwIfNeverSeen(): void {
		const { lastFailure } = this;
		if (this.seen !== undefined || !lastFailure || lastFailure.kind === 'refused') return;
		throw failureOf(this.context, lastFailure, ENDPOINTS.order, this.itemIndex);
	}

	/** The error for an order that is not delivered after so many seconds. */
	notReady(seconds: number): NodeApiError | NodeOperationError {
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
