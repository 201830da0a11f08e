import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Folders that are made or fetched; named here for where there is no git to ask. */
export const NOT_SOURCE = new Set(['.git', '.demo', 'node_modules', 'dist', 'coverage', 'release']);

/**
 * A path inside the project.
 * @param {string[]} parts
 */
export const inProject = (...parts) => join(ROOT, ...parts);

/**
 * A path inside the ignored folder that holds everything the demo brings along.
 * @param {string[]} parts
 */
export const inDemo = (...parts) => join(ROOT, '.demo', ...parts);

/**
 * Where the full output of npm, n8n and the simulator is kept.
 * @param {string} name
 */
export const logFile = (name) => inDemo('logs', `${name}.log`);
