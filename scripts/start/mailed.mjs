import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { ROOT } from '../lib/paths.mjs';

/** @typedef {import('./mail-server.mjs').Mail} Mail */
/** @typedef {{ mail: Mail, code: string }} Mailed `code`: what its picture says */

const PATIENCE_MS = 120_000;

/**
 * Waits for the one mail about an order of the shop, and reads its QR code.
 * @param {{ mails: Mail[] }} server
 * @param {string} order as the shop names it
 * @param {import('./progress.mjs').Note} note
 * @returns {Promise<Mailed>}
 */
export async function mailOf({ mails }, order, note) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
		const [mail, ...others] = mails.filter(({ html }) => html.includes(order));
		if (others.length > 0)
			throw new Failure(`The order ${order} was mailed ${others.length + 1} times.`);
		if (mail) return { mail, code: await decode(mail.pictures[0]) };
		note(`waiting for the mail about the order ${order}`);
	}
	throw new Failure(
		`No mail about the order ${order} came within ${PATIENCE_MS / 60_000} minutes. n8n's executions of the workflow, and .demo/logs/n8n.log, say why.`,
	);
}

/**
 * @param {Buffer | undefined} picture
 * @returns {Promise<string>} what the QR code in it says
 */
async function decode(picture) {
	if (!picture) return 'nothing, because the mail holds no picture';
	const [{ default: jsqr }, { PNG }] = await Promise.all([import('jsqr'), import('pngjs')]);
	const { data, width, height } = PNG.sync.read(picture);
	const found = jsqr.default(new Uint8ClampedArray(data), width, height);
	return found?.data ?? 'nothing that could be read';
}

/**
 * What was mailed, and where it can be looked at.
 * @param {Mailed} mailed
 * @returns {[name: string, value: string][]}
 */
export const mailRows = ({ mail, code }) => [
	['To', mail.to],
	['Subject', mail.subject],
	['QR code says', code],
	['As a page', relative(ROOT, mail.page)],
	['As it came', relative(ROOT, mail.eml)],
];
