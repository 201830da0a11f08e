const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { plainError } = require('./plain-error.cjs');

const RULE = '-'.repeat(80);
const LICENCE = /^(licen[cs]e|copying)(\.|-|$)/i;
/** Some licences ask for the notices beside them, too. */
const NOTICE = /^notice(\.|$)/i;

/**
 * Writes the licences of the bundled packages into one file. Throws when a package ships no licence text.
 * @param {import('./packages.cjs').BundledPackage[]} packages
 * @param {string} file
 */
function writeLicences(packages, file) {
	if (packages.length === 0) return;
	const parts = packages.map(({ folder, name, version, license }) => {
		const entries = readdirSync(folder).sort();
		const licences = entries.filter((entry) => LICENCE.test(entry));
		if (licences.length === 0)
			throw plainError(`${name} ${version} ships no licence text, so it cannot be bundled.`);
		const texts = [...licences, ...entries.filter((entry) => NOTICE.test(entry))].map((entry) =>
			readFileSync(join(folder, entry), 'utf8').trim(),
		);
		return `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${texts.join('\n\n')}\n`;
	});
	writeFileSync(
		file,
		`Libraries that are bundled into this package, and their licences.\n\n${parts.join('\n')}`,
	);
}

module.exports = { writeLicences };
