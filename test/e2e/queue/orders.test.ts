import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Simulator } from '../../../simulator';
import { post } from '../bench';
import { chain, draftNode, inWhole, publish, readSetup, until, type QueueN8n } from '../harness';
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
	startPlayedQueue,
	underWay,
	whenQuiet,
	type Row,
} from './support';

const NUMBERS = inWhole(500, 120);
/** A webhook process is killed, and started again, when so many have been delivered. */
const WEBHOOK_KILLED_AT = Math.floor(NUMBERS / 4);
/** One of two workers is killed, and started again. */
const WORKER_KILLED_AT = Math.floor(NUMBERS / 2);
/** Numbers that are delivered and not yet bought: two workers can be at all their executions at the same moment. */
const UNDER_WAY = 8;
/** A number whose worker was killed may never be bought, so it is not waited for without end. */
const PATIENCE_MS = 2000;
/** How long MicroeSIM takes for an order, so that some are on their way when the worker is killed. */
const ANSWER_MS = 300;
/** On two cores that have other work, too. */
const TIMEOUT_MS = 1_500_000;
const PLAN = 'b1a926e1-d770-4e03-804e-c527b9397eb9';

let played: Played<QueueN8n>;
let simulator: Simulator;
let n8n: QueueN8n;
let stage: Stage;

const numberOf = (index: number) => `shop-${String(index).padStart(4, '0')}`;
const booked = (number: string) =>
	simulator.ledger.filter(({ custom_order_no }) => custom_order_no === number);

const numbersBooked = () =>
	new Set(simulator.ledger.map(({ custom_order_no }) => custom_order_no)).size;

/** Two webhooks of one workflow lead to one node that buys. */
async function shopFlow(): Promise<{ id: string; paths: [string, string] }> {
	const paths: [string, string] = [randomUUID(), randomUUID()];
	const shops = paths.map((path, index) =>
		draftNode(
			`Shop ${index + 1}`,
			'webhook',
			2,
			{ httpMethod: 'POST', path, options: {} },
			{ webhookId: path },
		),
	);
	const order = {
		resource: 'order',
		operation: 'create',
		planId: { __rl: true, mode: 'id', value: PLAN },
		customOrderNo: '={{ $json.body.number }}',
	};
	const credentials = { microesimApi: stage.credential };
	const buy = draftNode('Buy', 'n8n-nodes-microesim.microesim', 1, order, { credentials });
	const connections = { ...chain('Shop 1', 'Buy'), ...chain('Shop 2', 'Buy') };
	return { id: await publish(n8n.api, 'Shop', [...shops, buy], connections), paths };
}

/** Publishing goes on after n8n has answered; a number that is no test's own tells when it is through. */
const isTaken = (url: string) => async (): Promise<boolean> => {
	const { status } = await post(url, '{"number":"opening"}').catch(() => ({ status: 0 }));
	return status === 200;
};

const numberIn = (text: string): string | undefined => /shop-\d{4}/.exec(text)?.[0];

