import { withRealN8n } from './e2e/setup.mjs';
import { explain, runMain } from './lib/failure.mjs';
import { runJest } from './lib/jest.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { inProject } from './lib/paths.mjs';
import { n8nOf } from './start/n8n-install.mjs';

/**
 * Takes our own flags out of the arguments; what is left is jest's.
 * @param {string[]} args `--whole` does all of what is cut short otherwise (test/e2e/harness/whole.ts), `--n8n <version>`
 *   runs another n8n than the demo's
 */
function readArgs(args) {
	const at = args.indexOf('--n8n');
	const [, version] = at < 0 ? [] : args.splice(at, 2);
	const forJest = args.filter((arg) => arg !== '--whole');
	return { whole: forJest.length < args.length, n8n: n8nOf(version), forJest };
}

/** @param {string[]} args */
async function runE2e(args) {
	checkNodeVersion();
	const { whole, n8n, forJest } = readArgs([...args]);
	if (whole) process.env.MICROESIM_WHOLE = '1';
	const config = inProject('test', 'e2e', 'jest.config.js');
	// each file has an n8n of its own, and mostly waits for it; what documents quote is measured alone
	const jest = ['--config', config, `--maxWorkers=${whole ? 1 : 4}`, ...forJest];
	return await withRealN8n(n8n, async () => await runJest(jest));
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
