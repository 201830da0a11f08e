import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { FLAT, judged, quarters, watchMemory } from './memory';

/** A process that tells its heap as n8n does, and keeps so many bytes of each moment. */
const KEEPS = `
	const kept = [];
	const bytes = Number(process.argv[1]);
	setInterval(() => {
		const page = Array.from({ length: 20_000 }, (_, index) => ({ index }));
		if (bytes) kept.push(Array.from({ length: bytes / 8 }, () => page.length + Math.random()));
	}, 10);
	const server = require('node:http').createServer((_request, response) => {
		globalThis.gc?.();
		response.end('n8n_nodejs_heap_size_used_bytes ' + process.memoryUsage().heapUsed + '\\n');
	});
	server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let child: ChildProcess;

async function lifeOf(bytes: number) {
	child = spawn(process.execPath, ['-e', KEEPS, String(bytes)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [port] = (await once(child.stdout!, 'data')) as [Buffer];
	const running = { pid: child.pid!, url: `http://127.0.0.1:${port.toString().trim()}` };
	const watch = watchMemory(() => [['it', running]], 50);
	while (judged(watch.lives).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
	watch.end();
	return quarters(watch.lives[0]!).heap;
}

afterEach(() => child.kill('SIGKILL'));

it('sees a process that keeps more and more', async () => {
	expect((await lifeOf(500_000)).ratio).toBeGreaterThan(FLAT);
});

it('lets one pass that makes as much and keeps nothing', async () => {
	expect((await lifeOf(0)).ratio).toBeLessThan(FLAT);
});
