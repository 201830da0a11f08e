import {
	webhookDescriptionFields,
	type INodeParameters,
	type IWebhookDescription,
} from 'n8n-workflow';

/** How n8n answers a push, by the parameter "Respond": as an expression, and as what it comes to. */
const FIELDS = {
	responseMode: {
		template: '={{ $parameter["respond"] }}',
		resolve: ({ respond }: INodeParameters) => respond,
	},
	// Without it n8n answers a text of its own in either mode.
	responseData: {
		template: '={{ $parameter["respond"] === "lastNode" ? "noData" : "" }}',
		resolve: ({ respond }: INodeParameters) => (respond === 'lastNode' ? 'noData' : ''),
	},
};

type Answering = Pick<IWebhookDescription, 'responseMode' | 'responseData'>;

/** Older versions of n8n have the expressions alone; they start an expression engine for every push. */
const makeFields =
	(webhookDescriptionFields as typeof webhookDescriptionFields | undefined) ?? templatesOf;

function templatesOf(fields: typeof FIELDS): Record<keyof typeof FIELDS, string> {
	return {
		responseMode: fields.responseMode.template,
		responseData: fields.responseData.template,
	};
}

/** For the description of the webhook that receives pushes. */
export const answering = makeFields(FIELDS) as Answering;
