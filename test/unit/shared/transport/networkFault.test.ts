import fc from 'fast-check';

import { readNetworkFault } from '../../../../nodes/Microesim/shared/transport/networkFault';

const fault = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });

describe('a fault of the network', () => {
	it.each([
		['ECONNREFUSED', 'connect', 'refused'],
		['ENOTFOUND', 'getaddrinfo', 'did not resolve'],
		['EAI_AGAIN', 'getaddrinfo', 'did not resolve'],
		['EHOSTUNREACH', 'connect', 'over the network'],
		['ENETUNREACH', 'connect', 'over the network'],
	])(
		'that kept the request from leaving is known and passes: %s at %s',
		(code, syscall, reason) => {
			const read = readNetworkFault(fault(code, syscall));
			expect(read).toMatchObject({ sent: false, passing: true, code });
			expect(read.reason).toContain(reason);
		},
	);

	it.each([
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
	])('about the certificate kept the request from leaving and does not pass: %s', (code) => {
		const read = readNetworkFault(fault(code));
		expect(read).toMatchObject({ sent: false, passing: false, code });
		expect(read.reason).toContain('certificate');
	});

	it.each(['ETIMEDOUT', 'ECONNABORTED', 'ESOCKETTIMEDOUT'])(
		'%s: MicroeSIM may have seen the request',
		(code) => {
			expect(readNetworkFault(fault(code))).toEqual({
				sent: true,
				passing: true,
				reason: 'did not answer in time',
				code,
			});
		},
	);

	it.each([
		'ECONNRESET',
		'EPIPE',
		'ERR_BAD_RESPONSE',
		'HPE_INVALID_CONSTANT',
		'ERR_STREAM_PREMATURE_CLOSE',
	])('%s: MicroeSIM may have seen the request', (code) => {
		expect(readNetworkFault(fault(code))).toMatchObject({ sent: true, passing: true, code });
	});

	it('that is the stop of the execution is not waited for again', () => {
		expect(readNetworkFault(fault('ERR_CANCELED'))).toMatchObject({ sent: true, passing: false });
	});

	it('is found along the chain of causes', () => {
		const wrapped = new Error('n8n', {
			cause: new Error('axios', { cause: fault('ENOTFOUND', 'getaddrinfo') }),
		});
		expect(readNetworkFault(wrapped)).toMatchObject({ sent: false, code: 'ENOTFOUND' });
	});

	it.each([
		undefined,
		null,
		'boom',
		42,
		{},
		new Error('boom'),
		{ code: 500 },
		fault('SOMETHING_NEW'),
		fault('ECONNREFUSED_BY_PROXY'),
	])('that nobody knows counts as sent, because that is the careful guess (%#)', (error) => {
		expect(readNetworkFault(error)).toMatchObject({ sent: true, passing: false });
	});

	it('never runs in circles', () => {
		const circle: { cause?: unknown } = {};
		circle.cause = { cause: circle };
		expect(readNetworkFault(circle)).toMatchObject({ sent: true });
	});
});

// On a connection that stands, the same codes come from read or write: Linux reports a route or a host
// that was lost meanwhile that way, and by then an order may have arrived.
describe('a fault on a connection that already stood', () => {
	it.each([
		['EHOSTUNREACH', 'read'],
		['ENETUNREACH', 'read'],
		['ENETDOWN', 'write'],
		['EHOSTDOWN', 'read'],
		['ECONNREFUSED', 'read'],
	])('counts as sent: %s at %s', (code, syscall) => {
		expect(readNetworkFault(fault(code, syscall))).toMatchObject({ sent: true });
	});

	it.each([
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC',
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
		'ERR_TLS_RENEGOTIATION_DISABLED',
	])('counts as sent: a broken record after the handshake, %s', (code) => {
		expect(readNetworkFault(fault(code))).toMatchObject({ sent: true });
	});

	it('is told apart from one while connecting by the cause: n8n hands over the code without the system call', () => {
		const wrapped = (code: string, syscall: string) =>
			new Error('n8n', {
				cause: Object.assign(new Error('axios', { cause: fault(code, syscall) }), { code }),
			});
		expect(readNetworkFault(wrapped('EHOSTUNREACH', 'connect'))).toMatchObject({ sent: false });
		expect(readNetworkFault(wrapped('EHOSTUNREACH', 'read'))).toMatchObject({ sent: true });
	});

	it('is not what a host with several addresses gives when all of them refuse', () => {
		const all = new AggregateError([
			fault('ECONNREFUSED', 'connect'),
			fault('ECONNREFUSED', 'connect'),
		]);
		expect(readNetworkFault(Object.assign(all, { code: 'ECONNREFUSED' }))).toMatchObject({
			sent: false,
		});
	});

	it('counts as sent: EPROTO while the answer is read', () => {
		expect(readNetworkFault(fault('EPROTO', 'read'))).toMatchObject({ sent: true });
	});
});