(readSetup().queue ? describe : describe.skip)(
	'orders in queue mode, with two workers and two webhook processes (needs Redis on port 6379 and PostgreSQL on port 5432)',
	() => {
		beforeAll(async () => {
			played = await startPlayedQueue({ ...GIVEN_UP, ...TELLS_MEMORY });
			({ n8n, simulator, stage } = played);
			// booked at once and answered later, or booked just before the answer: a kill meets both
			for (let order = 0; order <= NUMBERS; order++)
				simulator.faults.next('esimSubscribe', {
					kind: 'slow',
					ms: ANSWER_MS,
					book: order % 2 === 0,
				});
		}, TIMEOUT_MS);
		afterAll(async () => await played?.stop());

		it(
			`${NUMBERS} numbers, each delivered twice at the same moment, are bought once, though a webhook process and a worker are killed`,
			async () => {
				const flow = await shopFlow();
				const urls = flow.paths.map((path, index) => `${n8n.webhooks[index]}/webhook/${path}`);
				for (const url of urls) await until(isTaken(url), `n8n takes orders at ${url}`);
				let deliveries = 0;
				const deliverTwice = async (number: string) => {
					const body = JSON.stringify({ number });
					const both = await Promise.all(urls.map(async (url) => await deliver(url, body)));
					deliveries += both[0]! + both[1]!;
				};
				const numbers = Array.from({ length: NUMBERS }, (_, index) => numberOf(index));
				const memory = watchMemory(() => n8n.running());
				const started = Date.now();
				let numberOfKilled = new Map<number, string | undefined>();
				let isBack = Promise.resolve();
				for (const [index, number] of numbers.entries()) {
					if (index === WEBHOOK_KILLED_AT) {
						// in the middle of a delivery
						const killed = sleep(10).then(async () => await n8n.kill('webhook 1'));
						isBack = killed.then(async () => await n8n.startAgain('webhook 1'));
					}
					if (index === WORKER_KILLED_AT) {
						await n8n.kill('worker 1');
						// what the worker had in hand is kept without its items when n8n gives it up
						const atKill = await underWay(n8n, flow.id);
						numberOfKilled = new Map(atKill.map(({ id, data }) => [id, numberIn(data)]));
						isBack = n8n.startAgain('worker 1');
					}
					await deliverTwice(number);
					for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; await sleep(50))
						if (index - numbersBooked() < UNDER_WAY) break;
				}
				await isBack;
				memory.end();
				await whenQuiet(n8n, flow.id);
				const seconds = Math.round((Date.now() - started) / 1000);
				const executions = await rowsOf(n8n, flow.id);
				const log = n8n.log();

				// An order is in doubt when an execution of its number ended with the killed worker.
				const failed = executions.filter(({ status }) => !['success', 'new'].includes(status));
				const died = failed.filter(({ data }) => data.includes(GIVEN_UP_SAYS));
				const inDoubt = [...new Set(died.map(({ id }) => numberOfKilled.get(id)))];
				const doubted = failed.filter((one) => !died.includes(one));
				const isDoubt = ({ data }: Row) =>
					inDoubt.some((number) => data.includes(`The order \\"${number}\\" may have been bought`));
				const sure = numbers.filter((number) => !inDoubt.includes(number));
				const twice = numbers.filter((number) => booked(number).length > 1);
				const isTold = (id: string) =>
					log.includes(id) || executions.some(({ data }) => data.includes(id));
				const untold = numbers.filter((number) =>
					booked(number).some(({ topup_id }) => !isTold(topup_id)),
				);
				const notBought = numbers.filter((number) => booked(number).length === 0);
				tellFigures(
					'orders',
					[
						['order numbers, each delivered to both webhook processes at once', NUMBERS],
						['deliveries until each was answered', deliveries],
						['executions, as they ended', byStatus(executions)],
						['bought once', numbers.filter((number) => booked(number).length === 1).length],
						['bought twice or more', twice.length],
						['not bought', notBought.length],
						['executions that the killed worker had in hand, and n8n gave up', died.length],
						['numbers of them', inDoubt.length],
						['further executions of these numbers, each an error that says so', doubted.length],
						['bought, with the order ID in no execution and no log', untold.length],
						['seconds', seconds],
					],
					memory.lives,
				);

				expect(twice).toEqual([]);
				expect(notBought.filter((number) => sure.includes(number))).toEqual([]);
				expect(untold.filter((number) => sure.includes(number))).toEqual([]);
				// the kill did meet orders, and nothing but what that worker had in hand ended otherwise
				expect(died.length).toBeGreaterThan(0);
				expect(died.length).toBeLessThanOrEqual(AT_ONCE);
				expect(inDoubt).not.toContain(undefined);
				expect(doubted.filter((one) => !isDoubt(one))).toEqual([]);

				for (const number of inDoubt) await deliverTwice(number ?? '');
				await whenQuiet(n8n, flow.id);
				expect(numbers.filter((number) => booked(number).length > 1)).toEqual([]);
			},
			TIMEOUT_MS,
		);

		it('no secret is left behind', async () => await expectNoSecret(n8n, stage));
	},
);
