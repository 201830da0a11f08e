import { ensureInstalled } from '../lib/install.mjs';
import { ensurePacked } from '../lib/pack.mjs';
import { ROOT } from '../lib/paths.mjs';
import { ensureBuilt } from '../lib/tools.mjs';
import { watchGrowth } from './growth.mjs';
import { ensureDatabaseDriver, ensureN8n, n8nOf } from './n8n-install.mjs';
import { installIntoN8n } from './n8n-package.mjs';
import { ensureNode24 } from './node24.mjs';

/** How many steps `bringParts` shows. */
export const PARTS = 7;

/**
 * Brings everything a real n8n with this package in it needs; what is there already is not brought again.
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ home: string, packed: string }} folders `home`: where n8n keeps its data; `packed`: for the tarball
 * @param {import('./n8n-install.mjs').N8n} [n8n] another one than the demo's
 * @returns {Promise<import('./node24.mjs').Node24>} what to run n8n with
 */
export async function bringParts(progress, { home, packed }, n8n = n8nOf()) {
	await progress.step('Dependencies', installDependencies);
	await progress.step('Build', async () => ((await ensureBuilt()) ? 'built' : 'up to date'));
	const tarball = await progress.step('Pack', () => ensurePacked(packed));
	const node = await bringN8n(progress, n8n);
	await progress.step('Package into n8n', () => installIntoN8n(tarball, home));
	return node;
}

/** How many steps `bringN8n` shows. */
export const N8N_PARTS = 3;

/**
 * Brings n8n alone, and what it needs.
 * @param {import('./progress.mjs').Progress} progress
 * @param {import('./n8n-install.mjs').N8n} [n8n] another one than the demo's
 * @returns {Promise<import('./node24.mjs').Node24>} what to run n8n with
 */
export async function bringN8n(progress, n8n = n8nOf()) {
	const node = await progress.step('Node 24 for n8n', ensureNode24);
	await progress.step(`n8n ${n8n.version}`, (note) => ensureN8n(note, n8n));
	await progress.step("n8n's database driver", () => ensureDatabaseDriver(node, n8n));
	return node;
}

/** @param {import('./progress.mjs').Note} note */
async function installDependencies(note) {
	const stopWatching = watchGrowth(ROOT, note);
	try {
		return (await ensureInstalled()) ? 'installed' : 'up to date';
	} finally {
		stopWatching();
	}
}