// n8n hands over no cause before 2.31: these shapes were seen on n8n-core 2.30.4, 2.8.1 and 1.122.48.
describe('a fault as n8n 2.30 and older hand it over', () => {
	const seen = (httpCode: string | null, ...messages: string[]) =>
		Object.assign(new Error('A sentence of n8n'), { httpCode, messages, context: {} });

	it.each([
		['ECONNREFUSED', ['connect ECONNREFUSED 127.0.0.1:9', 'connect ECONNREFUSED 127.0.0.1:9']],
		['ECONNREFUSED', ['connect ECONNREFUSED 127.0.0.1:9 | connect ECONNREFUSED 127.0.0.2:9']],
		['ENOTFOUND', ['getaddrinfo ENOTFOUND no-such-host.invalid']],
		['EAI_AGAIN', ['getaddrinfo EAI_AGAIN www.example.com']],
		['EHOSTUNREACH', ['connect EHOSTUNREACH 10.0.0.1:443 - Local (10.0.0.2:50112)']],
	])('kept the request from leaving, and passes: %s, %j', (code, messages) => {
		expect(readNetworkFault(seen(code, ...messages))).toMatchObject({
			sent: false,
			passing: true,
			code,
		});
	});

	it.each([
		// Several addresses that all refuse, on 2.8.1.
		['ECONNREFUSED', ['Error', 'Error']],
		['ECONNREFUSED', ['read ECONNREFUSED']],
		['ECONNREFUSED', ['connect ECONNREFUSED 127.0.0.1:9 | read ECONNREFUSED']],
		['EHOSTUNREACH', ['read EHOSTUNREACH']],
		['ENOTFOUND', []],
		['ECONNRESET', ['socket hang up', 'socket hang up']],
		['ECONNRESET', ['read ECONNRESET', 'read ECONNRESET']],
		['ECONNRESET', ['connect ECONNRESET 127.0.0.1:37209']],
		['ECONNABORTED', ['timeout of 500ms exceeded', 'timeout of 500ms exceeded']],
		['HPE_INVALID_CONSTANT', ['Parse Error: Expected HTTP/, RTSP/ or ICE/']],
		['EPROTO', ['write EPROTO 808CECE51F7F0000:error:0A00010B:SSL routines:…\n']],
		['ERR_BAD_RESPONSE', ['stream has been aborted']],
		// The answer had begun with this status.
		['200', ['stream has been aborted']],
	])('may have been seen by MicroeSIM, and passes: %s, %j', (code, messages) => {
		const read = readNetworkFault(seen(code, ...messages));
		expect(read).toMatchObject({ sent: true, passing: true });
		expect(read.reason).not.toContain('no answer that could be read');
	});

	it('is told in the same words as later on', () => {
		expect(readNetworkFault(seen('ECONNABORTED', 'timeout of 500ms exceeded'))).toEqual(
			readNetworkFault(fault('ECONNABORTED')),
		);
		expect(readNetworkFault(seen('200', 'stream has been aborted'))).toEqual(
			readNetworkFault(fault('ERR_BAD_RESPONSE')),
		);
		expect(readNetworkFault(seen('ENOTFOUND', 'getaddrinfo ENOTFOUND a.invalid'))).toEqual(
			readNetworkFault(fault('ENOTFOUND', 'getaddrinfo')),
		);
	});

	it('is the stop of the execution, too', () => {
		expect(readNetworkFault(seen('ERR_CANCELED', 'canceled'))).toMatchObject({
			sent: true,
			passing: false,
			code: 'ERR_CANCELED',
		});
	});

	it.each([
		['500', ['connect ECONNREFUSED 127.0.0.1:9']],
		[null, ['connect ECONNREFUSED 127.0.0.1:9']],
		['SOMETHING_NEW', ['connect SOMETHING_NEW']],
	])('that nobody knows counts as sent: %s, %j', (code, messages) => {
		expect(readNetworkFault(seen(code, ...messages))).toMatchObject({ sent: true, passing: false });
	});

	it('does not hide behind a cause that says more', () => {
		const both = Object.assign(seen('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:9'), {
			cause: fault('ECONNREFUSED', 'read'),
		});
		expect(readNetworkFault(both)).toMatchObject({ sent: true });
	});

	it('kept the request from leaving in no other words than those of a connection being made', () => {
		const codes = fc.constantFrom('ECONNREFUSED', 'ENOTFOUND', 'EAI_FAIL', 'ENETUNREACH');
		const words = fc.oneof(
			fc.string(),
			fc.constantFrom('read E', 'write E', ' connect E', 'reconnect E'),
		);
		fc.assert(
			fc.property(codes, words, (code, text) => {
				fc.pre(!/^(connect|getaddrinfo) E/.test(text));
				expect(readNetworkFault(seen(code, text)).sent).toBe(true);
			}),
		);
	});
});
