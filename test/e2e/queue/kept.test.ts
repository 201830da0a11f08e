import type { Simulator } from '../../../simulator';
import { look } from '../../engine/support/picture';
import { buy } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { startPostbox, type Postbox } from '../flows/fakes/postbox';
import { saveSmtp } from '../flows/support';
import { draftNode, readSetup, until, type Place, type QueueN8n } from '../harness';
import { TALKATIVE } from '../secrets/expected';
import { itKeepsNoSecret, type Played } from '../secrets/played';
import { callable, type Stage } from '../secrets/stage';
import { deliver, startPlayedQueue } from './support';

/** What n8n keeps in queue mode: pictures, for whichever worker goes on, and no secret. */

/** So long that an execution leaves its worker. */
const SLEEP_SECONDS = 66;

let postbox: Postbox;
let played: Played<QueueN8n>;
let simulator: Simulator;
let n8n: QueueN8n;
let stage: Stage;
/** What the picture says, and the worker that has drawn it. */
let code: string;
let artist: Place;

/** A flow that draws a QR code, sleeps, and mails it. */
async function pictureFlow(): Promise<string> {
	const { credential } = stage;
	const smtp = await saveSmtp(n8n.api, postbox.credential);
	const draw = {
		resource: 'esim',
		operation: 'getQrCode',
		activationCode: '={{ $json.body.code }}',
	};
	const mail = {
		fromEmail: 'shop@shop.example',
		toEmail: 'buyer@shop.example',
		subject: 'Your eSIM',
		emailFormat: 'text',
		text: 'See the picture.',
		options: { attachments: 'data' },
	};
	return await callable(
		stage,
		'Pictures',
		draftNode('Draw', 'n8n-nodes-microesim.microesim', 1, draw, {
			credentials: { microesimApi: credential },
		}),
		draftNode('Sleep', 'wait', 1.1, { amount: SLEEP_SECONDS, unit: 'seconds' }),
		draftNode('Mail', 'emailSend', 2.1, mail, { credentials: { smtp } }),
	);
}

/** Who says that he has begun with an execution. */
const workersOf = (execution: string): Place[] =>
	[...n8n.running()]
		.filter(([, process]) => process.output().includes(`Worker started execution ${execution} `))
		.map(([place]) => place);

async function fallAsleep(): Promise<void> {
	code = orderOf(simulator, await buy(simulator)).esims[0]!.lpa_str;
	const path = await pictureFlow();
	await deliver(`${n8n.webhooks[0]}${path}`, JSON.stringify({ code }));
	const sleeping = `SELECT id FROM execution_entity WHERE status = 'waiting'`;
	const [{ id }] = await until(async () => {
		const rows = await n8n.backends.query<{ id: number }>(sleeping);
		return rows.length > 0 && (rows as [{ id: number }]);
	}, 'the execution sleeps');
	[artist] = workersOf(String(id)) as [Place];
	await n8n.kill(artist);
}

(readSetup().queue ? describe : describe.skip)(
	'what n8n keeps in queue mode (needs Redis on port 6379 and PostgreSQL on port 5432)',
	() => {
		beforeAll(async () => {
			postbox = await startPostbox();
			played = await startPlayedQueue(TALKATIVE);
			({ n8n, simulator, stage } = played);
			await fallAsleep();
		});
		afterAll(async () => {
			await played?.stop();
			await postbox?.stop();
		});

		itKeepsNoSecret(() => played);

		it('a picture is mailed by another worker than the one that has drawn it and is gone', async () => {
			expect(artist).toMatch(/^worker/);
			expect([...n8n.running().keys()]).not.toContain(artist);
			const mail = await until(() => postbox.mails[0], 'the mail');
			const [picture] = mail.attachments;
			expect(look(picture!.content).text).toBe(code);
			const kept = await n8n.backends.query<{ count: string }>(
				'SELECT count(*) AS count FROM binary_data',
			);
			expect(Number(kept[0]!.count)).toBeGreaterThan(0);
		});
	},
);
