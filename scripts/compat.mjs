import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeTable } from './compat/document.mjs';
import { jobsFor } from './compat/jobs.mjs';
import { versions } from './compat/versions.mjs';
import { explain, Failure, runMain } from './lib/failure.mjs';
import { readFlags } from './lib/flags.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { inProject } from './lib/paths.mjs';
import { ensureBuilt } from './lib/tools.mjs';

const HELP = `Runs the tests on several versions of n8n: those of its engine in this process, others in a real server.

  npm run test:compat -- [<n8n version> …]   all of them, or those that are named
    --engine     the engine alone (about five minutes for each version)
    --servers    real servers alone (about five minutes and 3 GB for each)
    --oldest     the oldest version alone
    --bring      gets what that needs, and runs nothing
    --write      writes what came of it into docs/compatibility.md
    --help       this text
`;

/** @typedef {import('./compat/jobs.mjs').Job} Job */

const ALL = versions(JSON.parse(readFileSync(inProject('package.json'), 'utf8')));

function readOptions() {
	const flag = /** @type {const} */ ({ type: 'boolean', default: false });
	const options = {
		engine: flag,
		servers: flag,
		oldest: flag,
		bring: flag,
		write: flag,
		help: flag,
	};
	const { values, positionals } = readFlags('npm run test:compat', () =>
		parseArgs({ options, allowPositionals: true }),
	);
	const known = ALL.map(({ n8n }) => n8n);
	const unknown = positionals.filter((name) => !known.includes(name));
	if (unknown.length > 0)
		throw new Failure(`Of n8n ${unknown.join(', ')} nothing is known; of ${known.join(', ')} is.`);
	const named = values.oldest ? known.slice(0, 1) : positionals;
	return { ...values, names: named.length > 0 ? named : known };
}

/**
 * @param {Job} job
 * @returns {Promise<import('./lib/jest.mjs').Sums>}
 */
async function sumsOf(job) {
	console.log(`\n===== n8n's ${job.part}, ${job.version}\n`);
	try {
		return await job.run();
	} catch (error) {
		console.error(`\n✖ ${explain(error)}`);
		return { passed: 0, failed: 1, skipped: 0 };
	}
}

await runMain(async () => {
	const { engine, servers, bring, write, help, names } = readOptions();
	if (help) return (console.log(HELP), 0);
	checkNodeVersion();
	await ensureInstalled({ onText: (text) => process.stdout.write(text) });
	const jobs = jobsFor(ALL);
	const ofParts = [...(servers ? [] : jobs.engine), ...(engine ? [] : jobs.servers)];
	const chosen = ofParts.filter(({ n8n }) => names.includes(n8n));
	if (bring) {
		for (const job of chosen) await job.bring();
		return 0;
	}
	await ensureBuilt();
	const total = { passed: 0, failed: 0 };
	const seen = [];
	for (const job of chosen) {
		const sums = await sumsOf(job);
		total.passed += sums.passed;
		total.failed += sums.failed;
		seen.push({ job, sums });
	}
	if (write) writeTable(seen, [...jobs.engine, ...jobs.servers]);
	console.log(`${total.passed} passed, ${total.failed} failed`);
	return total.failed === 0 ? 0 : 1;
});
