import { runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { runInForeground } from './lib/tools.mjs';

await runMain(async () => {
	checkNodeVersion();
	await ensureInstalled({ onText: (text) => process.stderr.write(text) });
	return await runInForeground(['--import', 'tsx', 'simulator/main.ts', ...process.argv.slice(2)]);
});
