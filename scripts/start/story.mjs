import { Failure } from '../lib/failure.mjs';
import { Books } from './booked.mjs';
import { mailOf, mailRows } from './mailed.mjs';
import { rowOf } from './noted.mjs';
import { buy } from './purchase.mjs';
import { shopOrder } from './shop-order.mjs';
import { say, showRows, terminalQr } from './show.mjs';

/** @typedef {Record<keyof typeof import('./workflows.mjs').FLOWS, import('./workflows.mjs').Workflow>} Flows */

/**
 * What the story is told with.
 * @typedef {object} Stage
 * @property {import('./n8n-api.mjs').N8nApi} api
 * @property {Flows} flows
 * @property {import('./simulator.mjs').Access} access
 * @property {import('./mail-server.mjs').MailServer} post
 */

/** How many steps it takes. */
export const STORY = 3;

/**
 * An order comes in, an eSIM is bought, pushed, mailed and written into the ledger; each is checked and shown.
 * @param {import('./progress.mjs').Progress} progress
 * @param {Stage} stage
 * @returns {Promise<string>} the execution that bought
 */
export async function tellStory(progress, { api, flows, access, post }) {
	const books = new Books(access);
	const order = shopOrder(Date.now());
	const before = await books.money();
	const { executionId, bought } = await progress.step(
		`Order ${order.name} of the shop is paid`,
		(note) => buy(api, flows.shop, order, note),
	);
	const after = await books.money();
	const paid = Math.round((before.balance - after.balance) * 100) / 100;
	const [first, ...more] = bought;
	if (!first || more.length > 0)
		throw new Failure(`Of the order ${order.name} ${bought.length} eSIMs were bought, not one.`);
	if (!(paid > 0)) throw new Failure(`The simulator was not paid for the order ${order.name}.`);
	const mailed = await progress.step('MicroeSIM pushes it, the buyer gets it', (note) =>
		mailOf(post, order.name, note),
	);
	await books.check(first.topup_id, mailed.code);
	const row = await progress.step('The ledger knows it', () => rowOf(api, first.custom_order_no));
	if (row.price !== paid)
		throw new Failure(`The ledger says that ${row.price} was paid, and it was ${paid}.`);

	const lines = order.line_items.map(({ title, quantity }) => `${quantity} × ${title}`);
	say(`\nThe shop's order ${order.name}: ${lines.join(', ')}`);
	say(`\nBought in n8n by "${flows.shop.name}", and found in the simulator's books:`);
	showRows([
		['Plan', String(row.channel_dataplan_name)],
		['Paid', `${paid} ${after.currency}`],
		['Our number', first.custom_order_no],
		['MicroeSIM order', first.topup_id],
	]);
	say(`\nPushed to n8n by the simulator, and mailed by "${flows.delivered.name}":`);
	showRows(mailRows(mailed));
	if (process.stdout.isTTY) say(`\n${await terminalQr(mailed.code)}`);
	say(`\nWritten down by "${flows.ledger.name}", in n8n's data table "MicroeSIM orders":`);
	const told = ['state', 'buyer', 'price', 'asked_at', 'bought_at', 'delivered_at', 'mailed_at'];
	showRows(told.map((name) => [name, String(row[name])]));
	say();
	return executionId;
}
