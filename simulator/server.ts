import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { refuse, writeJson, type Answer } from './answers';
import { API_ROOT, ENDPOINTS } from './endpoints';
import { OWN_REFUSALS, signatureRefusal } from './ownAnswers';
import { JSON_TYPE, spoil, type Wait } from './spoil';
import type { RequestRecord } from './types';
import type { World } from './world';

/** Builds the HTTP side: records, reads bodies, checks signatures, lets faults happen, answers. `wait` is a real-time pause. */
export async function buildServer(world: World, wait: Wait): Promise<FastifyInstance> {
	const app = Fastify({ forceCloseConnections: true });
	const records = new WeakMap<FastifyRequest, RequestRecord>();
	const ends = new WeakMap<FastifyRequest, () => void>();
	const texts = new WeakMap<Answer, string>();
	const asText = (answer: Answer): string => {
		const text = texts.get(answer) ?? writeJson(answer.envelope, world.settings.answerNumbersAs);
		texts.set(answer, text);
		return text;
	};
	app.removeAllContentTypeParsers();
	await app.register(formbody);
	await app.register(multipart, { attachFieldsToBody: 'keyValues', limits: { files: 0 } });
	app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
		if (body.length === 0) done(null, undefined);
		else done(new RefusedBody());
	});
	app.addHook('onRequest', async (request, reply) => {
		const record = newRecord(world, request);
		records.set(request, record);
		world.requests.push(record);
		const end = world.open.begin(record.endpoint);
		ends.set(request, end);
		// fires for every outcome, also when the connection is cut
		reply.raw.once('close', () => {
			end();
			logRequest(world, record);
		});
		if (request.method === 'POST' && record.transferEncoding !== undefined) {
			// the body stays unread, so the connection cannot be used again
			return reply
				.header('connection', 'close')
				.code(411)
				.type(JSON_TYPE)
				.send(asText(refuse(OWN_REFUSALS.chunkedBody)));
		}
	});
	app.addHook('onSend', async (request, reply) => {
		const record = records.get(request);
		if (record) record.status = reply.statusCode;
		// the client may ask again before "close" fires
		ends.get(request)?.();
	});
	app.setErrorHandler((error, _request, reply) => {
		const answer =
			error instanceof RefusedBody
				? refuse(OWN_REFUSALS.bodyType, 415)
				: refuse(OWN_REFUSALS.unreadableBody, 400);
		return reply.code(answer.status).type(JSON_TYPE).send(asText(answer));
	});
	app.setNotFoundHandler((_request, reply) =>
		reply
			.code(404)
			.type(JSON_TYPE)
			.send(asText(refuse(OWN_REFUSALS.noSuchEndpoint))),
	);
	app.all<{ Params: { endpoint: string } }>(`${API_ROOT}/:endpoint`, async (request, reply) => {
		const record = records.get(request)!;
		record.fields = textFields(request.body);
		record.signature = world.signatures.check(request.raw.rawHeaders, Date.now());
		if (world.settings.latencyMs > 0) await latency(world.settings.latencyMs, request, wait);
		const run = () => {
			const answer = answerTo(world, record);
			return { answer, text: asText(answer) };
		};
		const fault = world.faults.take(record.endpoint);
		if (fault) {
			record.fault = fault.kind;
			const reached = async (count: number, endEarly: AbortSignal) =>
				await world.open.reached(record.endpoint, count, endEarly);
			return spoil(fault, request, reply, { run, wait, reached });
		}
		const { answer, text } = run();
		return reply.code(answer.status).type(JSON_TYPE).send(text);
	});
	return app;
}

async function latency(ms: number, request: FastifyRequest, wait: Wait): Promise<void> {
	const gone = new AbortController();
	request.raw.socket.once('close', () => gone.abort());
	await wait(ms, gone.signal);
}

class RefusedBody extends Error {}

function answerTo(world: World, record: RequestRecord): Answer {
	const endpoint = ENDPOINTS.get(record.endpoint);
	if (!endpoint) return refuse(OWN_REFUSALS.noSuchEndpoint, 404);
	if (endpoint.method !== record.method) return refuse(OWN_REFUSALS.wrongMethod, 405);
	const refusal = signatureRefusal(record.signature);
	if (refusal) return refuse(refusal, world.settings.signatureFailureStatus);
	return endpoint.answer(world, record.method === 'GET' ? record.query : record.fields);
}

function newRecord(world: World, request: FastifyRequest): RequestRecord {
	const path = request.url.split('?')[0]!;
	return {
		endpoint: path.startsWith(`${API_ROOT}/`) ? path.slice(API_ROOT.length + 1) : '',
		method: request.method,
		path,
		query: textFields(request.query),
		fields: {},
		contentType: request.headers['content-type'],
		contentLength: request.headers['content-length'],
		transferEncoding: request.headers['transfer-encoding'],
		signature: 'notChecked',
		status: null,
		time: world.clock.now(),
	};
}

/** A repeated field becomes one text with commas, as a repeated header would. */
function textFields(input: unknown): Record<string, string> {
	if (typeof input !== 'object' || input === null) return {};
	return Object.fromEntries(
		Object.entries(input).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(',') : String(value),
		]),
	);
}

function logRequest(world: World, record: RequestRecord): void {
	const outcome = record.status ?? 'connection cut';
	const signature = record.signature === 'valid' ? '' : `, signature ${record.signature}`;
	const fault = record.fault ? `, fault ${record.fault}` : '';
	world.log(`${record.method} ${record.path} ${outcome}${signature}${fault}`);
}
