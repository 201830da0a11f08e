import type { Server } from 'node:http';

/** Whether anybody listens at the simulator's address. */
export class Line {
	/** @param port the one that `server` was given; it comes back to it */
	constructor(
		private readonly server: Server,
		private readonly host: string,
		private readonly port: number,
	) {}

	/** Nobody listens any more, and open connections are cut. */
	async cut(): Promise<void> {
		if (!this.server.listening) return;
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.server.closeAllConnections();
		await closed;
	}

	/** Listens again. Rejects when another program has taken the port meanwhile. */
	async mend(): Promise<void> {
		const { server, host, port } = this;
		if (server.listening) return;
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(port, host, () => {
				server.off('error', reject);
				resolve();
			});
		});
	}
}
