import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { startSimulator, type SimulatorOptions } from '../../../simulator/index';
import { call, post } from './client';

describe('options', () => {
	const wrong: Array<[SimulatorOptions, RegExp]> = [
		[{ host: '0.0.0.0' }, /loopback/],
		[{ port: 70_000 }, /port/],
		[{ plans: 100_001 }, /100000/],
		[{ latencyMs: -1 }, /latency/],
		[{ salt: 'xyz' }, /hexadecimal/],
		[{ secret: '' }, /empty/],
		[{ seed: Number.NaN }, /seed/],
		[{ balance: Number.NaN }, /balance/],
		[{ deliveryMs: [5, 1] }, /Delivery/],
		[{ notifyUrl: 'https://shop.example' }, /this computer/],
	];
	it.each(wrong)('%j is refused with a sentence', async (options, sentence) => {
		await expect(startSimulator(options)).rejects.toThrow(sentence);
	});

	it('a taken port is one sentence', async () => {
		const first = await startSimulator();
		const port = Number(new URL(first.url).port);
		const second = startSimulator({ port }).catch((error: Error) => error.message);
		const said = await second;
		await first.stop();
		expect(said).toContain(`Port ${port} on 127.0.0.1 is taken`);
	});

	it('two run side by side, each with its own account and money', async () => {
		const [one, two] = await Promise.all([
			startSimulator({ account: 'one' }),
			startSimulator({ account: 'two', balance: 5, currency: 'USD', plans: 0 }),
		]);
		expect((await call(two, 'accountBalance')).result).toEqual({
			account: 'two',
			balance: 5,
			currency: 'USD',
		});
		expect(two.plans).toHaveLength(5);
		expect(one.balance).toBe(14860.23);
		await Promise.all([one.stop(), two.stop()]);
	});

	it('logs one line per request', async () => {
		const lines: string[] = [];
		const sim = await startSimulator({ log: (line) => lines.push(line) });
		await post(sim, 'accountBalance');
		await post(sim, 'accountBalance', {}, {});
		await sim.stop();
		expect(lines).toEqual([
			'POST /allesim/v1/accountBalance 200',
			'POST /allesim/v1/accountBalance 200, signature headerMissing',
		]);
	});
});

describe('the command', () => {
	const root = resolve(__dirname, '../../..');
	const run = (...args: string[]) => {
		const child = spawn(process.execPath, [
			resolve(root, 'node_modules/tsx/dist/cli.mjs'),
			resolve(root, 'simulator/main.ts'),
			...args,
		]);
		let out = '';
		let err = '';
		child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
		const ended = new Promise<{ code: number | null; out: string; err: string }>((done) =>
			child.on('close', (code) => done({ code, out, err })),
		);
		child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
		/** What it has said once this is among it. */
		const says = async (text: string): Promise<string> =>
			await new Promise((done) => {
				const look = () => out.includes(text) && done(out);
				look();
				child.stdout.on('data', look);
			});
		return { child, ended, says };
	};

	it('prints the credential, serves, and ends cleanly', async () => {
		const { child, ended, says } = run(
			'--port',
			'0',
			'--plans',
			'3',
			'--seed',
			'5',
			'--delivery-seconds',
			'1',
		);
		const text = await says('Ctrl-C');
		const value = (name: string) => new RegExp(`${name} +(\\S+)`).exec(text)![1]!;
		const credential = {
			url: value('Base URL'),
			account: value('Account'),
			secret: value('Secret'),
			salt: value('Salt'),
		};
		expect((await call(credential as Parameters<typeof call>[0], 'accountBalance')).code).toBe(1);
		// it is logged when the answer is out
		await says('POST /allesim/v1/accountBalance 200');
		child.kill('SIGINT');
		expect(await ended).toMatchObject({ code: 0, err: '' });
	});

	it('explains itself', async () => {
		const { code, out } = await run('--help').ended;
		expect(code).toBe(0);
		expect(out).toContain('--delivery-seconds');
	});

	it.each([
		[['--plans', 'many'], '--plans takes a number'],
		[['--nonsense'], "Unknown option '--nonsense'"],
	])('%j is one sentence and exit 1', async (args, sentence) => {
		const { code, err } = await run(...args).ended;
		expect(code).toBe(1);
		expect(err.trim().split('\n')).toEqual([expect.stringContaining(sentence)]);
	});

	it('a taken port is one sentence and exit 1', async () => {
		const sim = await startSimulator();
		const { code, err } = await run('--port', new URL(sim.url).port).ended;
		await sim.stop();
		expect(code).toBe(1);
		expect(err.trim().split('\n')).toEqual([expect.stringContaining('is taken')]);
	});
});
