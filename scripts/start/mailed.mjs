import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../lib/failure.mjs';
import { ROOT } from '../lib/paths.mjs';
import { activationCode } from './purchase.mjs';

const PATIENCE_MS = 120_000;

/**
 * Waits until every bought eSIM was mailed, and checks the mails: each eSIM in one of its own, whose picture is its QR code.
 * @param {{ mails: import('./mail-server.mjs').Mail[] }} server
 * @param {Record<string, unknown>[]} items the bought eSIMs
 * @returns {Promise<{ mail: import('./mail-server.mjs').Mail, code: string }[]>}
 */
export async function mailsOf({ mails }, items, note) {
	const found = [];
	for (const item of items) {
		const mail = await mailOf(mails, item, note);
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

async function mailOf(mails, { topup_id: order }, note) {
	for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(200)) {
		const ofOrder = mails.filter(({ html }) => html.includes(order));
		if (ofOrder.length > 1)
			throw new Failure(`The order ${order} was mailed ${ofOrder.length} times.`);
		if (ofOrder.length === 1) return ofOrder[0];
		note(`waiting for the mail about the order ${order}`);
	}
	throw new Failure(
		`No mail about the order ${order} came within ${PATIENCE_MS / 60_000} minutes. n8n's executions of the workflow, and .demo/logs/n8n.log, say why.`,
	);
}

async function decode(picture) {
	if (!picture) return 'nothing, because the mail holds no picture';
	const [{ default: jsQR }, { PNG }] = await Promise.all([import('jsqr'), import('pngjs')]);
	const { data, width, height } = PNG.sync.read(picture);
	return (jsQR.default ?? jsQR)(new Uint8ClampedArray(data), width, height)?.data;
}

/** Prints what was mailed, and where it can be looked at. */
export function showMail({ mail, code }, out = process.stdout) {
	const rows = [
		['To', mail.to],
		['Subject', mail.subject],
		['QR code says', code],
		['As a page', relative(ROOT, mail.page)],
		['As it came', relative(ROOT, mail.eml)],
	];
	for (const [name, value] of rows) out.write(`  ${name.padEnd(18)}${value}\n`);
}
