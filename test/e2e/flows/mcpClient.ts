import type { IDataObject } from 'n8n-workflow';
import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

import { readSetup } from '../harness';

/** What a program sees that connects to an MCP server. */
export interface Visit {
	instructions?: string;
	tools: Array<{ name: string; description: string; inputSchema: IDataObject }>;
	/** Of the calls, in their sequence. */
	results: Result[];
}

/** What a tool answered, or why it was not called. */
type Result =
	{ isError?: boolean; content: Array<{ type: string; text: string }> } | { refused: string };

/** The words of an answer, or of a refusal. */
export const wordsOf = (result: Result): string =>
	'refused' in result ? result.refused : result.content.map(({ text }) => text).join();

interface Call {
	name: string;
	arguments: IDataObject;
}

/** The client of the protocol's own library, which n8n brings along. */
const CLIENT = `
	const { Client } = require('@modelcontextprotocol/sdk/client/index.js');
	const { StreamableHTTPClientTransport } = require('@modelcontextprotocol/sdk/client/streamableHttp.js');
	const { url, token, calls } = JSON.parse(process.argv[1]);
	const requestInit = { headers: token ? { Authorization: 'Bearer ' + token } : {} };
	(async () => {
		const client = new Client({ name: 'test', version: '1.0.0' });
		await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
		const { tools } = await client.listTools();
		const results = [];
		for (const call of calls)
			results.push(await client.callTool(call).catch(({ message }) => ({ refused: message })));
		console.log(JSON.stringify({ instructions: client.getInstructions(), tools, results }));
		await client.close();
	})()
		.catch(({ message }) => console.log(JSON.stringify({ refused: message })))
		.finally(() => process.exit());
`;

/**
 * Connects to an MCP server over Streamable HTTP, lists its tools and calls some.
 *
 * @param token sent as bearer token; undefined for none
 * @throws Error with what the client says where it does not come in
 */
export async function visit(url: string, token?: string, calls: Call[] = []): Promise<Visit> {
	const { node, n8n } = readSetup();
	const argument = JSON.stringify({ url, token, calls });
	const options = { cwd: dirname(n8n), timeout: 60_000 };
	const { stdout } = await promisify(execFile)(node, ['-e', CLIENT, argument], options);
	const seen = JSON.parse(stdout) as Visit | { refused: string };
	if ('refused' in seen) throw new Error(seen.refused);
	return seen;
}
