import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(__dirname, '../..');
export const NAME = 'n8n-nodes-microesim';
export const HOME = `acme/${NAME}`;
export const PLACEHOLDER = `${NAME}/${NAME}`;
export const MAIL = 'ada@acme-esims.shop';

export type Files = Record<string, string>;
type Json = Record<string, unknown>;

export const manifest = (changes: Json = {}) =>
	JSON.stringify({
		name: NAME,
		version: '1.2.0',
		author: { name: 'Ada Lovelace', email: MAIL },
		repository: { type: 'git', url: `git+https://github.com/${HOME}.git` },
		homepage: `https://github.com/${HOME}#readme`,
		scripts: { build: 'gulp build', preview: 'node preview.mjs' },
		peerDependencies: { 'n8n-workflow': '*' },
		devDependencies: { yaml: '2.9.1' },
		...changes,
	});

export const lock = (changes: Json = {}, yaml: Json = {}) =>
	JSON.stringify({
		version: '1.2.0',
		packages: { '': { version: '1.2.0' }, 'node_modules/yaml': { version: '2.9.1', ...yaml } },
		...changes,
	});

export const GOOD: Files = {
	'package.json': manifest(),
	'package-lock.json': lock(),
	'CHANGELOG.md':
		'# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-25\n\n### Added\n\n- It.\n',
	'SECURITY.md': `Write to ${MAIL}.\n`,
	'README.md': `See https://github.com/${HOME}/wiki and https://github.com/n8n-io/n8n.\n`,
	'credentials/MicroesimApi.credentials.ts': `url = 'https://github.com/${HOME}/blob/main/README.md';\n`,
	'nodes/Microesim/Microesim.node.json': `{ "url": "https://github.com/${HOME}#readme" }`,
	'.github/ISSUE_TEMPLATE/config.yml': `url: https://github.com/${HOME}/security/policy\n`,
	'node_modules/other/README.md': `https://github.com/${PLACEHOLDER}\n`,
	'dist/nodes/Microesim.node.js': `// https://github.com/${PLACEHOLDER}\n`,
	'logo.png': `\0https://github.com/${PLACEHOLDER}`,
};

export const changelog = (text: string): Files => ({ 'CHANGELOG.md': `# Changelog\n\n${text}` });

/** Runs the script as publish.yml does. */
export function check(folder: string, { tag, env }: { tag?: string; env?: string } = {}) {
	const args = [join(root, 'scripts/release-check.mjs'), '--root', folder, ...(tag ? [tag] : [])];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, {
		cwd: tmpdir(),
		encoding: 'utf8',
		env: { ...process.env, GITHUB_REF_NAME: env },
	});
	const lines = stdout.split('\n');
	const faults = lines.filter((line) => line.startsWith('✖'));
	return { status, stderr, faults, good: lines.filter((line) => line.startsWith('✔')) };
}
