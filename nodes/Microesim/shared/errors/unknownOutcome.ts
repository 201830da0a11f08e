import { NodeApiError } from 'n8n-workflow';

import type { RequestContext } from '../context';
import { inOurWords } from './refusal';

/** What is known of an order that may have been bought. */
export interface Doubt {
	/** The Custom Order Number to look for at MicroeSIM. */
	customOrderNo: string;
	/** The order's id, where an unclear answer held one. */
	topupId: string | null;
	/** What happened and what is known of the order, below the sentence that says what to do. */
	description: string;
	httpStatus?: number;
	/** Left by a run before this one, which goes on with its other items. */
	isOfEarlierRun?: boolean;
}

/** An order that may have been bought: no clear answer came, and it was not sent again. */
export class UnknownOutcome extends NodeApiError {
	readonly customOrderNo: string;

	readonly topupId: string | null;

	readonly isOfEarlierRun: boolean;

	constructor(context: RequestContext, doubt: Doubt, itemIndex: number) {
		const { customOrderNo, topupId, description, httpStatus } = doubt;
		const id = topupId === null ? '' : ` (order ID ${topupId})`;
		const message = `The order "${customOrderNo}"${id} may have been bought: look for it at MicroeSIM before ordering again`;
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
		this.isOfEarlierRun = doubt.isOfEarlierRun === true;
		inOurWords(this, message);
	}
}
