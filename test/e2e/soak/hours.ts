import type { INode } from 'n8n-workflow';

import type { SimulatorClock } from '../../../simulator';

/** How many seconds of the shop go into one: while it is open, and when it has closed. */
export const SPEED = 12;
export const SPEED_AFTER = 120;

/** The time of the shop, of MicroeSIM and of the flows: one clock, faster than the computer's. */
export class ShopHours {
	private readonly closesAt: number;

	private hasClosed = false;

	/** @param opensAt by both clocks, ms since 1970 @param lastsMs by the shop's */
	constructor(
		private readonly opensAt: number,
		private readonly lastsMs: number,
	) {
		this.closesAt = opensAt + lastsMs / SPEED;
	}

	/** The shop's time, ms since 1970. */
	now(): number {
		const real = Date.now();
		return real < this.closesAt
			? this.opensAt + (real - this.opensAt) * SPEED
			: this.opensAt + this.lastsMs + (real - this.closesAt) * SPEED_AFTER;
	}

	/** The computer's time at a time of the shop. */
	realAt(time: number): number {
		const after = time - this.opensAt - this.lastsMs;
		return after < 0
			? this.opensAt + (time - this.opensAt) / SPEED
			: this.closesAt + after / SPEED_AFTER;
	}

	/** Lets MicroeSIM's clock run with it. */
	async keep(clock: SimulatorClock): Promise<void> {
		await clock.advance(Math.max(0, this.now() - clock.now()));
		clock.speed = SPEED;
		setTimeout(() => this.close(clock), this.closesAt - Date.now()).unref();
	}

	private close(clock: SimulatorClock): void {
		if (!this.hasClosed) clock.speed = SPEED_AFTER;
		this.hasClosed = true;
	}

	/** Resolves at a time of the shop, counted from its opening. */
	async until(offsetMs: number): Promise<void> {
		const wait = this.realAt(this.opensAt + offsetMs) - Date.now();
		if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
	}

	/** Resolves when so much of the shop's time has passed. */
	async pass(ms: number): Promise<void> {
		await this.until(this.now() - this.opensAt + ms);
	}

	/** An edit by which a flow goes by this clock, too; nothing else of it is changed. */
	readonly ofFlow = (node: INode): INode => {
		const { opensAt, lastsMs, closesAt } = this;
		const time = `((real) => (real < ${closesAt} ? ${opensAt} + (real - ${opensAt}) * ${SPEED} : ${opensAt + lastsMs} + (real - ${closesAt}) * ${SPEED_AFTER}))(Date.now())`;
		const parameters = JSON.stringify(node.parameters).replace(
			/\$now\b/g,
			`DateTime.fromMillis(${time})`,
		);
		return { ...node, parameters: JSON.parse(parameters) as INode['parameters'] };
	};
}
