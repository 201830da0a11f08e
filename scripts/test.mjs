import { explain, runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runJest } from './lib/jest.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { ensureBuilt } from './lib/tools.mjs';

/** @param {string[]} args for jest */
async function runTests(args) {
	checkNodeVersion();
	await ensureInstalled({ onText: (text) => process.stdout.write(text) });
	await ensureBuilt({ loud: true });
	return await runJest(args);
}

await runMain(async () => {
	let result = { passed: 0, failed: 1, skipped: 0 };
	try {
		result = await runTests(process.argv.slice(2));
	} catch (error) {
		console.error(`\n✖ ${explain(error)}`);
	}
	console.log(`${result.passed} passed, ${result.failed} failed`);
	return result.failed === 0 ? 0 : 1;
});
