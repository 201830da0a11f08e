import type { INode, IWorkflowBase } from 'n8n-workflow';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What holds for every workflow in examples/, seen without running it. */

const root = resolve(__dirname, '../..');
const names = readdirSync(join(root, 'examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.replace('.json', ''));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

const isNote = ({ type }: INode) => type === 'n8n-nodes-base.stickyNote';
const wordsOf = ({ parameters }: INode) =>
	((parameters.content as string | undefined) ?? '').trim();

/** What a node takes on the canvas, px. n8n draws an agent wider, and what hangs below it smaller. */
const NODE = { width: 100, height: 100 };
const boxOf = ({ position: [left, top], parameters }: INode, { width, height } = NODE) => ({
	left,
	top,
	right: left + Number(parameters.width ?? width),
	bottom: top + Number(parameters.height ?? height),
});
const overlap = (one: INode, other: INode): boolean => {
	const [a, b] = [boxOf(one), boxOf(other)];
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
};
const isInside = (one: INode, other: INode): boolean => {
	const [a, b] = [boxOf(one), boxOf(other)];
	return b.left <= a.left && a.right <= b.right && b.top <= a.top && a.bottom <= b.bottom;
};

describe.each(names)('examples/%s.json', (name) => {
	const text = read(`examples/${name}.json`);
	const { nodes, connections, settings } = JSON.parse(text) as IWorkflowBase;
	const [notes, others] = [nodes.filter(isNote), nodes.filter((node) => !isNote(node))];

	it('says what it is, what to fill in and what it costs', () => {
		const [readMe] = notes.filter((note) => note.name === 'Read Me');
		expect(wordsOf(readMe!)).toMatch(/^## /);
		expect(wordsOf(readMe!)).toMatch(/\n1\. /);
		expect(wordsOf(readMe!)).toMatch(/\bcosts?\b/i);
		expect(notes.map(wordsOf)).not.toContain('');
		expect(text).not.toMatch(/\bactivate (the|this) workflow\b/i);
	});

	it('names no credential, not even one without an id, which would hide that one is missing', () => {
		expect(nodes.filter((node) => 'credentials' in node).map((node) => node.name)).toEqual([]);
	});

	it('does nothing before "Fill In" is filled in, where it came with words of an example', () => {
		const fillIn = nodes.find((node) => node.name === 'Fill In');
		if (!/your[- ](shop|n8n|url)|_address/i.test(JSON.stringify(fillIn?.parameters ?? {}))) return;
		const next = (from: string) =>
			connections[from]?.main?.map((ends) => ends?.map(({ node }) => node).join());
		expect(next('Fill In')).toEqual(['Is Filled In']);
		expect(next('Is Filled In')?.[1]).toBe('Fill It In First');
		// what decides, and what names the fields, are one rule
		const rules = text.match(/\$\('Fill In'\)\.params\.assignments\..*?\.join\(', '\)/g);
		expect(rules).toHaveLength(2);
		expect(new Set(rules).size).toBe(1);
	});

	it('has every node connected, each with an id and a name of its own', () => {
		const ids = nodes.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(new Set(nodes.map((node) => node.name)).size).toBe(nodes.length);
		const to = Object.values(connections).flatMap((kinds) =>
			Object.values(kinds).flatMap((outputs) => outputs.flatMap((ends) => ends ?? [])),
		);
		const named = new Set([...Object.keys(connections), ...to.map(({ node }) => node)]);
		expect([...named].sort()).toEqual(others.map((node) => node.name).sort());
		expect(settings?.executionOrder).toBe('v1');
	});

	it('is laid out so that nothing lies over another', () => {
		const over = others.flatMap((one, index) =>
			others
				.slice(index + 1)
				.filter((other) => overlap(one, other))
				.map((other) => `${one.name} / ${other.name}`),
		);
		expect(over).toEqual([]);
		const readMe = notes.find((note) => note.name === 'Read Me')!;
		expect(others.filter((node) => overlap(readMe, node)).map((node) => node.name)).toEqual([]);
	});

	it('has no node that stands on the edge of a frame', () => {
		const onEdge = notes.flatMap((note) =>
			others
				.filter((node) => overlap(note, node) && !isInside(node, note))
				.map((node) => `${node.name} / ${note.name}`),
		);
		expect(onEdge).toEqual([]);
	});

	it('looks by itself every hour, or every day at a time', () => {
		const rules = others
			.filter(({ type }) => type.endsWith('.scheduleTrigger'))
			.flatMap(({ parameters }) => (parameters.rule as { interval: unknown[] }).interval);
		for (const rule of rules) {
			expect([
				{ field: 'hours' },
				{ field: 'hours', triggerAtMinute: expect.any(Number) as number },
				{
					field: 'days',
					triggerAtHour: expect.any(Number) as number,
					triggerAtMinute: expect.any(Number) as number,
				},
			]).toContainEqual(rule);
		}
	});

	it('has a page with its picture, and stands in the README', () => {
		expect(readme).toContain(`](examples/${name}.json)`);
		const page = read(`docs/flows/${name}.md`);
		expect(page).toContain(`](../images/flow-${name}.png)`);
		expect(existsSync(join(root, `docs/images/flow-${name}.png`))).toBe(true);
		expect(page).toMatch(/`node scripts\/e2e\.mjs e2e\/[\w/]+`/);
		expect(page).toMatch(/^## What (it costs|can go wrong)/m);
		expect(readme).toContain(`](docs/flows/${name}.md)`);
	});
});
