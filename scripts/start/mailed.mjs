import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { ROOT } from '../lib/paths.mjs';
import { activationCode } from './purchase.mjs';

/** @typedef {import('./mail-server.mjs').Mail} Mail */
/** @typedef {import('./progress.mjs').Note} Note */
/** @typedef {import('./purchase.mjs').Item} Item */
/** @typedef {{ mail: Mail, code: string }} Mailed `code`: what its picture says */

const PATIENCE_MS = 120_000;

/**
 * Waits until every bought eSIM was mailed, and checks the mails: each eSIM in one of its own, whose picture is its QR code.
 * @param {{ mails: Mail[] }} server
 * @param {Item[]} items the bought eSIMs
 * @param {Note} note
 * @returns {Promise<Mailed[]>}
 */
export async function mailsOf({ mails }, items, note) {
	/** @type {Mailed[]} */
	const found = [];
	for (const item of items) {
		const mail = await mailOf(mails, String(item.topup_id), note);
		const code = await decode(mail.pictures[0]);
		if (code !== activationCode(item)) {
			throw new Failure(
				`The QR code in the mail says "${code}", but the eSIM's activation code is ${activationCode(item)}. The mail is ${relative(ROOT, mail.eml)}.`,
			);
		}
		found.push({ mail, code });
	}
	return found;
}

/**
 * @param {Mail[]} mails
 * @param {string} order
 * @param {Note} note
 */
async function mailOf(mails, order, note) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
		const [first, ...others] = mails.filter(({ html }) => html.includes(order));
		if (others.length > 0)
			throw new Failure(`The order ${order} was mailed ${others.length + 1} times.`);
		if (first) return first;
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
 * Prints what was mailed, and where it can be looked at.
 * @param {Mailed} mailed
 */
export function showMail({ mail, code }, out = process.stdout) {
	/** @type {[name: string, value: string][]} */
	const rows = [
		['To', mail.to],
		['Subject', mail.subject],
		['QR code says', code],
		['As a page', relative(ROOT, mail.page)],
		['As it came', relative(ROOT, mail.eml)],
	];
	for (const [name, value] of rows) out.write(`  ${name.padEnd(18)}${value}\n`);
}
