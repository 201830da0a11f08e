import { createServer, type Server, type Socket } from 'node:net';
import { startSimulator, type PushOverrides, type Simulator } from '../../../simulator/index';
import { buy, readPush, startReceiver } from './client';
import { startRawReceiver, type RawReceiver } from './rawReceiver';

let sim: Simulator;
let receiver: RawReceiver;
let topupId: string;
beforeEach(async () => {
	sim = await startSimulator({ clock: { mode: 'manual' } });
	receiver = await startRawReceiver();
	topupId = await buy(sim, { number: '2' });
});
afterEach(async () => {
	await sim.stop();
	await receiver.close();
});

/** Every field of the push is removed, so that a test says itself what is sent. */
const BARE = Object.fromEntries(
	[
		...['topup_id', 'number', 'create_time', 'device_id', 'lpa_str', 'qrcode', 'cf_code'],
		...['ios_esim_install_link', 'android_esim_install_link', 'msisdn'],
	].map((name) => [name, undefined]),
);
const SAID = { topup_id: '29', empty: '', 'a"b': 'é *~(€' };

/** Pushes once and returns head lines and body as they came over the wire, one character per byte, the port as PORT. */
async function sent({ fields = SAID, ...overrides }: PushOverrides) {
	const [attempt] = await sim.pushNow(topupId, {
		url: receiver.url,
		onePushPerOrder: true,
		fields: { ...BARE, ...fields },
		...overrides,
	});
	expect(attempt).toMatchObject({ status: 200 });
	const text = receiver.connections.at(-1)!.toString('latin1');
	const end = text.indexOf('\r\n\r\n');
	const head = text.slice(0, end).replace(`127.0.0.1:${new URL(receiver.url).port}`, 'HOST');
	return { head: head.split('\r\n'), body: text.slice(end + 4) };
}

const bytes = (text: string) => Buffer.from(text).toString('latin1');

/** The body of a multipart push, with B for its boundary, and the boundary. */
function parts({ head, body }: { head: string[]; body: string }) {
	const boundary = /boundary=(.+)/.exec(head.join('\n'))![1]!;
	return {
		boundary,
		type: head.find((line) => line.startsWith('Content-Type'))!.replace(boundary, 'B'),
		body: body.replaceAll(boundary, 'B'),
	};
}

