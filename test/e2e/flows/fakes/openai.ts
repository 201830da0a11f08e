import type { IDataObject } from 'n8n-workflow';

import { faultOfRequest, type InputItem, type ResponsesRequest } from './openaiRequest';
import { Site, type Answer, type Call } from './site';

const KEY = 'not-a-real-key';

/** Where n8n's OpenAI nodes look for the API, unless their credential names another address. */
export const OPENAI_HOST = 'api.openai.com';

/** What n8n's credential "OpenAI" holds for it. */
export const OPENAI_CREDENTIAL = { apiKey: KEY, url: `https://${OPENAI_HOST}/v1` };

/** A tool that the model wants to be called. */
export interface ToolCall {
	name: string;
	args: IDataObject;
}

/** What the model answers with: words, or tools that it wants to be called. */
export type Step = string | ToolCall[];

/** What it answers with in each turn after a person's message. @param results of the tools it called last, as text */
export type Part = Step | ((results: string[]) => Step);

/**
 * A part of OpenAI's Responses API, https://platform.openai.com/docs/api-reference/responses/create, with a model that
 * plays parts: by the person's last message, one step for each request. A message that it has no part for is answered
 * with words that say so. It knows no streaming, no stored responses, no built-in tools and no pictures.
 */
export class OpenAi extends Site {
	/** By the person's message, which stands for one conversation: its steps are played once. */
	readonly parts: Record<string, Part[]> = {};

	private readonly turns = new Map<string, number>();

	protected readonly routes = {
		'POST /v1/responses': ({ body }: Call) => this.respond(body as ResponsesRequest),
	};

	/** All that was sent in the turns after a person's message, oldest first. */
	requestsAfter(message: string): ResponsesRequest[] {
		return this.calls
			.map(({ body }) => body as ResponsesRequest)
			.filter(({ input }) => lastMessage(input) === message);
	}

	protected refusal({ headers }: Call): Answer | undefined {
		const isKnown = headers.authorization === `Bearer ${KEY}`;
		return isKnown ? undefined : refused(401, 'Incorrect API key provided.', 'invalid_api_key');
	}

	private respond(request: ResponsesRequest): Answer {
		const fault = faultOfRequest(request);
		if (fault) {
			this.unknown.push(fault);
			return refused(400, fault, null);
		}
		const message = lastMessage(request.input);
		const turn = this.turns.get(message) ?? 0;
		this.turns.set(message, turn + 1);
		const part =
			this.parts[message]?.[turn] ?? `There is no part for turn ${turn} of "${message}".`;
		const step = typeof part === 'function' ? part(lastResults(request.input)) : part;
		return { status: 200, body: responseOf(request.model, step, this.calls.length) };
	}
}

const refused = (status: number, message: string, code: string | null): Answer => ({
	status,
	body: { error: { message, type: 'invalid_request_error', param: null, code } },
});

/** The text of a message, whose content is text or a list of parts. */
export const textOf = ({ content = '' }: InputItem): string =>
	typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');

const lastMessage = (input: InputItem[]): string =>
	textOf(input.filter(({ role }) => role === 'user').at(-1) ?? {});

/** What the tools answered that were called last. */
function lastResults(input: InputItem[]): string[] {
	const first = input.findLastIndex(({ role }) => role === 'user');
	return input
		.slice(first)
		.filter(({ type }) => type === 'function_call_output')
		.map(({ output = '' }) => output);
}

const responseOf = (model: string, step: Step, count: number): IDataObject => ({
	id: `resp_${count}`,
	object: 'response',
	created_at: Math.floor(Date.now() / 1000),
	status: 'completed',
	error: null,
	incomplete_details: null,
	instructions: null,
	metadata: {},
	model,
	output: typeof step === 'string' ? [words(step, count)] : step.map(wish(count)),
	parallel_tool_calls: true,
	usage: {
		input_tokens: 1,
		input_tokens_details: { cached_tokens: 0 },
		output_tokens: 1,
		output_tokens_details: { reasoning_tokens: 0 },
		total_tokens: 2,
	},
});

const words = (text: string, count: number): IDataObject => ({
	type: 'message',
	id: `msg_${count}`,
	status: 'completed',
	role: 'assistant',
	content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
});

const wish =
	(count: number) =>
	({ name, args }: ToolCall, index: number): IDataObject => ({
		type: 'function_call',
		id: `fc_${count}_${index}`,
		call_id: `call_${count}_${index}`,
		name,
		arguments: JSON.stringify(args),
		status: 'completed',
	});
