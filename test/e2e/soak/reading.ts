import { look } from '../../engine/support/picture';
import type { Postbox } from '../flows/fakes/postbox';
import { receiverOf } from '../flows/fakes/postbox';
import { executionsBetween, runDataOf, type Kept } from '../harness';
import { Table, type Row } from '../ledger/table';
import type { Books, LedgerRow, MailSeen, MicroesimBook, Run, ShopBook } from './books';
import type { Customers } from './customers';
import type { ShopHours } from './hours';
import type { Journal } from './journal';
import { cents } from './money';
import type { World } from './world';

/** Who has written the books, and what none of them holds. */
export interface Writers {
	world: World;
	hours: ShopHours;
	customers: Customers;
	journal: Journal;
	/** Cents. */
	atOpening: number;
	topUps: number[];
	/** What the plans cost at the opening, by their ID; cents. */
	prices: Map<string, number>;
	/** The number of the first execution of the shop's hours. */
	firstRun: number;
}

/** Reads all books, each from where it is kept. */
export async function readBooks(writers: Writers): Promise<Books> {
	const { world, journal } = writers;
	const { api } = world.flows.n8n;
	const rows = await new Table(api).rows();
	// first: while pictures are read, nobody here answers n8n
	const runs = await readRuns(writers);
	return {
		shop: readShop(writers),
		microesim: readMicroesim(writers),
		ledger: rows.map(readRow),
		priceChanges: (await new Table(api, 'MicroeSIM plan changes').rows())
			.filter(({ what }) => /^price/.test(text(what)))
			.map(({ channel_dataplan_id, price_before, price }) => ({
				plan: text(channel_dataplan_id),
				before: cents(Number(price_before)),
				after: cents(Number(price)),
			})),
		mails: readMails(world.flows.postbox),
		runs,
		journal: [...journal.entries],
	};
}

function readShop({ world, customers }: Writers): ShopBook {
	const kept = customers.orders.map(({ id }) => world.shop.order(id));
	return {
		units: customers.units,
		told: customers.told,
		fulfilled: Object.fromEntries(
			kept.map(({ name, fulfillments }) => [
				name,
				fulfillments.map(({ tracking_number }) => String(tracking_number)),
			]),
		),
		notes: Object.fromEntries(kept.map(({ name, note }) => [name, note ?? ''])),
	};
}

function readMicroesim({ world, hours, atOpening, topUps, prices }: Writers): MicroesimBook {
	const { ledger, requests, balance, plans } = world.flows.simulator;
	return {
		balance: { atOpening, toppedUp: topUps, atEnd: cents(balance) },
		orders: ledger.map((order) => ({
			number: order.custom_order_no,
			topupId: order.topup_id,
			plan: order.channel_dataplan_id,
			cost: cents(order.cost),
			bookedAt: hours.realAt(order.bookedAt),
			esims: order.esims.map(({ device_id, lpa_str }) => ({ deviceId: device_id, code: lpa_str })),
		})),
		prices: [...prices].map(([plan, atOpening]) => ({
			plan,
			atOpening,
			atEnd: cents(plans.find((one) => one.channel_dataplan_id === plan)!.price),
		})),
		asked: requests
			.filter(({ endpoint }) => endpoint === 'esimSubscribe')
			.map(({ fields, time, fault, status }) => ({
				number: fields.custom_order_no ?? '',
				at: hours.realAt(time),
				fault,
				status,
			})),
	};
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function readRow(row: Row): LedgerRow {
	return {
		number: text(row.custom_order_no),
		state: row.state,
		topupId: text(row.topup_id),
		deviceId: text(row.device_id),
		price: row.price === null ? undefined : cents(row.price),
		buyer: text(row.buyer),
		shopOrder: text(row.shop_order),
		note: text(row.note),
		isMailed: Boolean(row.mailed_at),
	};
}

const readMails = ({ mails }: Postbox): MailSeen[] =>
	mails.map((mail) => {
		const [picture] = mail.attachments;
		return {
			to: receiverOf(mail),
			subject: mail.subject ?? '',
			text: mail.text ?? '',
			code: picture && look(picture.content).text,
			at: mail.arrivedAt,
		};
	});

async function readRuns({ world, customers, firstRun }: Writers): Promise<Run[]> {
	const { n8n } = world.flows;
	const kept = await executionsBetween(n8n.api, firstRun);
	return kept.map((one) => readRun(one, customers));
}

function readRun(kept: Kept, { orders }: Customers): Run {
	const { resultData } = runDataOf(kept);
	const { error } = resultData ?? {};
	const said = [error?.message, error?.description].filter((part) => typeof part === 'string');
	return {
		id: kept.id,
		flow: kept.workflowData.name,
		status: kept.status,
		from: Date.parse(kept.createdAt),
		to: kept.stoppedAt === null ? Infinity : Date.parse(kept.stoppedAt),
		error: said.join(' – '),
		orders: orders.filter(({ name }) => kept.data.includes(`"${name}"`)).map(({ name }) => name),
	};
}
