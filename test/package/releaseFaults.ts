import { changelog, HOME, lock, MAIL, manifest, NAME, PLACEHOLDER } from './releaseTree';

const author = (name: string, email: string) => ({
	'package.json': manifest({ author: { name, email } }),
	'SECURITY.md': `Write to ${email}.\n`,
});
const repository = (url: unknown) => ({ 'package.json': manifest({ repository: { url } }) });

export const foreign = `https://github.com/${PLACEHOLDER}/blob/main/README.md`;

/** The point a fault belongs to, what is wrong, and the files that make it; undefined takes one away. */
export const FAULTS: Array<[string, string, Record<string, string | undefined>]> = [
	['author', 'no author', { 'package.json': manifest({ author: undefined }) }],
	['author', 'the placeholder name', author(`${NAME} contributors`, MAIL)],
	['author', 'no name', author('', MAIL)],
	['author', 'the placeholder mail', author('Ada Lovelace', `maintainers@${NAME}.example`)],
	['author', 'a mail nobody can get', author('Ada Lovelace', 'ada@mail.example.com')],
	['author', 'no mail', author('Ada Lovelace', 'acme-esims.shop')],
	['security contact', 'no SECURITY.md', { 'SECURITY.md': undefined }],
	['security contact', 'another mail', { 'SECURITY.md': 'Write to bob@acme-esims.shop.\n' }],
	['security contact', 'a second mail', { 'SECURITY.md': `${MAIL} or bob@acme-esims.shop\n` }],
	['repository', 'no repository', { 'package.json': manifest({ repository: undefined }) }],
	['repository', 'not on GitHub', repository(`git+https://git.acme.shop/${HOME}.git`)],
	['repository', 'not https', repository(`git@github.com:${HOME}.git`)],
	['addresses', 'in the README', { 'README.md': `\n[docs](${foreign})\n` }],
	['addresses', 'in a credential', { 'credentials/A.credentials.ts': `'${foreign}'` }],
	['addresses', 'in a codex file', { 'nodes/A/A.node.json': `{ "url": "${foreign}" }` }],
	['addresses', 'in .github', { '.github/dependabot.yml': `# ${foreign}` }],
	['addresses', 'in SECURITY.md', { 'SECURITY.md': `${MAIL} ${foreign}` }],
	['addresses', 'in docs', { 'docs/a.md': `git clone git@github.com:${PLACEHOLDER}.git` }],
	['addresses', 'in package.json', { 'package.json': manifest({ homepage: foreign }) }],
	['addresses', 'another name', { 'README.md': `https://github.com/${NAME}/microesim` }],
	['addresses', 'in other capitals', { 'README.md': `https://github.com/Acme/${NAME}` }],
	['changelog', 'no CHANGELOG.md', { 'CHANGELOG.md': undefined }],
	['changelog', 'no section', changelog('## [1.1.0] - 2026-11-25\n\n- It.\n')],
	['changelog', 'no date', changelog('## [1.2.0]\n\n- It.\n')],
	['changelog', 'no such day', changelog('## [1.2.0] - 2026-02-30\n\n- It.\n')],
	['changelog', 'nothing in it', changelog('## [1.2.0] - 2026-11-25\n\n### Added\n')],
	['changelog', 'left over', changelog('## Unreleased\n\n- b\n\n## 1.2.0 - 2026-11-25\n\n- a\n')],
	['tag', 'no version', { 'package.json': manifest({ version: '1.2' }) }],
	['lockfile', 'none', { 'package-lock.json': undefined }],
	['lockfile', 'another version', { 'package-lock.json': lock({ version: '1.1.0' }) }],
	['lockfile', 'an address', { 'package-lock.json': lock({}, { resolved: 'https://a.b/c.tgz' }) }],
	['dependencies', 'one', { 'package.json': manifest({ dependencies: { yaml: '2.9.1' } }) }],
	['dependencies', 'optional', { 'package.json': manifest({ optionalDependencies: { a: '1' } }) }],
	['dependencies', 'bundled', { 'package.json': manifest({ bundleDependencies: ['yaml'] }) }],
	['dependencies', 'all bundled', { 'package.json': manifest({ bundleDependencies: true }) }],
	['addresses', 'no home', { 'package.json': manifest({ homepage: 'https://example.com' }) }],
	['scripts', 'postinstall', { 'package.json': manifest({ scripts: { postinstall: 'a' } }) }],
	['scripts', 'prepare', { 'package.json': manifest({ scripts: { prepare: 'a' } }) }],
	['scripts', 'prepack', { 'package.json': manifest({ scripts: { prepack: 'a' } }) }],
	['peer dependency', 'none', { 'package.json': manifest({ peerDependencies: {} }) }],
	[
		'peer dependency',
		'a range',
		{ 'package.json': manifest({ peerDependencies: { 'n8n-workflow': '^2.0.0' } }) },
	],
	[
		'peer dependency',
		'another one',
		{ 'package.json': manifest({ peerDependencies: { 'n8n-workflow': '*', 'n8n-core': '*' } }) },
	],
];
