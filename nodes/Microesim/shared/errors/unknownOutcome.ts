import { NodeApiError } from 'n8n-workflow';

import type { RequestContext } from '../context';
import { inOurWords } from './refusal';

/** What is known of an order that may have been bought. */
export interface Doubt {
	/** The Custom Order Number to look for at MicroeSIM. */
	customOrderNo: string;
	/** The order's id, where an unclear answer held one. */
	topupId: string | null;
	message: string;
	description: string;
	httpStatus?: number;
}

/** An order that may have been bought: no clear answer came, and it was not sent again. */
export class UnknownOutcome extends NodeApiError {
	readonly customOrderNo: string;

	readonly topupId: string | null;

	constructor(context: RequestContext, doubt: Doubt, itemIndex: number) {
		const { customOrderNo, topupId, message, description, httpStatus } = doubt;
		super(
			context.getNode(),
			{ outcome: 'unknown', custom_order_no: customOrderNo },
			{
				message,
				description,
				httpCode: httpStatus === undefined ? undefined : String(httpStatus),
				itemIndex,
			},
		);
		this.customOrderNo = customOrderNo;
		this.topupId = topupId;
		inOurWords(this, message);
	}
}
