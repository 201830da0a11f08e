/** @typedef {import('./release.mjs').Tree} Tree */

const PLACEHOLDER = 'n8n-nodes-microesim/n8n-nodes-microesim';
const PLACEHOLDER_NAME = 'n8n-nodes-microesim contributors';
const REPOSITORY = /^git\+https:\/\/github\.com\/([\w.-]+\/[\w.-]+?)\.git$/;
const ADDRESS = /github(?:usercontent)?\.com[/:]([\w.-]+)\/([\w.-]+)/gi;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Domains nobody can own (RFC 2606, RFC 6761). */
const RESERVED = /(^|[@.])(example\.(com|net|org)|example|test|invalid|localhost)$/i;

/** @param {Tree} tree */
function authorOf({ manifest: { author } }) {
	if (typeof author !== 'string') return { name: author?.name ?? '', email: author?.email ?? '' };
	const [, name = '', email = ''] = /^([^<]*?)\s*(?:<([^>]*)>)?$/.exec(author) ?? [];
	return { name, email };
}

/** @param {Tree} tree */
export function authorFaults(tree) {
	const { name, email } = authorOf(tree);
	const faults = [];
	if (!name || name === PLACEHOLDER_NAME) {
		faults.push(
			`package.json names ${name ? 'a placeholder' : 'nobody'}; put the name that npm shows as the maintainer`,
		);
	}
	if (!email.match(MAIL) || RESERVED.test(email)) {
		faults.push(`"${email}" reaches nobody; put a mail address that somebody reads`);
	}
	return faults;
}

/** @param {Tree} tree */
export function contactFaults(tree) {
	const text = tree.texts.get('SECURITY.md');
	if (text === undefined)
		return ['there is no SECURITY.md; say where a security fault is reported'];
	const { email } = authorOf(tree);
	const mails = [...new Set(text.match(MAIL))];
	if (!email.match(MAIL) || (mails.length === 1 && mails[0] === email)) return [];
	return [
		`SECURITY.md names ${mails.join(', ') || 'no mail address'}; put ${email} as in package.json`,
	];
}

/**
 * @param {Tree} tree
 * @returns {string | undefined} owner and name on GitHub
 */
const homeOf = ({ manifest: { repository } }) => REPOSITORY.exec(repository?.url ?? '')?.[1];

/** @param {Tree} tree */
export function repositoryFaults(tree) {
	const home = homeOf(tree);
	if (!home)
		return [
			'package.json needs a repository.url of the form git+https://github.com/<owner>/<name>.git',
		];
	if (home !== PLACEHOLDER) return [];
	return [
		`package.json names ${PLACEHOLDER}, a placeholder; put the repository that publishes the package`,
	];
}

/** @param {Tree} tree */
export function addressFaults(tree) {
	const home = homeOf(tree);
	if (!home) return [];
	const ownName = String(tree.manifest.name).toLowerCase();
	const places = [...tree.texts].flatMap(([path, text]) =>
		[...text.matchAll(ADDRESS)].flatMap(({ 1: owner, 2: rest, index }) => {
			const name = String(rest).replace(/\.git$|\.+$/, '');
			const ours = name.toLowerCase() === ownName || PLACEHOLDER.startsWith(`${owner}/`);
			return ours && `${owner}/${name}` !== home
				? [`${path}:${text.slice(0, index).split('\n').length}`]
				: [];
		}),
	);
	const faults =
		places.length === 0 ? [] : [`put ${home}, as in package.json, into ${places.join(', ')}`];
	const { homepage = '' } = tree.manifest;
	return URL.canParse(homepage) && RESERVED.test(new URL(homepage).hostname)
		? [...faults, `the homepage ${homepage} leads nowhere; put the repository's`]
		: faults;
}
