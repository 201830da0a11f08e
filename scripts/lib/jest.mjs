import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStamp } from './stamp.mjs';
import { runInForeground, toolScript } from './tools.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Sums */

/**
 * The counts in jest's own report.
 * @typedef {Record<'numPassedTests' | 'numPendingTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites', number>} Report
 */

/**
 * Runs jest on this terminal.
 * @param {string[]} args
 * @returns {Promise<Sums>}
 */
export async function runJest(args) {
	const folder = mkdtempSync(join(tmpdir(), 'microesim-test-'));
	try {
		const file = join(folder, 'report.json');
		// n8n's own parts keep timers running after the last test; jest alone would wait for them for ever
		const end = args.includes('--detectOpenHandles') ? [] : ['--forceExit'];
		const exitCode = await runInForeground([
			// most of what tests make is garbage at once; with V8's 16 MiB much of it is kept for long
			'--max-semi-space-size=64',
			toolScript('jest'),
			'--json',
			`--outputFile=${file}`,
			...end,
			...args,
		]);
		return sums(/** @type {Partial<Report> | undefined} */ (readStamp(file)), exitCode);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Adds up jest's report. A suite that could not be loaded has no tests to fail, so it counts as one.
 * @param {Partial<Report> | undefined} report
 * @param {number} exitCode
 * @returns {Sums}
 */
function sums(report, exitCode) {
	const passed = report?.numPassedTests ?? 0;
	const skipped = report?.numPendingTests ?? 0;
	let failed = (report?.numFailedTests ?? 0) + (report?.numRuntimeErrorTestSuites ?? 0);
	if (failed === 0 && exitCode !== 0) {
		console.log(
			`\njest ended with exit code ${exitCode} though no test failed (a coverage threshold, or nothing to run): counted as one failure.`,
		);
		failed = 1;
	}
	return { passed, failed, skipped };
}
