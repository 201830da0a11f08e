import { NodeApiError } from 'n8n-workflow';

/** An order that may have been bought: no clear answer came, and it was not sent again. */
export class UnknownOutcome extends NodeApiError {
	/** The Custom Order Number to look for at MicroeSIM. */
	customOrderNo = '';

	/** The order's id, where the unclear answer held one. */
	topupId: string | null = null;
}
