/** Reads the answer to a push as it comes in. */
export class AnswerReader {
	private unread = Buffer.alloc(0);

	private status = 0;

	/** Headers of the final answer, names in small letters. */
	private headers: Map<string, string> | undefined;

	/** Whether the receiver has said "100 Continue". */
	continued = false;

	/** Takes what came in; the status when the answer is complete by now. Throws when it is no HTTP. */
	read(bytes: Buffer): number | undefined {
		this.unread = Buffer.concat([this.unread, bytes]);
		while (!this.headers) {
			const end = this.unread.indexOf('\r\n\r\n');
			if (end < 0) return undefined;
			this.readHead(this.unread.subarray(0, end).toString('latin1'));
			this.unread = this.unread.subarray(end + 4);
		}
		return this.complete() ? this.status : undefined;
	}

	/** The receiver closed; the status when its answer ends with that. */
	close(): number | undefined {
		const endsSo = !this.headers?.has('content-length') && !this.headers?.has('transfer-encoding');
		return this.headers && endsSo ? this.status : undefined;
	}

	private readHead(head: string): void {
		const [line = '', ...fields] = head.split('\r\n');
		const status = /^HTTP\/1\.[01] (\d{3})( |$)/.exec(line)?.[1];
		if (status === undefined) throw new Error('the receiver does not speak HTTP');
		this.status = Number(status);
		if (this.status < 200) {
			this.continued = true;
			return;
		}
		this.headers = new Map(
			fields.map((field) => {
				const colon = field.indexOf(':');
				return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
			}),
		);
	}

	private complete(): boolean {
		if (this.status === 204 || this.status === 304) return true;
		if (this.headers?.has('transfer-encoding')) return this.lastChunkRead();
		const length = this.headers?.get('content-length');
		return length !== undefined && this.unread.length >= Number(length);
	}

	/** Drops whole chunks; true at the empty one that ends the answer. */
	private lastChunkRead(): boolean {
		for (;;) {
			const line = this.unread.indexOf('\r\n');
			if (line < 0) return false;
			const length = parseInt(this.unread.subarray(0, line).toString('latin1'), 16);
			if (Number.isNaN(length)) throw new Error('the receiver does not speak HTTP');
			const next = line + 2 + length + 2;
			if (this.unread.length < next) return false;
			if (length === 0) return true;
			this.unread = this.unread.subarray(next);
		}
	}
}
