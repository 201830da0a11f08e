/**
 * Requests for the catalogue that one order costs whose price and sale are checked, the plan being known from an
 * order before, against the flow a user would build by hand: it reads the pages up to the plan.
 *
 *   npm run bench -- orderChecks [plans]
 */
import { startSimulator, type Simulator } from '../../simulator';
import { createEngine, type Engine } from '../engine/harness';
import { credentialOf, planById } from '../engine/support/microesim';
import { isSmoke, report } from './support/report';
import { runByHand, runNode } from './support/run';

const PLANS = Number(process.argv[2] ?? 15_000);
/** Places in the catalogue, from its start to its end. */
const PLACES = isSmoke ? [0.5] : [0, 0.25, 0.5, 0.75, 0.999];

const pagesRead = ({ requests }: Simulator): number =>
	requests.filter(({ endpoint }) => endpoint === 'esimDataplanListPage').length;

async function buy(engine: Engine, simulator: Simulator, planId: string): Promise<number> {
	simulator.requests.length = 0;
	await runNode(engine, credentialOf(simulator), {
		resource: 'order',
		operation: 'create',
		planId: planById(planId),
		checks: { mustBeOnSale: true, maximumUnitPrice: 700 },
	});
	const pages = pagesRead(simulator);
	if (pages === 0) throw new Error(`The order of ${planId} was not checked`);
	return pages;
}

async function checkByHand(engine: Engine, simulator: Simulator, planId: string): Promise<number> {
	simulator.requests.length = 0;
	const result = await runByHand(engine, 'check-a-plan', credentialOf(simulator), [
		{ json: { url: simulator.url, planId } },
	]);
	if (result.items().length !== 1) throw new Error(`By hand, ${planId} is not found once`);
	return pagesRead(simulator);
}

async function main(): Promise<void> {
	const simulator = await startSimulator({ plans: PLANS, balance: 1_000_000, deliveryMs: 0 });
	const engine = await createEngine();
	const onSale = simulator.plans.filter(({ status }) => status === '1');
	const planIds = PLACES.map((place) => onSale[Math.floor(place * onSale.length)]!);
	const rows: Array<Record<'first' | 'known' | 'byHand', number>> = [];
	// the last first: whoever reads it has seen all
	for (const { channel_dataplan_id: planId } of planIds.reverse()) {
		rows.push({
			first: await buy(engine, simulator, planId),
			known: await buy(engine, simulator, planId),
			byHand: await checkByHand(engine, simulator, planId),
		});
	}
	const all = (name: 'first' | 'known' | 'byHand') => rows.map((row) => row[name]).join(', ');
	report({
		work: `An order with price and sale checks, its plan known, catalogue of ${PLANS}`,
		against: 'HTTP Request, page by page up to the plan',
		measured: `${all('known')} pages against ${all('byHand')}, for plans from the end of the catalogue to its start; ${all('first')} where this plan was not bought before; besides, ours reads the balance for its currency`,
		target: '1 page, read fresh',
		reached: rows.every(({ known }) => known === 1),
	});
	engine.close();
	await simulator.stop();
}

void main();
