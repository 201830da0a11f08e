import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(__dirname, '../..');

/** A script of ours that has started a program, as `npm ci` during the first `npm test`. */
const SCRIPT = `
	import { startChild } from '${join(root, 'scripts/lib/children.mjs')}';
	const program = 'console.log(process.pid); setInterval(() => {}, 1000)';
	startChild(process.execPath, ['-e', program], { onText: (text) => process.stdout.write(text) });
`;

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

// The signals of Windows end no other process.
const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('a script that is ended', () => {
	it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
		'by %s takes what it started with it',
		async (signal) => {
			const script = spawn(process.execPath, ['--input-type=module', '-e', SCRIPT]);
			const [said] = (await once(script.stdout, 'data')) as [Buffer];
			const program = Number(said.toString());
			expect(isAlive(program)).toBe(true);
			script.kill(signal);
			expect(await once(script, 'exit')).toEqual([null, signal]);
			for (let tries = 0; isAlive(program) && tries < 100; tries++) await sleep(50);
			expect(isAlive(program)).toBe(false);
		},
	);
});
