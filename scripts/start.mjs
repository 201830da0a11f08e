import { killAll, stopAll } from './lib/children.mjs';
import { runMain } from './lib/failure.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { startDemo } from './start/demo.mjs';
import { HELP, readOptions } from './start/options.mjs';

let stopping = false;

/**
 * Ends everything this start has begun. A second signal does not wait for it.
 * @param {NodeJS.Signals} signal
 */
async function stop(signal) {
	if (stopping) return;
	stopping = true;
	process.stdout.write(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: stopping …\n`);
	await stopAll();
	process.stdout.write('Everything is stopped.\n');
	process.exit(signal === 'SIGINT' ? 130 : 143);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
	process.on(signal, () => void stop(signal));
process.on('exit', killAll);

await runMain(async () => {
	checkNodeVersion();
	const options = readOptions();
	if (options.help) {
		process.stdout.write(HELP);
		return 0;
	}
	try {
		return await startDemo(options);
	} catch (error) {
		// what fails because everything is being stopped is no failure
		if (stopping) await new Promise(() => {});
		throw error;
	} finally {
		if (!stopping) await stopAll();
	}
});
