import { allEnded, failedOf } from '../harness';
import { Table, type Row } from '../ledger/table';
import type { ShopHours } from './hours';
import type { Journal } from './journal';
import { MINUTE } from './size';
import type { World } from './world';

const BUYS = 'Shopify order to eSIM';
const DELIVERS = 'eSIM delivered';
const LEDGER = 'Order ledger';

/** When it is given up that an hour brings nothing new. */
const MOST_HOURS = 12;
const MOST_SKIPS = 3;

/** Brings everything to rest behind the shop's hours: all is well again, and the hours and the night go by. */
export class Evening {
	private readonly table: Table;

	constructor(
		private readonly world: World,
		private readonly hours: ShopHours,
		private readonly journal: Journal,
	) {
		this.table = new Table(world.flows.n8n.api);
	}

	/** Resolves when an hour brings nothing new any more. */
	async pass(): Promise<void> {
		await this.allEnded();
		this.world.flows.simulator.faults.clear();
		await this.retryMails();
		await this.skipHour();
		await this.passHours();
		await this.night();
		if (!(await this.decideDoubts())) return;
		await this.night();
		await this.passHours();
	}

	/** What failed because no mail could be sent is run again by the owner, as the documents say. */
	private async retryMails(): Promise<void> {
		const { desk, n8n } = this.world.flows;
		for (const id of await failedOf(n8n.api, desk.idOf(BUYS))) {
			this.journal.note('run retried', id);
			await n8n.api.call('POST', `/executions/${id}/retry`, { loadWorkflow: true });
		}
		await this.allEnded();
	}

	/** Hours go by in the flows until all that is paid is mailed, and then none brings anything new. */
	private async passHours(): Promise<void> {
		for (let tries = 0; tries < MOST_SKIPS; tries++) {
			await this.untilQuiet();
			if (!(await this.isOpen())) return;
			await this.skipHour();
		}
	}

	/** Whether a row is asked, or paid and not mailed, so that an hour may still do something about it. */
	private async isOpen(): Promise<boolean> {
		const rows = await this.table.rows();
		return rows.some(
			({ state, custom_order_no, topup_id, mailed_at }) =>
				state === 'asked' || (custom_order_no && topup_id && !mailed_at),
		);
	}

	/** What was done before is older than an hour for the flows, too. */
	private async skipHour(): Promise<void> {
		const { n8n, internet } = this.world.flows;
		this.hours.skipInFlows(61 * MINUTE, internet.env);
		await this.journal.during('n8n is restarted', 'in the evening', async () => {
			await n8n.restart();
		});
	}

	private async untilQuiet(): Promise<void> {
		for (let hour = 0, before = ''; hour < MOST_HOURS; hour++) {
			await this.hours.skipAtMicroesim(61 * MINUTE);
			await this.look(DELIVERS, 'Every Hour');
			await this.look(BUYS, 'Every Hour');
			const now = await this.standing();
			if (now === before) return;
			before = now;
		}
	}

	private async night(): Promise<void> {
		await this.look(LEDGER, 'Every Night');
	}

	private async look(flow: string, trigger: string): Promise<void> {
		const { desk } = this.world.flows;
		await this.journal.during('look', flow, async () => {
			await desk.start(flow, trigger);
			await this.allEnded();
		});
	}

	private async allEnded(): Promise<void> {
		await allEnded(this.world.flows.n8n.api);
	}

	/**
	 * Of every other order in doubt the owner looks whether MicroeSIM has its number, and writes it into the table.
	 *
	 * @returns whether there were any
	 */
	private async decideDoubts(): Promise<boolean> {
		const { ledger } = this.world.flows.simulator;
		const rows = await this.table.rows();
		const doubts = rows.filter(
			({ state, topup_id }) => state === 'in doubt' || (state === 'bought' && !topup_id),
		);
		for (const [index, { id, custom_order_no }] of doubts.entries()) {
			if (index % 2 === 1) continue;
			const order = ledger.find((one) => one.custom_order_no === custom_order_no);
			this.journal.note('doubt decided', custom_order_no!);
			await this.table.write(id, order ? { topup_id: order.topup_id } : { state: 'refused' });
		}
		return doubts.length > 0;
	}

	/** What would change if anything were under way. */
	private async standing(): Promise<string> {
		const { shop, flows } = this.world;
		const rows = (await this.table.rows()).map(({ custom_order_no, state, mailed_at }: Row) => [
			custom_order_no,
			state,
			Boolean(mailed_at),
		]);
		const { requests, ledger } = flows.simulator;
		const bought = requests.filter(({ endpoint }) => endpoint === 'esimSubscribe').length;
		const fulfilled = shop.calls.filter(({ method }) => method !== 'GET').length;
		const pushes = ledger.flatMap((order) => order.pushes).length;
		return JSON.stringify([rows, bought, fulfilled, pushes, flows.postbox.mails.length]);
	}
}
