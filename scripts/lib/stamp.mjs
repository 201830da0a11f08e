import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Reads a small JSON file.
 * @param {string} file
 * @returns {Record<string, unknown> | undefined} undefined when it is missing or broken
 */
export function readStamp(file) {
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		return undefined;
	}
}

/**
 * Writes a small JSON file and the folders above it.
 * @param {string} file
 * @param {Record<string, unknown>} value
 */
export function writeStamp(file, value) {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${JSON.stringify(value, null, '\t')}\n`);
}
