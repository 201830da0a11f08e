import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../../..');

/** A simulator in a process of its own, so that what it does costs the process that is measured nothing. */
export interface SimulatorApart {
	credential: ICredentialDataDecryptedObject;
	url: string;
	/** Requests that were answered since the last call, by endpoint. */
	takeRequests(): Promise<Record<string, number>>;
	stop(): void;
}

/** @param options as `npm run simulator` takes them, e.g. { plans: 50_000, 'latency-ms': 60 } */
export async function startSimulatorApart(
	options: Record<string, number>,
): Promise<SimulatorApart> {
	const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'simulator/main.ts', '--port=0', ...args],
		{ cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
	);
	// also where a bench ends by an error
	process.once('exit', () => child.kill());
	let requests: Record<string, number> = {};
	const said = new Map<string, string>();
	await new Promise<void>((started, failed) => {
		child.once('exit', (code) => failed(new Error(`The simulator ended with ${code}`)));
		createInterface(child.stdout).on('line', (line) => {
			const setting = /^ {2}(\w[\w ]*?) {2,}(\S+)$/.exec(line);
			if (setting) said.set(setting[1]!, setting[2]!);
			const endpoint = /\/v1\/([\w-]+)/.exec(line)?.[1];
			if (endpoint) requests[endpoint] = (requests[endpoint] ?? 0) + 1;
			if (line.includes('Ctrl-C')) started();
		});
	});
	const url = said.get('Base URL')!;
	return {
		url,
		credential: {
			environment: 'custom',
			baseUrl: url,
			account: said.get('Account')!,
			secret: said.get('Secret')!,
			salt: said.get('Salt')!,
			bodyFormat: 'multipart',
		},
		async takeRequests() {
			// what it says of an answer comes a moment after the answer
			await after(50);
			const taken = requests;
			requests = {};
			return taken;
		},
		stop: () => void child.kill(),
	};
}
