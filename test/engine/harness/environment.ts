/**
 * Must be the first import of everything that touches n8n-core: its decorators need
 * reflect-metadata, and its settings are read from the environment when first asked for.
 */
import 'reflect-metadata';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * n8n's user folder: its encryption key and binary files land here. Each test file finds it empty, at the place that
 * n8n-core was told when it was loaded, once in a process.
 */
const userFolder = join(tmpdir(), `n8n-engine-${process.pid}`);
mkdirSync(userFolder, { recursive: true });

process.env.N8N_USER_FOLDER = userFolder;
// n8n reports every failed node through its logger; here failing nodes are what is tested.
process.env.N8N_LOG_LEVEL ??= 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

/** Deletes the scratch folder. Test files need not call it: under jest it runs by itself. */
export function removeUserFolder(): void {
	rmSync(userFolder, { recursive: true, force: true });
}

if (typeof afterAll === 'function') afterAll(removeUserFolder);
