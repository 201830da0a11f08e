import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A path inside the project. */
export const inProject = (...parts) => join(ROOT, ...parts);

/** A path inside the ignored folder that holds everything the demo brings along. */
export const inDemo = (...parts) => join(ROOT, '.demo', ...parts);

/** Where the full output of npm, n8n and the simulator is kept. */
export const logFile = (name) => inDemo('logs', `${name}.log`);
