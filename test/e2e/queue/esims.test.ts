import type { Order, Simulator } from '../../../simulator';
import { buy } from '../../unit/simulator/client';
import { orderOf, post, pushFields, RECEIVED } from '../bench';
import { usePostbox } from '../flows/fakes/postbox';
import { saveSmtp } from '../flows/support';
import {
	activateFlow,
	inWhole,
	readSetup,
	startShop,
	TRIGGER,
	until,
	type CredentialRef,
	type NodeAfter,
	type QueueN8n,
	type Shop,
} from '../harness';
import { expectNoSecret } from '../secrets/expected';
import type { Played } from '../secrets/played';
import type { Stage } from '../secrets/stage';
import { tellFigures } from './figures';
import { TELLS_MEMORY, watchMemory } from './memory';
import {
	AT_ONCE,
	byStatus,
	deliver,
	GIVEN_UP,
	GIVEN_UP_SAYS,
	rowsOf,
	say,
	startPlayedQueue,
	underWay,
	whenQuiet,
} from './support';
import { pushUnderFire } from './underFire';

/** Two webhook processes and two workers, which share the database alone. */

const MANY = inWhole(1000, 100);
const FEW = inWhole(20, 8);
/** How long a mail takes, so that some are on their way when a worker is killed. */
const MAIL_MS = 1000;

const postbox = usePostbox();
let played: Played<QueueN8n>;
let simulator: Simulator;
let n8n: QueueN8n;
let shop: Shop;
let stage: Stage;
let smtp: CredentialRef;

async function newFlow(respond: string, after: NodeAfter = shop.node) {
	const given = { after, at: n8n.webhooks };
	const flow = await activateFlow(n8n.api, stage.credential, { respond }, given);
	const urls = n8n.webhooks.map((url) => `${url}${flow.path}?token=${stage.urlToken}`);
	return { flow, urls: urls as [string, string] };
}

/** Sends the buyer of an eSIM a mail. */
const mailNode = (): NodeAfter & { credentials: Record<string, CredentialRef> } => ({
	name: 'Mail',
	type: 'n8n-nodes-base.emailSend',
	typeVersion: 2.1,
	parameters: {
		fromEmail: 'shop@shop.example',
		toEmail: '={{ $json.device_id }}@buyers.example',
		subject: '={{ $json.topup_id }}',
		emailFormat: 'text',
		text: '={{ $json.lpa_str }}',
		options: {},
	},
	credentials: { smtp },
});

async function newOrders(count: number): Promise<Order[]> {
	const orders: Order[] = [];
	for (let index = 0; index < count; index++) orders.push(orderOf(simulator, await buy(simulator)));
	return orders;
}

const isRunning = ({ status }: { status: string }) => status === 'running';
const bodyOf = (order: Order) => JSON.stringify(pushFields(order));
const callsFor = ({ topup_id, esims }: Order) =>
	shop.calls.get(`${topup_id}-${esims[0]!.device_id}`) ?? 0;
const mailsFor = ({ esims }: Order) => postbox.to(`${esims[0]!.device_id}@buyers.example`).length;

/** How n8n's log names the eSIM of an order. */
const nameOf = ({ topup_id, esims }: Order) => `eSIM ${esims[0]!.device_id} of order ${topup_id}`;

