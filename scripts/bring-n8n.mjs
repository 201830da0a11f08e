import { runMain } from './lib/failure.mjs';
import { bringN8n, N8N_PARTS } from './start/parts.mjs';
import { Progress } from './start/progress.mjs';

// What `npm start` and the tests in a real n8n need beside this package, brought ahead of them.
await runMain(async () => {
	await bringN8n(new Progress(N8N_PARTS));
	return 0;
});
