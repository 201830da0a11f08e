import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeJson, type Answer } from './answers';
import type { Fault } from './faults';
import { OWN_FAULT_TEXTS } from './ownAnswers';

const HTML = 'text/html;charset=utf-8';
export const JSON_TYPE = 'application/json;charset=UTF-8';

/** A real-time pause; false when it ended early, by the signal or because the simulator stops. */
export type Wait = (ms: number, endEarly: AbortSignal) => Promise<boolean>;

/** What a spoiled request still needs: the real thing, and a way to wait. */
export interface Proper {
	/** Takes effect (books, terminates …) and returns the true answer as JSON text with its status. */
	run: () => { answer: Answer; text: string };
	wait: Wait;
	/** Resolves with true once so many requests to the endpoint were open at once, or with false by the signal. */
	reached: (count: number, endEarly: AbortSignal) => Promise<boolean>;
}

/** Answers a request the wrong way `fault` says. */
export async function spoil(
	fault: Fault,
	request: FastifyRequest,
	reply: FastifyReply,
	proper: Proper,
): Promise<FastifyReply> {
	if ('booked' in fault && fault.booked) proper.run();
	switch (fault.kind) {
		case 'http':
			return page(
				reply.headers(fault.headers ?? {}),
				fault.status,
				fault.body ?? '',
				fault.contentType ?? JSON_TYPE,
			);
		case 'html502':
			return page(reply, 502, OWN_FAULT_TEXTS.html502, HTML);
		case 'html200':
			return page(reply, 200, OWN_FAULT_TEXTS.html200, HTML);
		case 'unauthorized401':
			return page(reply, 401, writeJson(OWN_FAULT_TEXTS.unauthorized), JSON_TYPE);
		case 'tooMany429':
			return page(
				reply.header('Retry-After', String(fault.retryAfterSeconds ?? 1)),
				429,
				writeJson(OWN_FAULT_TEXTS.tooMany),
				JSON_TYPE,
			);
		case 'badJson':
			return page(reply, 200, OWN_FAULT_TEXTS.badJson, JSON_TYPE);
		case 'emptyBody':
			return page(reply, 200, '', JSON_TYPE);
		case 'code':
			return page(
				reply,
				200,
				writeJson({ code: fault.code, msg: fault.msg, result: fault.result }),
				JSON_TYPE,
			);
		case 'cutBefore':
			return cut(request, reply);
		case 'cutAfter':
			proper.run();
			return cut(request, reply);
		case 'cutMidBody':
			return cutMidBody(request, reply, proper.run().text);
		case 'slow':
			return slow(fault, request, reply, proper);
	}
}

function page(
	reply: FastifyReply,
	status: number,
	body: string,
	contentType: string,
): FastifyReply {
	return reply.code(status).type(contentType).send(body);
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	reply.hijack();
	request.raw.socket.destroy();
	return reply;
}

function cutMidBody(request: FastifyRequest, reply: FastifyReply, text: string): FastifyReply {
	reply.hijack();
	reply.raw.writeHead(200, {
		'Content-Type': JSON_TYPE,
		'Content-Length': Buffer.byteLength(text),
	});
	reply.raw.write(text.slice(0, Math.floor(text.length / 2)), () => request.raw.socket.destroy());
	return reply;
}

async function slow(
	fault: Extract<Fault, { kind: 'slow' }>,
	request: FastifyRequest,
	reply: FastifyReply,
	proper: Proper,
): Promise<FastifyReply> {
	const early = fault.book === false ? undefined : proper.run();
	const gone = new AbortController();
	request.raw.socket.once('close', () => gone.abort());
	if (!(await proper.reached(fault.untilOpen ?? 0, gone.signal))) return cut(request, reply);
	if (!(await proper.wait(fault.ms, gone.signal))) return cut(request, reply);
	const { answer, text } = early ?? proper.run();
	return page(reply, answer.status, text, JSON_TYPE);
}
