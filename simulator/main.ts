import { parseArgs } from 'node:util';
import { messageOf } from './errors';
import { startSimulator, type SimulatorOptions } from './index';

const HELP = `A MicroeSIM of our own on this computer: sells made-up eSIMs for made-up money.

  --port <number>              where it listens on 127.0.0.1 (default 4010; 0 takes a free one)
  --plans <number>             generated plans besides the document's five (default 40, up to 20000)
  --delivery-seconds <number>  how long an order takes (default 2; plans named "Local" 60)
  --notify-url <address>       where order pushes go when the order names no address (loopback only)
  --seed <number>              same seed, same plans, ids and codes (default 1)
  --help                       this text
`;

async function main(): Promise<void> {
	const options = readArguments();
	if (!options) {
		process.stdout.write(HELP);
		return;
	}
	const simulator = await startSimulator({
		...options,
		log: (line) => say(`${new Date().toISOString().slice(11, 19)} ${line}`),
	});
	say('MicroeSIM simulator. Type this into the credential "MicroeSIM API" in n8n:');
	say('  Environment  Custom');
	say(`  Base URL     ${simulator.url}`);
	say(`  Account      ${simulator.account}`);
	say(`  Secret       ${simulator.secret}`);
	say(`  Salt         ${simulator.salt}`);
	say(
		`${simulator.plans.length} plans on sale or listed, balance ${simulator.balance} ${simulator.currency}. Ctrl-C ends it.`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.stop().then(() => process.exit(0)));
	}
}

function readArguments(): SimulatorOptions | undefined {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			port: text,
			plans: text,
			'delivery-seconds': text,
			'notify-url': text,
			seed: text,
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) return undefined;
	const seconds = toNumber('--delivery-seconds', values['delivery-seconds']);
	return {
		port: toNumber('--port', values.port) ?? 4010,
		plans: toNumber('--plans', values.plans),
		seed: toNumber('--seed', values.seed),
		deliveryMs: seconds === undefined ? undefined : seconds * 1000,
		notifyUrl: values['notify-url'],
	};
}

function toNumber(flag: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	if (value.trim() === '' || !Number.isFinite(Number(value)))
		throw new Error(`${flag} takes a number, not "${value}".`);
	return Number(value);
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${messageOf(error).split('\n')[0]}\n`);
	process.exit(1);
});
