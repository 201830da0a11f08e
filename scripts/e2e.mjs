import { withRealN8n } from './e2e/setup.mjs';
import { explain, runMain } from './lib/failure.mjs';
import { runJest } from './lib/jest.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { inProject } from './lib/paths.mjs';

/** Does all of what is cut short otherwise: eSIMs, orders, hours of a shop. */
const WHOLE = '--whole';

/** @param {string[]} args for jest, and `--whole` */
async function runE2e(args) {
	checkNodeVersion();
	const config = inProject('test', 'e2e', 'jest.config.js');
	// read by test/e2e/harness/whole.ts
	if (args.includes(WHOLE)) process.env.MICROESIM_WHOLE = '1';
	const forJest = args.filter((arg) => arg !== WHOLE);
	// each file has an n8n of its own, and mostly waits for it
	return await withRealN8n(
		async () => await runJest(['--config', config, '--maxWorkers=2', ...forJest]),
	);
}

await runMain(async () => {
	let result = { passed: 0, failed: 1, skipped: 0 };
	try {
		result = await runE2e(process.argv.slice(2));
	} catch (error) {
		console.error(`\n✖ ${explain(error)}`);
	}
	if (result.skipped > 0) console.log(`${result.skipped} SKIPPED`);
	console.log(`${result.passed} passed, ${result.failed} failed`);
	return result.failed === 0 ? 0 : 1;
});
