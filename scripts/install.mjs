import { runMain } from './lib/failure.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';

await runMain(async () => {
	checkNodeVersion();
	const installed = await ensureInstalled({ onText: (text) => process.stdout.write(text) });
	console.log(installed ? 'Dependencies installed.' : 'Dependencies are up to date.');
	return 0;
});
