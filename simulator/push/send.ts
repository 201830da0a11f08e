import { request, type ClientRequest } from 'node:http';
import type { PushBody } from './body';

/** A receiver that says nothing for this long has failed (real time). */
const PATIENCE_MS = 10_000;

const STOPPED = 'simulator stopped';

/** Posts pushes, and can drop those still under way. */
export class Sender {
	private open = new Set<ClientRequest>();

	private stopped = false;

	/** Resolves with the HTTP status; rejects when there is none. Redirects are not followed. Each push has its own connection. */
	post(url: string, body: PushBody, headers: Record<string, string>): Promise<number> {
		if (this.stopped) return Promise.reject(new Error(STOPPED));
		return new Promise((resolve, reject) => {
			const length = { 'Content-Type': body.contentType, 'Content-Length': body.bytes.length };
			const outgoing = request(
				url,
				{ method: 'POST', agent: false, headers: { ...length, ...headers } },
				(answer) => {
					answer.resume();
					answer.once('end', () => resolve(answer.statusCode ?? 0));
					answer.once('error', reject);
				},
			);
			this.open.add(outgoing);
			outgoing.setTimeout(PATIENCE_MS, () =>
				outgoing.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)),
			);
			outgoing.once('error', reject);
			outgoing.once('close', () => {
				this.open.delete(outgoing);
				reject(new Error('connection closed without an answer'));
			});
			outgoing.end(body.bytes);
		});
	}

	stop(): void {
		this.stopped = true;
		for (const outgoing of this.open) outgoing.destroy(new Error(STOPPED));
	}
}
