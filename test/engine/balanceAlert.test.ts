import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { IDataObject } from 'n8n-workflow';

import { startBench, type Bench } from './support/microesim';

const example = JSON.parse(readFileSync(join(__dirname, '../../examples/balance-alert.json'), 'utf8'));

let bench: Bench;
let smtp: SMTPServer;
const mails: ParsedMail[] = [];

beforeAll(async () => {
	bench = await startBench();
	smtp = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _session, done) => void simpleParser(stream).then((mail) => (mails.push(mail), done()), done),
	});
	await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await new Promise<void>((resolve) => smtp.close(resolve));
	await bench.stop();
});

describe('examples/balance-alert.json', () => {
	it('sends one mail when the balance falls below the line and one when it is back', async () => {
		const { port } = smtp.server.address() as { port: number };
		let staticData: IDataObject = {};
		const subjects: string[][] = [];
		for (const balance of [600, 499.99, 499, 20, 500, 900, 100]) {
			mails.length = 0;
			bench.simulator.balance = balance;
			const result = await bench.engine.runExample(example, {
				startNode: 'Every Hour',
				staticData,
				credentials: {
					microesimApi: bench.credential,
					smtp: { host: '127.0.0.1', port, secure: false, disableStartTls: true, user: '', password: '' },
				},
			});
			expect(result.error()).toBeUndefined();
			staticData = JSON.parse(JSON.stringify(result.workflow.staticData)) as IDataObject;
			subjects.push(mails.map(({ subject = '' }) => subject));
		}
		expect(subjects).toEqual([
			[],
			['MicroeSIM balance is low: 499.99 HKD'],
			[],
			[],
			['MicroeSIM balance is back: 500 HKD'],
			[],
			['MicroeSIM balance is low: 100 HKD'],
		]);
	});
});
