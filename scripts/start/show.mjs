import { relative } from 'node:path';
import { inDemo, ROOT } from '../lib/paths.mjs';
import { OWNER } from './options.mjs';

export function say(text = '') {
	process.stdout.write(`${text}\n`);
}

/**
 * Prints names and values, each in a line.
 * @param {[name: string, value: string][]} rows
 */
export function showRows(rows) {
	for (const [name, value] of rows) say(`  ${name.padEnd(18)}${value}`);
}

/**
 * Where everything can be looked at.
 * @param {string} editor the address to open
 * @param {import('./simulator.mjs').Access} access
 */
export function showDoors(editor, { baseUrl }) {
	say(`  Editor    ${editor}`);
	say(`  Login     ${OWNER.email}   ${OWNER.password}`);
	say(`  Simulator ${baseUrl}`);
	say(
		`  Mails     ${relative(ROOT, inDemo('mails'))} (whatever the simulator sells is pushed to n8n and mailed)`,
	);
	say(`  Logs      ${relative(ROOT, inDemo('logs'))}`);
	say();
}

/**
 * A QR code of half blocks, black on white whatever the terminal's colours are.
 * @param {string} text
 */
export async function terminalQr(text) {
	const { generate } = await import('lean-qr');
	const qr = generate(text);
	const lines = [];
	for (let y = -4; y < qr.size + 4; y += 2) {
		let line = '';
		for (let x = -4; x < qr.size + 4; x++)
			line += ' ▄▀█'[(qr.get(x, y) ? 2 : 0) + (qr.get(x, y + 1) ? 1 : 0)];
		lines.push(`  \x1b[107;30m${line}\x1b[0m`);
	}
	return lines.join('\n');
}
