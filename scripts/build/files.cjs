const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');

/**
 * Files below the folders whose path matches, with forward slashes, sorted: the same list on every system.
 * @param {string[]} folders relative to the working directory
 * @param {RegExp} pattern
 * @returns {string[]}
 */
function listFiles(folders, pattern) {
	return folders
		.filter((folder) => existsSync(folder))
		.flatMap((folder) =>
			readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
				join(folder, file).replaceAll('\\', '/'),
			),
		)
		.filter((file) => pattern.test(file))
		.sort();
}

module.exports = { listFiles };
