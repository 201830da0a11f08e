import { runMain } from './lib/failure.mjs';
import { n8nOf } from './start/n8n-install.mjs';
import { bringN8n, N8N_PARTS } from './start/parts.mjs';
import { Progress } from './start/progress.mjs';

// What `npm start` and the tests in a real n8n need beside this package, brought ahead of them; of another version of
// n8n when it is named.
await runMain(async () => {
	await bringN8n(new Progress(N8N_PARTS), n8nOf(process.argv[2]));
	return 0;
});
