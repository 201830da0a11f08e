import { HELP, readArguments } from '../simulator/arguments.cjs';
import { runMain } from './lib/failure.mjs';
import { readFlags } from './lib/flags.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { runInForeground } from './lib/tools.mjs';

await runMain(async () => {
	checkNodeVersion();
	const args = process.argv.slice(2);
	if (!readFlags('npm run simulator', () => readArguments(args))) {
		process.stdout.write(HELP);
		return 0;
	}
	await ensureInstalled({ onText: (text) => process.stderr.write(text) });
	return await runInForeground(['--import', 'tsx', 'simulator/main.ts', ...args]);
});
