const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const RULE = '-'.repeat(80);

/**
 * Writes the licences of the bundled packages into one file. Throws when a package ships no licence text.
 * @param {string[]} folders package folders inside node_modules
 * @param {string} file
 */
function writeLicences(folders, file) {
	if (folders.length === 0) return;
	const parts = folders.map((folder) => {
		/** @type {Record<string, string>} */
		const { name, version, license } = JSON.parse(
			readFileSync(join(folder, 'package.json'), 'utf8'),
		);
		const text = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)(\.|$)/i.test(entry));
		if (!text)
			throw new Error(`${name} ${version} ships no licence text, so it cannot be bundled.`);
		return `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${readFileSync(join(folder, text), 'utf8').trim()}\n`;
	});
	writeFileSync(
		file,
		`Libraries that are bundled into this package, and their licences.\n\n${parts.join('\n')}`,
	);
}

module.exports = { writeLicences };