describe('multipart, byte for byte', () => {
	it('of a browser: parts without a type', async () => {
		const push = await sent({});
		const { boundary, type, body } = parts(push);
		expect(boundary).toMatch(/^----WebKitFormBoundary[A-Za-z0-9]{16}$/);
		expect(body).toBe(
			bytes(
				'--B\r\nContent-Disposition: form-data; name="topup_id"\r\n\r\n29\r\n' +
					'--B\r\nContent-Disposition: form-data; name="empty"\r\n\r\n\r\n' +
					'--B\r\nContent-Disposition: form-data; name="a%22b"\r\n\r\né *~(€\r\n' +
					'--B--\r\n',
			),
		);
		expect(type).toBe('Content-Type: multipart/form-data; boundary=B');
		expect(push.head).toEqual([
			'POST /hook?a=1 HTTP/1.1',
			expect.stringContaining('Content-Type: '),
			`Content-Length: ${push.body.length}`,
			'Host: HOST',
			'Connection: close',
		]);
	});

	it('of RestTemplate: typed parts with their length, in chunks', async () => {
		const push = await sent({ sender: 'restTemplate', headers: { 'X-Own': '1' } });
		const { boundary, body } = parts(push);
		expect(boundary).toMatch(/^[-_A-Za-z0-9]{30,40}$/);
		expect(push.head).toEqual([
			'POST /hook?a=1 HTTP/1.1',
			'Accept: text/plain, application/json, application/*+json, */*',
			`Content-Type: multipart/form-data;boundary=${boundary}`,
			'X-Own: 1',
			'User-Agent: Java/17.0.15',
			'Host: HOST',
			'Connection: close',
			'Transfer-Encoding: chunked',
		]);
		const part = (name: string, value: string) =>
			`--B\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain;charset=UTF-8\r\n` +
			`Content-Length: ${Buffer.byteLength(value)}\r\n\r\n${value}\r\n`;
		const whole = bytes(
			part('topup_id', '29') + part('empty', '') + part('a\\"b', 'é *~(€') + '--B--\r\n',
		);
		const size = whole.replaceAll('--B', `--${boundary}`).length.toString(16);
		expect(body).toBe(`${size}\r\n${whole}\r\n0\r\n\r\n`);
	});

	it("of Apache's HttpClient: typed parts in Latin-1", async () => {
		const push = await sent({ sender: 'httpClient', headers: { 'X-Own': '1' } });
		const { boundary, body } = parts(push);
		expect(boundary).toMatch(/^[-_A-Za-z0-9]{30,40}$/);
		expect(push.head).toEqual([
			'POST /hook?a=1 HTTP/1.1',
			'X-Own: 1',
			`Content-Length: ${push.body.length}`,
			`Content-Type: multipart/form-data; boundary=${boundary}`,
			'Host: HOST',
			'Connection: close',
			'User-Agent: Apache-HttpClient/4.5.14 (Java/17.0.15)',
			'Accept-Encoding: gzip,deflate',
		]);
		const part = (name: string, value: string) =>
			`--B\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain; charset=ISO-8859-1\r\n` +
			`Content-Transfer-Encoding: 8bit\r\n\r\n${value}\r\n`;
		expect(body).toBe(
			part('topup_id', '29') + part('empty', '') + part('a\\"b', '\xe9 *~(?') + '--B--\r\n',
		);
	});

	it("of PHP's curl: parts without a type, no User-Agent", async () => {
		const push = await sent({ sender: 'curl', headers: { 'X-Own': '1' } });
		const { boundary, body } = parts(push);
		expect(boundary).toMatch(/^-{24}[0-9a-f]{16}$/);
		expect(push.head).toEqual([
			'POST /hook?a=1 HTTP/1.1',
			'Host: HOST',
			'Accept: */*',
			'X-Own: 1',
			`Content-Length: ${push.body.length}`,
			`Content-Type: multipart/form-data; boundary=${boundary}`,
		]);
		const part = (name: string, value: string) =>
			`--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
		expect(body).toBe(
			bytes(part('topup_id', '29') + part('empty', '') + part('a%22b', 'é *~(€') + '--B--\r\n'),
		);
	});

	it('of OkHttp: typed parts with their length', async () => {
		const push = await sent({ sender: 'okHttp', headers: { 'X-Own': '1' } });
		const { boundary, body } = parts(push);
		expect(boundary).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		expect(push.head).toEqual([
			'POST /hook?a=1 HTTP/1.1',
			'X-Own: 1',
			`Content-Type: multipart/form-data; boundary=${boundary}`,
			`Content-Length: ${push.body.length}`,
			'Host: HOST',
			'Connection: close',
			'Accept-Encoding: gzip',
			'User-Agent: okhttp/4.12.0',
		]);
		const part = (name: string, value: string) =>
			`--B\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain; charset=utf-8\r\n` +
			`Content-Length: ${Buffer.byteLength(value)}\r\n\r\n${value}\r\n`;
		expect(body).toBe(
			bytes(part('topup_id', '29') + part('empty', '') + part('a%22b', 'é *~(€') + '--B--\r\n'),
		);
	});
});

describe('the whole JSON in one part', () => {
	it.each([
		['plain', 'Content-Type: application/json'],
		['restTemplate', 'Content-Type: application/json'],
		[
			'httpClient',
			'Content-Type: application/json; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit',
		],
		['curl', 'Content-Type: application/json'],
		['okHttp', 'Content-Type: application/json; charset=utf-8\r\nContent-Length: 19'],
	] as const)('of %s', async (sender, headers) => {
		const push = await sent({ sender, encoding: 'multipartJson', fields: { topup_id: '29é' } });
		expect(parts(push).body).toContain(
			`--B\r\nContent-Disposition: form-data; name="data"\r\n${headers}\r\n\r\n${bytes('{"topup_id":"29é"}')}\r\n--B--\r\n`,
		);
	});
});

describe('other encodings', () => {
	it.each([
		['plain', 'application/json;charset=UTF-8'],
		['restTemplate', 'application/json'],
		['httpClient', 'application/json; charset=UTF-8'],
		['curl', 'application/json'],
		['okHttp', 'application/json; charset=utf-8'],
	] as const)('JSON of %s', async (sender, type) => {
		const { head, body } = await sent({ sender, encoding: 'json', fields: { topup_id: '29' } });
		expect(head).toContain(`Content-Type: ${type}`);
		const json = '{"topup_id":"29"}';
		const chunked = head.includes('Transfer-Encoding: chunked');
		expect(chunked).toBe(sender === 'restTemplate');
		expect(body).toBe(chunked ? `11\r\n${json}\r\n0\r\n\r\n` : json);
	});

	it.each([
		['plain', 'application/x-www-form-urlencoded;charset=UTF-8', '+*%7E%28'],
		['restTemplate', 'application/x-www-form-urlencoded;charset=UTF-8', '+*%7E%28'],
		['httpClient', 'application/x-www-form-urlencoded; charset=UTF-8', '+*%7E%28'],
		['curl', 'application/x-www-form-urlencoded', '+%2A~%28'],
		['okHttp', 'application/x-www-form-urlencoded', '%20*%7E%28'],
	] as const)('a form of %s', async (sender, type, signs) => {
		const { head, body } = await sent({ sender, encoding: 'urlencoded' });
		expect(head).toContain(`Content-Type: ${type}`);
		expect(head).toContain(`Content-Length: ${body.length}`);
		expect(body).toBe(`topup_id=29&empty=&a%22b=%C3%A9${signs}%E2%82%AC`);
	});

	it('what curl finds long is asked for first, and sent when it is welcome', async () => {
		const long = 'x'.repeat(1024 * 1024);
		const { head, body } = await sent({ sender: 'curl', fields: { long } });
		expect(head.at(-1)).toBe('Expect: 100-continue');
		expect(parts({ head, body }).body.replace(long, 'LONG')).toBe(
			'--B\r\nContent-Disposition: form-data; name="long"\r\n\r\nLONG\r\n--B--\r\n',
		);
	});

	it('chunks are as large as those of Java', async () => {
		const { body } = await sent({
			sender: 'restTemplate',
			encoding: 'json',
			fields: { a: 'x'.repeat(4089) },
		});
		expect(body).toMatch(/^ff9\r\n\{"a":"x{4083}\r\n8\r\nx{6}"\}\r\n0\r\n\r\n$/);
	});
});

describe('the type of the request', () => {
	it('can be another one, or none', async () => {
		const other = await sent({ encoding: 'json', contentType: 'text/plain' });
		expect(other.head).toContain('Content-Type: text/plain');
		const none = await sent({ encoding: 'json', contentType: null });
		expect(none.head.join()).not.toMatch(/content-type/i);
		expect(none.body).toBe(bytes(JSON.stringify(SAID)));
	});

	it('and any other header can be replaced where it stands', async () => {
		const { head } = await sent({ sender: 'okHttp', headers: { 'user-agent': 'mine' } });
		expect(head.at(-1)).toBe('user-agent: mine');
		expect(head).toHaveLength(8 - 1);
	});
});

describe('lists', () => {
	const LIST = { device_id: ['a', 'b'] };
	it.each([
		['repeat', 'device_id=a&device_id=b'],
		['brackets', 'device_id[]=a&device_id[]=b'],
		['indexed', 'device_id[0]=a&device_id[1]=b'],
		['json', 'device_id=["a","b"]'],
	] as const)('are written by %s', async (listsAs, text) => {
		const urlencoded = await sent({ listsAs, encoding: 'urlencoded', fields: LIST });
		expect(decodeURIComponent(urlencoded.body)).toBe(text);
		const multipart = await sent({ listsAs, fields: LIST });
		const names = [...multipart.body.matchAll(/name="(.+)"\r\n\r\n(.+)\r\n/g)];
		expect(names.map(([, name, value]) => `${name}=${value}`).join('&')).toBe(text);
	});
});

describe('read back', () => {
	const senders = ['plain', 'restTemplate', 'httpClient', 'curl', 'okHttp'] as const;
	const encodings = ['json', 'urlencoded', 'multipart'] as const;
	const read = async (push: PushOverrides) => {
		const other = await startReceiver();
		await sim.pushNow(topupId, { url: other.url, onePushPerOrder: true, ...push });
		await other.close();
		return await readPush(other.pushes[0]!);
	};

	it.each(senders.flatMap((sender) => encodings.map((encoding) => ({ sender, encoding }))))(
		'$encoding of $sender holds every eSIM',
		async (push) => {
			const { esims } = sim.ledger[0]!;
			const [device_ids, qrcode] = [
				esims.map((esim) => esim.device_id),
				esims.map((esim) => esim.qrcode),
			];
			const fields = await read({ ...push, listNames: 'plural' });
			expect(fields).toMatchObject({ topup_id: topupId, number: '2', device_ids, qrcode });
			expect(fields).not.toHaveProperty('device_id');
		},
	);

	const objects = () =>
		sim.ledger[0]!.esims.map(({ device_id, lpa_str }) =>
			expect.objectContaining({ topup_id: topupId, number: '1', device_id, lpa_str }),
		);

	it('one object per eSIM', async () => {
		const push = { esimsAs: 'objects' } as const;
		expect(await read({ ...push, encoding: 'json' })).toEqual(objects());
		expect(await read({ ...push, encoding: 'json', shape: 'result', lists: true })).toEqual({
			code: 1,
			msg: 'Success',
			result: objects(),
		});
		for (const encoding of ['urlencoded', 'multipart'] as const) {
			const flat = await read({ ...push, encoding });
			expect(Object.keys(flat)).toEqual(['data']);
			expect(JSON.parse(flat.data as string)).toEqual(objects());
			const wrapped = await read({ ...push, encoding, shape: 'result' });
			expect(wrapped).toMatchObject({ code: '1', msg: 'Success' });
			expect(JSON.parse(wrapped.result as string)).toEqual(objects());
		}
	});

	it('the one part that holds all', async () => {
		const { data } = await read({ encoding: 'multipartJson', shape: 'data' });
		expect(JSON.parse(data as string)).toMatchObject({ code: 1, data: { topup_id: topupId } });
	});
});

describe('the answer', () => {
	let server: Server;
	const answering = async (answer: (socket: Socket) => void): Promise<string> => {
		server = createServer((socket) => {
			socket.on('error', () => {});
			socket.once('data', () => answer(socket));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
	};
	afterEach(() => new Promise((resolve) => server.close(resolve)));
	const pushed = async (answer: (socket: Socket) => void, more: PushOverrides = {}) =>
		(
			await sim.pushNow(topupId, { url: await answering(answer), onePushPerOrder: true, ...more })
		)[0]!;
	const OK = 'HTTP/1.1 200 OK\r\n';

	it.each([
		['with a length', `${OK}Content-Length: 2\r\n\r\nok`],
		['in chunks', `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`],
		[
			'after an interim one',
			`HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${OK}Content-Length: 0\r\n\r\n`,
		],
	])('is read %s, on a connection kept open', async (_how, text) => {
		const pieces = [...text];
		const { status } = await pushed((socket) => {
			for (const piece of pieces) socket.write(piece);
		});
		expect(status).toBe(200);
	});

	it('may end with the connection', async () => {
		expect((await pushed((socket) => socket.end(`${OK}\r\nok`))).status).toBe(200);
	});

	it.each([
		['nothing', '', 'closed without an answer'],
		['half of it', `${OK}Content-Length: 5\r\n\r\nok`, 'closed without an answer'],
		['half a chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n5\r\nok`, 'closed without an answer'],
		['no HTTP', 'hello\r\n\r\n', 'does not speak HTTP'],
	])('that is %s counts as none', async (_what, text, error) => {
		expect(await pushed((socket) => socket.end(text))).toMatchObject({
			status: null,
			error: expect.stringContaining(error),
		});
	});

	it('may come before the body was asked for', async () => {
		const { status } = await pushed(
			(socket) => socket.write('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'),
			{
				sender: 'curl',
				fields: { long: 'x'.repeat(1024 * 1024) },
			},
		);
		expect(status).toBe(413);
	});

	it('is not waited for when the simulator stops', async () => {
		const attempt = pushed(() => void sim.stop());
		expect(await attempt).toMatchObject({ status: null, error: 'simulator stopped' });
	});
});
