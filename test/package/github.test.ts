import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
	files,
	jobsOf,
	parsed,
	read,
	root,
	runOf,
	stepsOf,
	workflows,
	type Form,
	type Workflow,
} from './githubFiles';

it('there are workflows, issue forms and updates', () => {
	expect(files).toEqual([
		'ISSUE_TEMPLATE/bug.yml',
		'ISSUE_TEMPLATE/config.yml',
		'ISSUE_TEMPLATE/feature.yml',
		'dependabot.yml',
		'workflows/ci.yml',
		'workflows/publish.yml',
		'workflows/weekly.yml',
	]);
});

it.each(files)('%s is YAML', (file) => {
	expect(parsed(file)).toEqual(expect.any(Object));
});

describe.each(workflows)('%s', (file) => {
	it('pins every action by a commit, with its version beside it', () => {
		const uses = read(file).match(/uses:.*/g) ?? [];
		expect(uses).toHaveLength(stepsOf(file).filter((step) => step.uses).length);
		for (const line of uses) {
			expect(line).toMatch(/^uses: [\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it('may read the code and nothing more, but for the one token of the job that publishes', () => {
		const { permissions, jobs } = parsed<Workflow>(file);
		expect(JSON.stringify(permissions)).toMatch(/^{("contents":"read")?}$/);
		for (const [name, job] of Object.entries(jobs)) {
			const { 'id-token': token, ...others } = job.permissions ?? { contents: 'read' };
			expect(others).toEqual({ contents: 'read' });
			expect(token).toBe(name === 'publish' ? 'write' : undefined);
		}
	});

	it('leaves no token behind, knows no secret, and names no registry', () => {
		for (const step of stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
			expect(step.with).toMatchObject({ 'persist-credentials': false });
		}
		expect(read(file)).not.toMatch(
			/secrets\s*[.[]|NODE_AUTH_TOKEN|registry-url|registry\.|pull_request_target/,
		);
	});

	it('puts nothing that others can write into a command', () => {
		for (const { run } of stepsOf(file)) expect(run ?? '').not.toContain('${{');
	});

	it('ends by itself, and says what becomes of an older run', () => {
		expect(parsed<Workflow>(file).concurrency).toHaveProperty('cancel-in-progress');
		for (const [, job] of jobsOf(file)) expect(job['timeout-minutes']).toBeGreaterThan(0);
	});

	it('gives the tests of queue mode the database and the Redis they ask for', () => {
		const testing = jobsOf(file).filter(([, job]) => /\.ci\/run|\$COMMAND/.test(runOf(job)));
		expect(testing).toHaveLength(1);
		const { services } = testing[0]![1];
		expect(services?.postgres).toMatchObject({
			ports: ['5432:5432'],
			env: { POSTGRES_HOST_AUTH_METHOD: 'trust' },
		});
		expect(services?.redis).toMatchObject({ ports: ['6379:6379'] });
	});
});

describe('publish.yml', () => {
	const { on, jobs } = parsed<Workflow>('workflows/publish.yml');

	it('runs for tags of a version only', () => {
		expect(on).toEqual({ push: { tags: ['v*.*.*'] } });
	});

	it('runs the release check before anything is installed, then everything, then packs', () => {
		const places = ['release:check', '.ci/run', 'release:pack'].map((text) =>
			jobs.pack!.steps.findIndex(({ run }) => run?.includes(text)),
		);
		expect(places.every((place) => place >= 0)).toBe(true);
		expect(places).toEqual([...places].sort((a, b) => a - b));
	});

	it('keeps the bill of materials beside the tarball', () => {
		const uploads = jobs.pack!.steps.filter(({ uses }) => uses?.startsWith('actions/upload'));
		expect(uploads.map(({ with: options }) => options)).toEqual([
			expect.objectContaining({ path: 'release/', 'if-no-files-found': 'error' }),
		]);
	});

	it('publishes the packed tarball without the code, its dependencies or a cache', () => {
		const publish = jobs.publish!;
		expect(runOf(publish)).toContain('npm publish ./');
		expect(runOf(publish)).toContain('--provenance');
		expect(runOf(publish)).not.toMatch(/npm (ci|i|install|exec|run|x)\b|npx|git /);
		expect(publish.steps.some(({ uses }) => uses?.startsWith('actions/checkout@'))).toBe(false);
		for (const { uses, with: options } of stepsOf('workflows/publish.yml')) {
			if (!uses?.startsWith('actions/setup-node@')) continue;
			expect(options).toEqual({ 'node-version': 24, 'package-manager-cache': false });
		}
	});
});

describe('the issue forms', () => {
	it.each(['bug.yml', 'feature.yml'])('%s is one that GitHub can show', (file) => {
		const { name, description, body } = parsed<Form>(`ISSUE_TEMPLATE/${file}`);
		expect(name && description).toBeTruthy();
		const ids = body.flatMap(({ id }) => id ?? []);
		expect(new Set(ids).size).toBe(ids.length);
		for (const { type, id, attributes } of body) {
			if (type === 'markdown') expect(attributes.value).toBeTruthy();
			else expect([id, attributes.label]).toEqual([expect.any(String), expect.any(String)]);
		}
	});

	it('a bug cannot be reported without the word that no secret is in it, and without money', () => {
		const { body } = parsed<Form>('ISSUE_TEMPLATE/bug.yml');
		expect(body[0]!.attributes.value).toMatch(/\*\*.*secret.*salt/i);
		const box = body.find(({ id }) => id === 'no-secrets');
		expect(box?.attributes.options).toEqual([expect.objectContaining({ required: true })]);
		expect(body.find(({ id }) => id === 'money')?.validations).toEqual({ required: true });
	});

	it('an empty issue cannot be opened', () => {
		expect(parsed('ISSUE_TEMPLATE/config.yml')).toMatchObject({ blank_issues_enabled: false });
	});
});

it('the n8n packages that belong together are updated together', () => {
	const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
		devDependencies: Record<string, string>;
	};
	const { updates } = parsed<{
		updates: Array<{ groups: Record<string, { patterns: string[] }> }>;
	}>('dependabot.yml');
	const together = Object.keys(devDependencies).filter((name) => /^n8n-/.test(name));
	expect(updates[0]!.groups.n8n!.patterns.sort()).toEqual(together.sort());
});
