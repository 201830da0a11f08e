import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { WorkflowFile } from '../harness';

const FOLDER = join(__dirname, '../../../examples');

/** A workflow as users import it. */
export const readExample = (name: string): WorkflowFile =>
	JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as WorkflowFile;