(readSetup().queue ? describe : describe.skip)(
	'with two webhook processes and two workers (needs Redis on port 6379 and PostgreSQL on port 5432)',
	() => {
		beforeAll(async () => {
			shop = await startShop(TRIGGER);
			played = await startPlayedQueue({ ...GIVEN_UP, ...TELLS_MEMORY });
			({ n8n, simulator, stage } = played);
			smtp = await saveSmtp(n8n.api, postbox.credential);
		});
		afterAll(async () => {
			await played?.stop();
			await shop?.stop();
		});
		beforeEach(() => {
			shop.calls.clear();
			shop.status = 200;
		});

		it(`${MANY} eSIMs, each to both at the same moment, with a SIGKILL of each process: none is mailed twice, and each that is not mailed is named (Immediately)`, async () => {
			const { flow, urls } = await newFlow('onReceived', mailNode());
			const orders = await newOrders(MANY);
			postbox.pace.takesMs = MAIL_MS;
			const memory = watchMemory(() => n8n.running());
			const started = Date.now();
			const { deliveries, atKill } = await pushUnderFire(n8n, flow.id, urls, orders.map(bodyOf));
			memory.end();
			// what the killed worker had in hand, and a killed webhook process waited for, is at rest, too
			await whenQuiet(n8n, flow.id, ({ id, status }) => status === 'new' || atKill.has(id));
			const seconds = Math.round((Date.now() - started) / 1000);
			await n8n.kill('main');
			await n8n.startAgain('main');
			await whenQuiet(n8n, flow.id, () => false);

			const rows = await rowsOf(n8n, flow.id);
			const log = n8n.log();
			const counts = orders.map(mailsFor);
			const times = (wanted: (mails: number) => boolean) => counts.filter(wanted).length;
			const never = orders.filter((_, index) => counts[index] === 0);
			const givenUp = rows.filter(({ data }) => data.includes(GIVEN_UP_SAYS));
			const crashed = rows.filter(({ status }) => status === 'crashed');
			tellFigures(
				'pushes',
				[
					['eSIMs, each pushed to both webhook processes at once', MANY],
					['deliveries until each was answered', deliveries],
					['executions, as they ended', byStatus(rows)],
					['mailed once', times((mails) => mails === 1)],
					['mailed twice or more', times((mails) => mails > 1)],
					['mailed never', never.length],
					['executions that the killed worker had in hand, and n8n gave up', givenUp.length],
					['seconds', seconds],
				],
				memory.lives,
			);
			expect(times((mails) => mails > 1)).toBe(0);
			expect(orders.filter((order) => !log.includes(`received ${nameOf(order)}`))).toEqual([]);
			expect(rows.filter(({ status }) => status === 'error')).toEqual(givenUp);
			expect(never.length).toBeLessThanOrEqual(givenUp.length + crashed.length);
			expect(givenUp.length).toBeLessThanOrEqual(AT_ONCE);

			// a crashed execution has kept what it was given, and a retry hands it on
			const isIn = (row: { data: string }) => (order: Order) =>
				row.data.includes(order.topup_id) && mailsFor(order) === 0;
			for (const row of crashed) {
				if (!never.some(isIn(row))) continue;
				await n8n.api.call('POST', `/executions/${row.id}/retry`, { loadWorkflow: false });
			}
			// what is still missing was in an execution that was given up: the log says in which
			const missing = never.filter((order) => mailsFor(order) === 0);
			const inLog = (order: Order) =>
				givenUp.some(({ id }) => log.includes(`has in execution ${id}: ${nameOf(order)}`));
			say(
				`${missing.length} eSIMs are in executions that were given up, ${missing.filter(inLog).length} of them named with the execution`,
			);
			expect(missing.length).toBeLessThanOrEqual(givenUp.length);
			expect(Math.max(...orders.map(mailsFor))).toBe(1);
		}, 1_500_000);

		it('one push after the other, to different processes, is handed on once (Immediately)', async () => {
			const { flow, urls } = await newFlow('onReceived');
			const orders = await newOrders(FEW);
			for (const [index, order] of orders.entries()) {
				for (const delivery of [0, 1, 2]) {
					const { status, text } = await post(urls[(index + delivery) % 2]!, bodyOf(order));
					expect([status, text]).toEqual([200, RECEIVED]);
				}
			}
			await whenQuiet(n8n, flow.id);
			expect(orders.map(callsFor)).toEqual(Array(FEW).fill(1));
		});

		it('no eSIM is lost when it reaches both at the same moment, though it may run twice (When Last Node Finishes)', async () => {
			const { urls } = await newFlow('lastNode');
			const orders = await newOrders(FEW);
			for (const order of orders) {
				const body = bodyOf(order);
				const answers = await Promise.all(urls.map(async (url) => await post(url, body)));
				expect(answers.map(({ status }) => status)).toEqual([200, 200]);
			}
			const counts = orders.map(callsFor);
			expect(Math.min(...counts)).toBeGreaterThan(0);
			say(
				`${FEW} eSIMs, each to two processes at the same moment (When Last Node Finishes): ${counts.reduce((sum, calls) => sum + calls)} runs`,
			);
		});

		it('a run that fails is started again by the push that comes again, also to the other process (When Last Node Finishes)', async () => {
			const { urls } = await newFlow('lastNode');
			const [order] = await newOrders(1);
			const body = bodyOf(order!);
			shop.status = 500;
			for (const url of urls) expect((await post(url, body)).status).toBe(500);
			shop.status = 200;
			expect((await post(urls[0], body)).status).toBe(200);
			expect((await post(urls[0], body)).status).toBe(200);
			expect(callsFor(order!)).toBe(3);
		});

		it('a killed worker loses nothing: the push comes again, and the eSIM is mailed (When Last Node Finishes)', async () => {
			const { flow, urls } = await newFlow('lastNode', mailNode());
			const orders = await newOrders(FEW);
			postbox.pace.takesMs = 60_000;
			// nobody waits that long for an answer
			for (const order of orders) void post(urls[0], bodyOf(order)).catch(() => undefined);
			const atWork = async () => (await underWay(n8n, flow.id)).filter(isRunning).length;
			await until(async () => (await atWork()) === FEW, 'all runs are at their mails');
			await Promise.all([n8n.kill('worker 1'), n8n.kill('worker 2')]);
			postbox.pace.takesMs = 0;
			await Promise.all([n8n.startAgain('worker 1'), n8n.startAgain('worker 2')]);
			expect(orders.map(mailsFor)).toEqual(Array(FEW).fill(0));
			for (const order of orders) await deliver(urls[1], bodyOf(order));
			expect(orders.map(mailsFor)).toEqual(Array(FEW).fill(1));
		});

		it('no secret is left behind', async () => await expectNoSecret(n8n, stage));
	},
);
