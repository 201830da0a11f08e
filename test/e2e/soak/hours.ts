import type { INode } from 'n8n-workflow';
import { setTimeout as sleep } from 'node:timers/promises';

import type { SimulatorClock } from '../../../simulator';

/** How many seconds of the shop go into one: two hours are ten minutes. */
export const SPEED = 12;

/** What tells n8n, when it is started, that more hours have gone by: ms. */
const AHEAD = 'SHOP_HOURS_AHEAD';

/** How n8n has to be started so that its flows can be told. */
export const CLOCK_ENV = { N8N_BLOCK_ENV_ACCESS_IN_NODE: 'false', [AHEAD]: '0' };

/** The time of the shop, of MicroeSIM and of the flows: faster than the computer's clock. */
export class ShopHours {
	private readonly opensAt = Date.now();

	/** When by the computer's clock it was which time at MicroeSIM. */
	private readonly marks: Array<{ real: number; time: number }> = [];

	private aheadMs = 0;

	/** @param clock of MicroeSIM, which goes by this one from now on */
	constructor(private readonly clock: SimulatorClock) {
		clock.speed = SPEED;
		this.mark();
	}

	/** The shop's time, ms since 1970. */
	now(): number {
		return this.opensAt + (Date.now() - this.opensAt) * SPEED + this.aheadMs;
	}

	/** The computer's time at a time of MicroeSIM. */
	realAt(time: number): number {
		const index = this.marks.findLastIndex((mark) => mark.time <= time);
		const { real, time: from } = this.marks[Math.max(index, 0)]!;
		const next = this.marks[index + 1]?.real ?? Infinity;
		return Math.min(real + (time - from) / SPEED, next);
	}

	/** Resolves at a time of the shop, counted from its opening. */
	async until(offsetMs: number): Promise<void> {
		await sleep(Math.max(0, (this.opensAt + offsetMs - this.now()) / SPEED));
	}

	/** Resolves when so much of the shop's time has passed. */
	async pass(ms: number): Promise<void> {
		await sleep(ms / SPEED);
	}

	/** So much time has gone by at MicroeSIM; resolves when what was due there meanwhile is done. */
	async skipAtMicroesim(ms: number): Promise<void> {
		await this.clock.advance(ms);
		this.mark();
	}

	/** So much time has gone by in the flows, from the next start of n8n. @param env which that is started with */
	skipInFlows(ms: number, env: Record<string, string>): void {
		this.aheadMs += ms;
		env[AHEAD] = String(this.aheadMs);
	}

	/** An edit by which a flow goes by this clock, too; nothing else of it is changed. */
	readonly ofFlow = (node: INode): INode => {
		const time = `${this.opensAt} + (Date.now() - ${this.opensAt}) * ${SPEED} + Number($env.${AHEAD})`;
		const now = `DateTime.fromMillis(${time})`;
		const parameters = JSON.stringify(node.parameters).replace(/\$now\b/g, now);
		return { ...node, parameters: JSON.parse(parameters) as INode['parameters'] };
	};

	private mark(): void {
		this.marks.push({ real: Date.now(), time: this.clock.now() });
	}
}
