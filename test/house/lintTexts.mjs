import { ESLint } from 'eslint';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, resolveConfig } from 'prettier';

/**
 * Lints texts as if they stood in files of the project, and checks their formatting: a process of its own, because
 * jest on Node 20 loads no ES modules. Reads `[{ file, text }]` as JSON from standard input, and writes the names
 * of the rules that each text breaks; `format` stands for Prettier.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const eslint = new ESLint({ cwd: root });

const answers = [];
for (const { file, text } of JSON.parse(readFileSync(0, 'utf8'))) {
	const filePath = join(root, file);
	const [result] = await eslint.lintText(text, { filePath });
	const rules = result.messages.map(({ ruleId, message }) => ruleId ?? message);
	const formatted = await check(text, { ...(await resolveConfig(filePath)), filepath: filePath });
	answers.push(formatted ? rules : [...rules, 'format']);
}
process.stdout.write(JSON.stringify(answers));
