import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '../../../simulator');
const PACKAGES = ['fastify', '@fastify/formbody', '@fastify/multipart'];

const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
	/\.(ts|cjs)$/.test(name),
);

function importsOf(file: string): string[] {
	const text = readFileSync(join(root, file), 'utf8');
	const statements = text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"]([^'"]+)['"]/g);
	return [...statements].map((match) => match[1]!);
}

describe('the simulator stands alone', () => {
	it('has files to look at', () => expect(files).toContain('index.ts'));

	it.each(files)('%s imports only the simulator, Node and Fastify', (file) => {
		for (const name of importsOf(file)) {
			if (name.startsWith('.')) {
				const target = relative(root, resolve(dirname(join(root, file)), name));
				expect(target.startsWith('..') ? `${file} imports ${name}` : '').toBe('');
			} else if (name.startsWith('node:')) {
				expect(builtinModules).toContain(name.slice('node:'.length));
			} else {
				expect(PACKAGES).toContain(name);
			}
		}
	});

	it.each(files)('%s reads no file at run time', (file) => {
		expect(importsOf(file)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(node:)?fs/)]),
		);
	});
});
