import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Step {
	name?: string;
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
}

/** A job of a workflow, as far as the tests look at it. */
interface Job {
	permissions?: Record<string, string>;
	services?: Record<string, { ports: string[]; env?: Record<string, string> }>;
	steps: Step[];
	'timeout-minutes'?: number;
}

export interface Workflow {
	on: Record<string, unknown>;
	permissions: Record<string, string>;
	concurrency: Record<string, unknown>;
	jobs: Record<string, Job>;
}

export interface Form {
	name: string;
	description: string;
	body: Array<{
		type: string;
		id?: string;
		attributes: { label?: string; value?: string; options?: Array<Record<string, unknown>> };
		validations?: { required?: boolean };
	}>;
}

export const root = join(__dirname, '../..');
const folder = join(root, '.github');
export const read = (file: string) => readFileSync(join(folder, file), 'utf8');
export const parsed = <T>(file: string) =>
	parse(read(file), { strict: true, uniqueKeys: true }) as T;

export const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => file.endsWith('.yml'))
	.sort();
export const workflows = files.filter((file) => file.startsWith('workflows/'));
export const jobsOf = (file: string) => Object.entries(parsed<Workflow>(file).jobs);
export const stepsOf = (file: string) => jobsOf(file).flatMap(([, { steps }]) => steps);
export const runOf = ({ steps }: Job) => steps.map(({ run }) => run ?? '').join('\n');
