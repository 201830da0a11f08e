import type { Books, LedgerRow, Run, SoldOrder } from '../books';
import type { Unit } from '../customers';
import type { Happening } from '../journal';
import { amountOf } from '../money';
import { dearest, leastIn } from './balance';
import { MOMENT, type Findings } from './findings';
import { DOUBTED, nightTells, REFUSAL, tells } from './told';

/** What became of a paid unit. */
export type Fate = 'bought' | 'refused' | 'in doubt' | 'lost';

/** Why the shop may leave something unbought, and what must have happened then. */
const REFUSED = {
	balance: /balance/i,
	offSale: /not on sale|no longer on sale|cannot be bought/i,
};

/** Between the reading of a price and the order at it: MicroeSIM may be slow with both. */
const ON_ITS_WAY = 15_000;

/** Each paid unit is bought once, or its owner was told that it was not, or that nobody knows. */
export function auditUnits(books: Books, findings: Findings): Map<string, Fate> {
	const fates = books.shop.units.map((unit): [string, Fate] => {
		const sold = books.microesim.orders.filter(({ number }) => number === unit.number);
		const rows = books.ledger.filter(({ number }) => number === unit.number);
		findings.demand(sold.length <= 1, `${unit.number} was bought ${sold.length} times`);
		findings.demand(rows.length === 1, `${unit.number} has ${rows.length} rows in the ledger`);
		const [row] = rows;
		return [unit.number, row ? fateOf(unit, row, sold[0], books, findings) : 'lost'];
	});
	const known = new Set(books.shop.units.map(({ number }) => number));
	for (const { number, topupId } of books.microesim.orders)
		findings.demand(known.has(number), `Order ${topupId} was bought for nobody (${number})`);
	for (const { number } of books.ledger)
		findings.demand(number === '' || known.has(number), `The ledger has ${number}, the shop not`);
	return new Map(fates);
}

function fateOf(
	unit: Unit,
	row: LedgerRow,
	order: SoldOrder | undefined,
	books: Books,
	findings: Findings,
): Fate {
	const { number } = unit;
	findings.demand(row.buyer === unit.buyer, `The ledger has ${row.buyer} as buyer of ${number}`);
	findings.demand(row.shopOrder === unit.order, `The ledger has ${number} in ${row.shopOrder}`);
	if (row.state === 'delivered' && order) {
		isAsSold(row, order, findings);
		return 'bought';
	}
	if (row.state === 'refused') {
		findings.demand(!order, `The ledger says that ${number} was refused, and it was bought`);
		isRefusal(unit, row, books, findings);
		return 'refused';
	}
	// bought, but n8n ended before the ledger was told under which order ID
	if (row.state === 'in doubt' || (row.state === 'bought' && row.topupId === '')) {
		isDoubt(unit, books, findings);
		return 'in doubt';
	}
	const says = order ? `order ${order.topupId}` : 'no order';
	findings.fault(`${number} is "${row.state}" in the ledger, and MicroeSIM has ${says} of it`);
	return order ? 'bought' : 'lost';
}

function isAsSold(row: LedgerRow, order: SoldOrder, findings: Findings): void {
	const { number, topupId, deviceId, price } = row;
	findings.demand(
		topupId === order.topupId,
		`The ledger has order ${topupId} for ${number}, MicroeSIM ${order.topupId}`,
	);
	findings.demand(
		order.esims.length === 1 && deviceId === order.esims[0]!.deviceId,
		`The ledger has eSIM ${deviceId} for ${number}, which MicroeSIM has not`,
	);
	findings.demand(row.isMailed, `The ledger says that nobody was mailed ${number}`);
	if (price === order.cost) return;
	const sentence = `The ledger has ${price === undefined ? 'no price' : amountOf(price)} for ${number}, MicroeSIM ${amountOf(order.cost)}`;
	const between: [number, number] = [order.bookedAt - ON_ITS_WAY, order.bookedAt + MOMENT];
	if (price === undefined) findings.byEvent(sentence, ['doubt decided'], [0, Infinity], number);
	else
		findings.byEvent(sentence, ['price'], between, ` ${amountOf(price)} ${amountOf(order.cost)}`);
}

function isRefusal(unit: Unit, row: LedgerRow, books: Books, findings: Findings): void {
	const { number, order, product } = unit;
	if (findings.eventOf(['doubt decided'], [0, Infinity], number)) {
		isDoubt(unit, books, findings);
		return;
	}
	if (!tells(books, unit, `${product}, unit ${unit.unit}: It was not bought.`)) {
		const sentence = `${number} of ${order} was refused, and the owner was not told`;
		const crashed = runsOf(unit, books).find(({ status }) => status === 'crashed');
		if (!nightTells(books, REFUSAL(number))) findings.fault(`${sentence} (${row.note})`);
		else
			findings.because(
				`${sentence} before the night`,
				crashed && `execution ${crashed.id} crashed`,
			);
	}
	if (REFUSED.balance.test(row.note)) {
		const held = runsOf(unit, books).map(({ from, to }) => leastIn(books, from - ON_ITS_WAY, to));
		findings.demand(
			Math.min(...held) < dearest(books),
			`${number} was refused for the balance, and the account held ${amountOf(Math.min(...held))}`,
		);
		return;
	}
	const what: Happening = REFUSED.offSale.test(row.note) ? 'off sale' : 'MicroeSIM is down';
	const event = runsOf(unit, books).map(({ from, to }) => findings.eventOf([what], [from, to]));
	findings.because(`${number} was refused: ${row.note}`, event.find(Boolean)?.what);
}

/** Its answer was lost, or n8n ended while a run of its order was under way. */
function isDoubt(unit: Unit, books: Books, findings: Findings): void {
	const { number } = unit;
	const isTold =
		tells(books, unit, `Look for ${number} at MicroeSIM`) || nightTells(books, DOUBTED(number));
	findings.demand(isTold, `${number} is in doubt, and the owner was not told`);
	const spoilt = books.microesim.asked.find(
		(one) => one.number === number && one.fault && one.fault !== 'slow',
	);
	const runs = runsOf(unit, books);
	const crashed = runs.find(({ status }) => status === 'crashed');
	// told twice at the same moment: nobody can say which of the two was refused
	const met = runs.find((run) => runs.some((other) => other !== run && areAtOnce(run, other)));
	findings.because(
		`${number} is in doubt`,
		spoilt
			? `answer is lost: ${spoilt.fault}`
			: crashed
				? `execution ${crashed.id} crashed`
				: met && `execution ${met.id} asked for it while another did`,
	);
}

const areAtOnce = (one: Run, other: Run): boolean => one.from <= other.to && other.from <= one.to;

/** The runs of the shop's flow that were about its order. */
const runsOf = ({ order }: Unit, { runs }: Books): Run[] =>
	runs.filter(({ flow, orders }) => flow === 'Shopify order to eSIM' && orders.includes(order));
