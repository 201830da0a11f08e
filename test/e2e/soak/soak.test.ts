import { writeFileSync } from 'node:fs';

import { documented, isUpdating } from '../../documented';
import { inWhole, lastExecution } from '../harness';
import { audit } from './audit';
import { Customers } from './customers';
import { ShopHours } from './hours';
import { Journal } from './journal';
import { cents } from './money';
import { Owner } from './owner';
import { readBooks } from './reading';
import { Evening } from './rest';
import { writeScript } from './script';
import { SHORT, WHOLE } from './size';
import { Story } from './story';
import { summaryOf } from './summary';
import { openShop, plansOfShop, useWorld } from './world';

/** Hours of a small shop. `SOAK_SEED=<number>` plays those again that another run has printed. */
const seed = Number(process.env.SOAK_SEED ?? Date.now() % 100_000);
const size = inWhole(1, 0) === 1 ? WHOLE : SHORT;

const world = useWorld();

it(`agrees in all books after ${size.lastsMs / 60_000} minutes of a shop (SOAK_SEED=${seed})`, async () => {
	const { simulator, n8n } = world.flows;
	const plans = plansOfShop(simulator.plans);
	const script = writeScript(seed, size, plans.length);
	const hours = new ShopHours(simulator.clock);
	await openShop(world, hours);
	const journal = new Journal();
	const customers = new Customers(world.shop, hours, plans);
	const owner = new Owner(world, journal, customers, plans);
	const story = new Story(world, hours, journal, customers, owner, plans);
	const atOpening = owner.costOf(script, 0, size.dry[0]![0] * size.lastsMs) + 11;
	simulator.balance = atOpening / 100;
	const prices = new Map(plans.map((one) => [one.channel_dataplan_id, cents(one.price)]));
	const firstRun = (await lastExecution(n8n.api)) + 1;
	await story.play(script);
	await new Evening(world, hours, journal).pass();
	const books = await readBooks({
		world,
		hours,
		customers,
		journal,
		atOpening: cents(atOpening / 100),
		topUps: owner.topUps,
		prices,
		firstRun,
	});
	if (process.env.SOAK_BOOKS) writeFileSync(process.env.SOAK_BOOKS, JSON.stringify(books));
	const verdict = audit(books);
	const summary = summaryOf(books, verdict, size.lastsMs, seed);
	process.stdout.write(`\n${summary}\n${verdict.explained.join('\n')}\n`);
	expect(verdict.faults).toEqual([]);
	// figures of a story are no other's, so they are written and not compared
	if (isUpdating && size === WHOLE) documented('order-safety.md', 'soak', summary);
}, 3_600_000);
