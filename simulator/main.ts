import { HELP, readArguments } from './arguments.cjs';
import { messageOf } from './errors';
import { startSimulator } from './index';

async function main(): Promise<void> {
	const options = readArguments();
	if (!options) {
		process.stdout.write(HELP);
		return;
	}
	const simulator = await startSimulator({
		...options,
		// they are out of everybody's reach
		fixedPlans: true,
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

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
	process.stderr.write(`${messageOf(error).split('\n')[0]}\n`);
	process.exit(1);
});
