import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.mjs';

/**
 * `html`: with its pictures in it; `eml` and `page`: the files.
 * @typedef {{ to: string, subject: string, html: string, pictures: Buffer[], eml: string, page: string }} Mail
 */

/**
 * `mails`: those that came so far; `onMail`: called with each new one.
 * @typedef {{ port: number, mails: Mail[], onMail: (mail: Mail) => void, stop: () => Promise<void> }} MailServer
 */

/**
 * A mail server on this machine that takes every mail and keeps it: as it came (.eml), and as a page for a browser.
 * @param {string} folder
 * @returns {Promise<MailServer>}
 */
export async function startMailServer(folder) {
	// not there before the dependencies are installed
	const { SMTPServer } = await import('smtp-server');
	/** @type {MailServer} */
	const taken = {
		port: 0,
		mails: [],
		onMail: () => {},
		stop: () => new Promise((resolve) => server.close(resolve)),
	};
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['AUTH', 'STARTTLS'],
		onData: (stream, _session, done) => {
			keep(stream, folder).then((mail) => {
				taken.mails.push(mail);
				taken.onMail(mail);
				done();
			}, done);
		},
	});
	await new Promise((resolve, reject) => {
		server.once('error', (error) =>
			reject(new Failure(`The demo's mail server could not be started: ${error.message}`)),
		);
		server.listen(0, '127.0.0.1', () => resolve(undefined));
	});
	server.on('error', () => {});
	taken.port = /** @type {import('node:net').AddressInfo} */ (server.server.address()).port;
	return taken;
}

/**
 * @param {import('smtp-server').SMTPServerDataStream} stream
 * @param {string} folder
 * @returns {Promise<Mail>}
 */
async function keep(stream, folder) {
	const { simpleParser } = await import('mailparser');
	/** @type {Buffer[]} */
	const chunks = [];
	for await (const chunk of stream) chunks.push(chunk);
	const raw = Buffer.concat(chunks);
	const parsed = await simpleParser(raw);
	const html =
		parsed.html ||
		`<pre>${(parsed.text ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`;
	const about = (parsed.attachments[0]?.filename ?? 'mail')
		.replace(/\.\w+$/, '')
		.replace(/[^\w-]/g, '');
	const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${about}`;
	const [eml, page] = [join(folder, `${name}.eml`), join(folder, `${name}.html`)];
	mkdirSync(folder, { recursive: true });
	writeFileSync(eml, raw);
	writeFileSync(page, html);
	const pictures = parsed.attachments
		.filter(({ contentType }) => contentType === 'image/png')
		.map(({ content }) => content);
	const to = [parsed.to ?? []].flat().map(({ text }) => text);
	return { to: to.join(', '), subject: parsed.subject ?? '', html, pictures, eml, page };
}
