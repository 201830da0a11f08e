import { relative } from 'node:path';
import { inDemo, ROOT } from '../lib/paths.mjs';
import { showMail } from './mailed.mjs';
import { OWNER } from './options.mjs';
import { activationCode, iosLink } from './purchase.mjs';

/** @typedef {{ problem: string }} Problem what went wrong, in place of a result */

export function say(text = '') {
	process.stdout.write(`${text}\n`);
}

/**
 * @param {import('./booked.mjs').Bought | Problem} bought
 * @param {import('./workflows.mjs').Workflow} workflow
 */
export async function showBought(bought, workflow) {
	if ('problem' in bought) {
		say(`\n✖ Nothing to show: ${bought.problem}\n`);
		return;
	}
	say(
		`\nBought in n8n by the workflow "${workflow.name}", and found in the simulator's books (${bought.paid} paid):`,
	);
	for (const item of bought.items) await showEsim(item);
	say();
}

/**
 * @param {import('./mailed.mjs').Mailed[] | Problem} mailed
 * @param {import('./workflows.mjs').Workflow} workflow
 */
export function showMailed(mailed, { name }) {
	if ('problem' in mailed) {
		say(`\n✖ No mail to show: ${mailed.problem}\n`);
		return;
	}
	say(`\nPushed to n8n when it was ready, and mailed by the workflow "${name}":`);
	mailed.forEach((entry) => showMail(entry));
	say();
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
 * Prints an eSIM as its buyer wants it; on a terminal with its QR code.
 * @param {import('./purchase.mjs').Item} item
 */
async function showEsim(item, out = process.stdout) {
	const code = activationCode(item);
	/** @type {[name: string, value: string | undefined][]} */
	const rows = [
		['Plan', item.channel_dataplan_name],
		['Order (topup_id)', item.topup_id],
		['Activation code', code],
		['iOS link', iosLink(item)],
	];
	for (const [name, value] of rows.filter(([, given]) => given))
		out.write(`  ${name.padEnd(18)}${value}\n`);
	if (code && out.isTTY) out.write(`\n${await terminalQr(code)}\n`);
}

/**
 * A QR code of half blocks, black on white whatever the terminal's colours are.
 * @param {string} text
 */
async function terminalQr(text) {
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
