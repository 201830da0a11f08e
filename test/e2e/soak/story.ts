import { setTimeout as sleep } from 'node:timers/promises';

import type { Fault, Plan } from '../../../simulator';
import { countUnderWay } from '../harness';
import type { Customers } from './customers';
import type { ShopHours } from './hours';
import type { Journal } from './journal';
import { Outages } from './outages';
import type { Owner } from './owner';
import type { Act, ActOf, LostAnswer } from './script';
import type { World } from './world';

const ANSWERS_LOST: Record<LostAnswer, Fault> = {
	cutAfter: { kind: 'cutAfter' },
	cutMidBody: { kind: 'cutMidBody' },
	booked502: { kind: 'html502', booked: true },
	cutBefore: { kind: 'cutBefore' },
};

/** The next customer comes when so few executions are under way, or when he has waited so long, ms. */
const UNDER_WAY = 6;
const WAITS_MS = 60_000;
/** The first customers do not wait for an n8n that is down; so long it takes on a machine of its own, ms. */
const DOWN_MS = 10_000;

/** Plays a script: each act begins at its time, whatever else is under way. */
export class Story {
	private readonly outages: Outages;

	private restarted: Promise<void> = Promise.resolve();

	private downSince: number | undefined;

	constructor(
		private readonly world: World,
		private readonly hours: ShopHours,
		private readonly journal: Journal,
		private readonly customers: Customers,
		private readonly owner: Owner,
		private readonly plans: Plan[],
	) {
		this.outages = new Outages(world, hours, journal);
	}

	/** Resolves when the last act is over. On a slow machine all of it goes slower, so that n8n is not only behind. */
	async play(acts: Act[]): Promise<void> {
		const playing: Array<Promise<void>> = [];
		for (let late = 0, next = 0; next < acts.length; next++) {
			const act = acts[next]!;
			await this.hours.until(act.at + late);
			const before = this.hours.now();
			if (act.act === 'sale') await this.n8nHasTime();
			late += this.hours.now() - before;
			playing.push(this.perform(act, acts));
		}
		await Promise.all(playing);
		await this.customers.areDone();
	}

	private async perform(act: Act, acts: Act[]): Promise<void> {
		const { simulator } = this.world.flows;
		switch (act.act) {
			case 'sale':
				this.customers.buy(act.lines, act.language, act.again);
				return;
			case 'MicroeSIM is down':
				return await this.outages.ofMicroesim(act);
			case 'answer is lost':
				simulator.faults.next('esimSubscribe', ANSWERS_LOST[act.how]);
				this.journal.note('answer is lost', act.how);
				return;
			case 'mail server is down':
			case 'Shopify is down':
				return await this.outages.ofOther(act);
			case 'restart':
				this.restarted = this.restarted.then(async () => await this.restart(act));
				return await this.restarted;
			case 'price':
				return this.owner.changePrice(act);
			case 'off sale':
				return await this.outages.ofPlan(this.plans[act.plan]!, act.lasts);
			case 'top-up':
				return this.owner.topUp(acts, act);
			case 'what was refused':
				await this.restarted;
				return await this.owner.settleRefused(act);
			case 'pushed again':
				return await this.pushAgain(act);
			case 'hour':
				return await this.look(act);
		}
	}

	private async n8nHasTime(): Promise<void> {
		const { api } = this.world.flows.n8n;
		for (const deadline = Date.now() + WAITS_MS; Date.now() < deadline; await sleep(200)) {
			const isDown = this.downSince !== undefined;
			if (isDown && Date.now() - this.downSince! < DOWN_MS) return;
			const underWay = await countUnderWay(api).catch(() => undefined);
			if (!isDown && underWay !== undefined && underWay < UNDER_WAY) return;
		}
	}

	private async restart({ how }: ActOf<'restart'>): Promise<void> {
		this.downSince = Date.now();
		const what = how === 'byForce' ? 'n8n is killed' : 'n8n is restarted';
		await this.journal.during(what, '', async () => {
			await this.world.flows.n8n.restart(how);
		});
		this.downSince = undefined;
	}

	private async pushAgain({ choice }: ActOf<'pushed again'>): Promise<void> {
		const { simulator } = this.world.flows;
		const { ledger } = simulator;
		if (ledger.length === 0) return;
		const { topup_id } = ledger[choice % ledger.length]!;
		await this.journal.during('pushed again', topup_id, async () => {
			await Promise.all([simulator.pushNow(topup_id), simulator.pushNow(topup_id)]);
		});
	}

	/** The look that a flow makes every hour; where n8n is down there is none. */
	private async look({ of }: ActOf<'hour'>): Promise<void> {
		const { desk } = this.world.flows;
		await this.journal.during('look', of, async () => {
			try {
				await desk.run(of, 'Every Hour');
			} catch {
				// n8n was down, or ended meanwhile
			}
		});
	}
}
