import { allEnded, failedOf } from '../harness';
import { Table, type Row } from '../ledger/table';
import type { ShopHours } from './hours';
import type { Journal } from './journal';
import { MINUTE } from './script';
import type { World } from './world';

const BUYS = 'Shopify order to eSIM';
const DELIVERS = 'eSIM delivered';
const LEDGER = 'Order ledger';

/** Hours without anything new behind which everything has come to rest; and when that is given up. */
const QUIET_HOURS = 2;
const MOST_HOURS = 12;

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
		await this.passHours();
		await this.night();
		await this.decideDoubts();
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

	private async passHours(): Promise<void> {
		let before = '';
		for (let hour = 0, quiet = 0; hour < MOST_HOURS && quiet < QUIET_HOURS; hour++) {
			await this.hours.pass(61 * MINUTE);
			await this.look(DELIVERS, 'Every Hour');
			await this.look(BUYS, 'Every Hour');
			const now = await this.standing();
			quiet = now === before ? quiet + 1 : 0;
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

	/** Of every other order in doubt the owner looks whether MicroeSIM has its number, and writes it into the table. */
	private async decideDoubts(): Promise<void> {
		const { ledger } = this.world.flows.simulator;
		const doubts = (await this.table.rows()).filter(({ state }) => state === 'in doubt');
		for (const [index, { id, custom_order_no }] of doubts.entries()) {
			if (index % 2 === 1) continue;
			const order = ledger.find((one) => one.custom_order_no === custom_order_no);
			this.journal.note('doubt decided', custom_order_no!);
			await this.table.write(id, order ? { topup_id: order.topup_id } : { state: 'refused' });
		}
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
