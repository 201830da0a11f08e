import { simpleParser, type ParsedMail } from 'mailparser';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

import { useStarted } from '../../../engine/support/useBench';

/** A mail, and when the server took it: milliseconds since 1970. */
export type Mail = ParsedMail & { arrivedAt: number };

/** A mail server in this process. */
export interface Postbox {
	/** What arrived, oldest first. */
	mails: Mail[];
	/** The credential of n8n's Send Email for it. */
	credential: ICredentialDataDecryptedObject;
	/** To whom they were, one after the other. */
	receivers(): string[];
	/** Those to an address. */
	to(address: string): Mail[];
	/** Addresses it refuses. */
	refused: Set<string>;
	/** Takes nothing from anybody, until it comes back. */
	goDown(): void;
	comeBack(): void;
	/** `takesMs`: how long it takes to take a mail. */
	pace: { takesMs: number };
	stop(): Promise<void>;
}

/** Starts it on a free port. */
export async function startPostbox(): Promise<Postbox> {
	const mails: Mail[] = [];
	const refused = new Set<string>();
	let isDown = false;
	const pace = { takesMs: 0 };
	const smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onConnect: (_session, done) => done(isDown ? unavailable() : null),
		onRcptTo: ({ address }, _session, done) =>
			void sleep(pace.takesMs).then(() =>
				done(refused.has(address) ? new Error('No such mailbox') : null),
			),
		onData: (stream, _session, done) =>
			void simpleParser(stream).then((mail) => {
				// it may have gone down while the mail came in
				if (isDown) return done(unavailable());
				mails.push({ ...mail, arrivedAt: Date.now() });
				done();
			}, done),
	});
	// a client that was killed in the middle of a mail
	smtp.on('error', () => {});
	await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
	const { port } = smtp.server.address() as { port: number };
	return {
		mails,
		receivers: () => mails.map(receiverOf),
		to: (address) => mails.filter((mail) => receiverOf(mail) === address),
		refused,
		goDown: () => (isDown = true),
		comeBack: () => (isDown = false),
		pace,
		credential: {
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			user: '',
			password: '',
		},
		stop: async () => await new Promise<void>((resolve) => smtp.close(resolve)),
	};
}

const unavailable = () => Object.assign(new Error('Try again later'), { responseCode: 421 });

/** Nobody here writes to several at once. */
export const receiverOf = ({ to }: ParsedMail): string => [to].flat()[0]?.text ?? '';

/** For all tests of a file; each finds it empty and willing. */
export function usePostbox(): Postbox {
	const postbox = useStarted(startPostbox);
	beforeEach(() => {
		postbox.mails.length = 0;
		postbox.refused.clear();
		postbox.comeBack();
		postbox.pace.takesMs = 0;
	});
	return postbox;
}
