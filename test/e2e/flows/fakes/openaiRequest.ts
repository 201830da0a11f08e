import type { IDataObject } from 'n8n-workflow';

/** A tool that is offered to the model. */
export interface Offered extends IDataObject {
	type: 'function';
	name: string;
	description?: string;
	/** JSON Schema of its arguments. */
	parameters: IDataObject;
}

/** A message, a call of a tool, or what a tool put out; what of it is there is looked at below. */
export interface InputItem {
	type?: string;
	id?: string;
	role?: string;
	content?: string | Array<{ type?: string; text?: string }>;
	call_id?: string;
	name?: string;
	arguments?: string;
	output?: string;
}

/** The body of a request for a response. */
export interface ResponsesRequest {
	model: string;
	input: InputItem[];
	tools?: Offered[];
	[other: string]: unknown;
}

/** Parameters of the request, by the API reference; those that the fake knows nothing of are not among them. */
const KNOWN = new Set(
	'model input tools tool_choice parallel_tool_calls stream temperature top_p max_output_tokens max_tool_calls metadata store reasoning text truncation user include service_tier prompt_cache_key safety_identifier'.split(
		' ',
	),
);

const ROLES = ['user', 'assistant', 'system', 'developer'];

/** Kinds of content of a message, by who speaks. */
const CONTENT = { assistant: ['output_text', 'refusal'], other: ['input_text'] };

/**
 * Why OpenAI refuses a request.
 *
 * @returns undefined where it does not
 */
export function faultOfRequest(request: ResponsesRequest): string | undefined {
	const unknown = Object.keys(request).find((name) => !KNOWN.has(name));
	if (unknown !== undefined) return `Unknown parameter: '${unknown}'.`;
	if (typeof request.model !== 'string') return "Missing required parameter: 'model'.";
	if (request.stream === true) return 'This fake knows no streaming.';
	if (!Array.isArray(request.input)) return 'This fake knows lists of input alone.';
	const faults = [
		...(request.tools ?? []).map(faultOfTool),
		...request.input.map(faultOfItem),
		faultOfCalls(request.input),
	];
	return faults.find((fault) => fault !== undefined);
}

function faultOfTool({ type, name, parameters }: Offered, index: number): string | undefined {
	if (type !== 'function') return `Invalid value for 'tools[${index}].type'.`;
	if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) return `Invalid 'tools[${index}].name': '${name}'.`;
	if (parameters?.type === 'object') return undefined;
	return `Invalid schema for function '${name}': schema must be a JSON Schema of 'type: "object"'.`;
}

function faultOfItem(item: InputItem, index: number): string | undefined {
	const { type = 'message' } = item;
	const at = `'input[${index}]`;
	if (type === 'message') return faultOfMessage(item, at);
	if (type !== 'function_call' && type !== 'function_call_output')
		return `Invalid value for ${at}.type': '${type}'.`;
	const { call_id, id, name } = item;
	if (typeof call_id !== 'string') return `Missing required parameter: ${at}.call_id'.`;
	if (type === 'function_call_output')
		return typeof item.output === 'string' ? undefined : `Invalid type for ${at}.output'.`;
	if (id !== undefined && !id.startsWith('fc'))
		return `Invalid ${at}.id': '${id}'. Expected an ID that begins with 'fc'.`;
	return typeof name === 'string' && typeof item.arguments === 'string'
		? undefined
		: `Missing required parameter: ${at}.arguments'.`;
}

function faultOfMessage({ role, content }: InputItem, at: string): string | undefined {
	if (!ROLES.includes(role ?? '')) return `Invalid value for ${at}.role': '${role}'.`;
	if (typeof content === 'string') return undefined;
	if (!Array.isArray(content)) return `Invalid type for ${at}.content'.`;
	const kinds = role === 'assistant' ? CONTENT.assistant : CONTENT.other;
	const odd = content.find(({ type }) => !kinds.includes(type ?? ''));
	return odd && `Invalid value for ${at}.content': '${odd.type}'.`;
}

/** Each call needs its output, and each output its call before it. */
function faultOfCalls(input: InputItem[]): string | undefined {
	const open = new Set<string | undefined>();
	for (const { type, call_id } of input) {
		if (type === 'function_call') open.add(call_id);
		if (type === 'function_call_output' && !open.delete(call_id))
			return `No tool call found for function call output with call_id ${call_id}.`;
	}
	const [left] = [...open];
	return left === undefined ? undefined : `No tool output found for function call ${left}.`;
}
