import { buildSync } from 'esbuild';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Database, InstalledN8n } from './databases';
import type { Numbered, Reply, Request } from './messages';

/** A process of n8n beside this one. */
export class N8nProcess {
	private readonly open = new Map<number, (reply: Reply) => void>();

	private asked = 0;

	private said = '';

	constructor(private readonly child: ChildProcess) {
		child.on('message', ({ id, ...reply }: Numbered<Reply>) => this.end(id, reply));
		child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.said += text));
		child.once('exit', () => {
			for (const id of this.open.keys()) this.end(id, { error: `It has ended: ${this.said}` });
		});
	}

	/** Asks it to do something, and waits for it. */
	async ask(request: Request): Promise<Reply> {
		const id = ++this.asked;
		return await new Promise((resolve) => {
			this.open.set(id, resolve);
			this.child.send({ ...request, id } satisfies Numbered<Request>);
		});
	}

	/** The same for what must not fail. */
	async must(request: Request): Promise<void> {
		const { error } = await this.ask(request);
		if (error !== undefined) throw new Error(`${request.ask}: ${error}`);
	}

	/** Ends it, and waits for its end. */
	async stop(): Promise<void> {
		if (this.child.exitCode !== null) return;
		const ended = new Promise((resolve) => this.child.once('exit', resolve));
		this.child.kill('SIGKILL');
		await ended;
	}

	private end(id: number, reply: Reply): void {
		this.open.get(id)?.(reply);
		this.open.delete(id);
	}
}

/** Starts processes of an n8n that lies on this machine. */
export class N8nStarter {
	private readonly folder = mkdtempSync(join(tmpdir(), 'microesim-processes-'));

	private readonly script = join(this.folder, 'child.cjs');

	constructor(private readonly n8n: InstalledN8n) {
		buildSync({
			entryPoints: [join(__dirname, 'child.ts')],
			outfile: this.script,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			external: ['n8n-workflow'],
		});
	}

	/** Starts one on a database. */
	start({ env }: Database): N8nProcess {
		const { node, file } = this.n8n;
		return new N8nProcess(
			fork(this.script, {
				execPath: node,
				execArgv: [],
				env: {
					PATH: process.env.PATH,
					// the bundle lies outside of any node_modules, so this is all it sees
					NODE_PATH: join(dirname(file), '..', '..'),
					N8N_FILE: file,
					...env,
				},
				stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
			}),
		);
	}

	/** Deletes what it has written. */
	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
