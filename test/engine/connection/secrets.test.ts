import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import {
	createServer,
	type IncomingHttpHeaders,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

import { everythingOf, textOf } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

const bench = useBench();
let server: Server;
let credential: ICredentialDataDecryptedObject;
let seen: IncomingHttpHeaders[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
	server = createServer((request, response) => {
		seen.push(request.headers);
		request.resume();
		answer(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	credential = { ...bench.credential, baseUrl: `http://127.0.0.1:${port}` };
});

beforeEach(() => {
	seen = [];
});

afterAll(async () => {
	server.closeAllConnections();
	server.close();
});

const say =
	(status: number, body: string) =>
	(response: ServerResponse): void => {
		response
			.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0.01' })
			.end(body);
	};

const operations: Array<[string, string, IDataObject]> = [
	['account', 'getBalance', {}],
	['order', 'create', { planId: planById(SAMPLE_PLAN), customOrderNo: '1' }],
	['order', 'get', { topupId: '1' }],
	['esim', 'terminate', { topupId: '1', deviceId: '2' }],
];

const answers: Array<[string, (response: ServerResponse) => void]> = [
	['a refusal', say(200, '{"code":9401,"msg":"Signature error"}')],
	['HTTP 401', say(401, '{"code":9401,"msg":"Unauthorized"}')],
	['HTTP 500', say(500, 'broken')],
	['a web page', say(200, '<html></html>')],
	['a success', say(200, '{"code":1,"msg":"Success","result":{"topup_id":"1","balance":1}}')],
];

it.each(answers)(
	'no secret and no signature is left behind by any operation after %s',
	async (_name, how) => {
		answer = how;
		for (const [resource, operation, parameters] of operations) {
			seen = [];
			const result = await bench.run(resource, operation, parameters, {
				credentials: { microesimApi: credential },
			});
			expect(seen.length).toBeGreaterThan(0);
			expectNothingOf(everythingOf(result));
		}
	},
);

it('no secret and no signature is left behind by an order whose connection is cut', async () => {
	answer = (response) => response.destroy();
	const [, [resource, operation, parameters]] = operations as [unknown, (typeof operations)[0]];
	for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
		const given = { credentials: { microesimApi: credential }, onError };
		expectNothingOf(everythingOf(await bench.run(resource, operation, parameters, given)));
	}
	expect(seen).toHaveLength(2);
});

it.each<ICredentialDataDecryptedObject>([
	{ salt: 'not hexadecimal SALT77' },
	{ salt: 'deadbeefdeadbeefd' },
	{ baseUrl: 'http://example.com' },
	{ account: '' },
])('no secret is left behind by a credential that cannot be used: %j', async (change) => {
	const broken: ICredentialDataDecryptedObject = { ...credential, ...change };
	const result = await bench.run(
		'account',
		'getBalance',
		{},
		{ credentials: { microesimApi: broken } },
	);
	expect(result.error()?.description).toContain('Nothing was sent');
	expect(seen).toEqual([]);
	const left = everythingOf(result);
	expect(left).toContain('credential');
	for (const field of ['secret', 'salt']) expect(left).not.toContain(textOf(broken, field));
});

function expectNothingOf(left: string): void {
	expect(left).toContain('runData');
	expect(left).not.toContain(textOf(credential, 'secret'));
	expect(left).not.toContain(textOf(credential, 'salt'));
	for (const headers of seen) {
		for (const name of ['microesim-sign', 'microesim-nonce'] as const) {
			expect(String(headers[name])).toMatch(/^[0-9a-f]{32,64}$/);
			expect(left).not.toContain(String(headers[name]));
		}
	}
}
