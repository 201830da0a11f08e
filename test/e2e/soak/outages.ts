import type { Fault, Plan } from '../../../simulator';
import type { ShopHours } from './hours';
import type { Journal } from './journal';
import type { ActOf } from './script';
import type { World } from './world';

/** By the computer's clock, ms: MicroeSIM answers, but late. */
const SLOW: Fault = { kind: 'slow', ms: 2500, book: false };

/** What is down for a while, and written down with its end. */
export class Outages {
	constructor(
		private readonly world: World,
		private readonly hours: ShopHours,
		private readonly journal: Journal,
	) {}

	/** MicroeSIM refuses connections, answers as a gateway does, or late. */
	async ofMicroesim({ how, lasts }: ActOf<'MicroeSIM is down'>): Promise<void> {
		const { simulator } = this.world.flows;
		await this.journal.during('MicroeSIM is down', how, async () => {
			if (how === 'refused') await simulator.goOffline();
			else simulator.faults.always('*', how === 'slow' ? SLOW : { kind: 'html502' });
			await this.hours.pass(lasts);
			if (how === 'refused') await simulator.goOnline();
			else simulator.faults.lift('*');
		});
	}

	/** Nobody takes mails, or the shop answers nobody. */
	async ofOther({ act, lasts }: ActOf<'mail server is down' | 'Shopify is down'>): Promise<void> {
		const { shop, flows } = this.world;
		await this.journal.during(act, '', async () => {
			if (act === 'Shopify is down') shop.isDown = true;
			else flows.postbox.goDown();
			await this.hours.pass(lasts);
			if (act === 'Shopify is down') shop.isDown = false;
			else flows.postbox.comeBack();
		});
	}

	/** A plan cannot be bought for a while. */
	async ofPlan(plan: Plan, lasts: number): Promise<void> {
		await this.journal.during('off sale', plan.channel_dataplan_id, async () => {
			plan.status = '0';
			await this.hours.pass(lasts);
			plan.status = '1';
		});
	}
}
