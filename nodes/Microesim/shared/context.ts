import type { IExecuteFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';

/** Wherever n8n lets a node send requests from: it gives the credential, the request helper and the node. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IWebhookFunctions;
