import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer';
import type { WireRequest } from './request';

/** A receiver that says nothing for this long has failed (real time). */
const PATIENCE_MS = 10_000;

/** How long a body waits for "100 Continue" before it goes without. */
const ASKING_MS = 1_000;

const STOPPED = 'simulator stopped';

/** Posts pushes on plain sockets, so that no library adds or mends anything, and can drop those still under way. */
export class Sender {
	private open = new Set<Socket>();

	private stopped = false;

	/** Resolves with the HTTP status; rejects when there is none. Redirects are not followed. Each push has its own connection. */
	post(url: URL, { head, body, asksFirst }: WireRequest): Promise<number> {
		if (this.stopped) return Promise.reject(new Error(STOPPED));
		return new Promise((resolve, reject) => {
			const answer = new AnswerReader();
			const host = url.hostname.replace(/^\[|\]$/g, '');
			const socket = connect({ host, port: Number(url.port || 80) });
			this.open.add(socket);
			const done = (status: number | undefined) => {
				if (status === undefined) return;
				resolve(status);
				socket.destroy();
			};
			let owed: Buffer | undefined = body;
			const sendBody = () => {
				if (owed && !socket.destroyed) socket.write(owed);
				owed = undefined;
			};
			socket.write(head);
			const asking = asksFirst ? setTimeout(sendBody, ASKING_MS) : undefined;
			if (!asksFirst) sendBody();
			socket.on('data', (bytes) => {
				try {
					done(answer.read(bytes));
				} catch (error) {
					socket.destroy(error as Error);
				}
				if (answer.continued) sendBody();
			});
			socket.once('end', () => done(answer.close()));
			socket.setTimeout(PATIENCE_MS, () =>
				socket.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)),
			);
			socket.once('error', reject);
			socket.once('close', () => {
				clearTimeout(asking);
				this.open.delete(socket);
				reject(new Error('connection closed without an answer'));
			});
		});
	}

	stop(): void {
		this.stopped = true;
		for (const socket of this.open) socket.destroy(new Error(STOPPED));
	}
}
