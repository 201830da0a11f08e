import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain, runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { readStamp } from './lib/stamp.mjs';
import { ensureBuilt, runInForeground, toolScript } from './lib/tools.mjs';

/** Adds up jest's report. A suite that could not be loaded has no tests to fail, so it counts as one. */
function sums(report, exitCode) {
	const passed = report?.numPassedTests ?? 0;
	let failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
	if (failed === 0 && exitCode !== 0) {
		console.log(`\njest ended with exit code ${exitCode} though no test failed (a coverage threshold, or nothing to run): counted as one failure.`);
		failed = 1;
	}
	return { passed, failed };
}

async function runTests(args) {
	checkNodeVersion();
	await ensureInstalled({ onText: (text) => process.stdout.write(text) });
	await ensureBuilt({ loud: true });
	const folder = mkdtempSync(join(tmpdir(), 'microesim-test-'));
	try {
		const file = join(folder, 'report.json');
		// n8n's own parts keep timers running after the last test; jest alone would wait for them for ever
		const end = args.includes('--detectOpenHandles') ? [] : ['--forceExit'];
		const exitCode = await runInForeground([toolScript('jest'), '--json', `--outputFile=${file}`, ...end, ...args]);
		return sums(readStamp(file), exitCode);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

await runMain(async () => {
	let result = { passed: 0, failed: 1 };
	try {
		result = await runTests(process.argv.slice(2));
	} catch (error) {
		console.error(`\n✖ ${explain(error)}`);
	}
	console.log(`${result.passed} passed, ${result.failed} failed`);
	return result.failed === 0 ? 0 : 1;
});
