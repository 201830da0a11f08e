import type { ClockOptions, SimulatorClock } from './types';

type Task = () => void | Promise<void>;

interface Due {
	at: number;
	task: Task;
}

/** setTimeout takes no more. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The simulator's time and what is due in it. */
export class Clock implements SimulatorClock {
	private queue: Due[] = [];

	private running = new Set<Promise<void>>();

	private timer: NodeJS.Timeout | undefined;

	/** When it was `time`, by the computer's clock, and how fast it has run since. */
	private since: { real: number; time: number; speed: number };

	private frozenAt: number | undefined;

	private stopped = false;

	constructor(options: ClockOptions = {}) {
		const start = options.startAt ?? Date.now();
		this.since = { real: Date.now(), time: start, speed: options.speed ?? 1 };
		if (options.mode === 'manual') this.frozenAt = start;
	}

	now(): number {
		const { real, time, speed } = this.since;
		return this.frozenAt ?? time + (Date.now() - real) * speed;
	}

	get speed(): number {
		return this.since.speed;
	}

	set speed(speed: number) {
		this.since = { real: Date.now(), time: this.now(), speed };
		this.arm();
	}

	/** Runs `task` once `time` (ms, simulator time) is reached; equal times run in the order given. */
	at(time: number, task: Task): void {
		if (this.stopped) return;
		const later = this.queue.findIndex((due) => due.at > time);
		this.queue.splice(later < 0 ? this.queue.length : later, 0, { at: time, task });
		this.arm();
	}

	async advance(ms: number): Promise<void> {
		if (!(ms >= 0))
			throw new Error('The clock only moves forward: advance takes milliseconds, zero or more.');
		const target = this.now() + ms;
		for (let due = this.queue[0]; due && due.at <= target; due = this.queue[0]) {
			this.queue.shift();
			this.moveTo(due.at);
			await this.start(due.task);
		}
		this.moveTo(target);
		await this.settle();
		this.arm();
	}

	/** Resolves when all that is due now is done, and what that made due as well. */
	async settle(): Promise<void> {
		this.runDue();
		while (this.running.size > 0) {
			await Promise.all(this.running);
			this.runDue();
		}
	}

	stop(): void {
		this.stopped = true;
		this.queue = [];
		clearTimeout(this.timer);
	}

	private moveTo(time: number): void {
		if (time <= this.now()) return;
		if (this.frozenAt === undefined) this.since = { ...this.since, real: Date.now(), time };
		else this.frozenAt = time;
	}

	private runDue(): void {
		for (let due = this.queue[0]; due && due.at <= this.now(); due = this.queue[0]) {
			this.queue.shift();
			void this.start(due.task);
		}
	}

	private start(task: Task): Promise<void> {
		const run = Promise.resolve()
			.then(task)
			.finally(() => this.running.delete(run));
		this.running.add(run);
		return run;
	}

	private arm(): void {
		clearTimeout(this.timer);
		const first = this.queue[0];
		if (!first || this.frozenAt !== undefined || this.stopped) return;
		const due = Math.max(first.at - this.now(), 0) / this.speed;
		const wait = Math.min(due, LONGEST_TIMER_MS);
		this.timer = setTimeout(() => {
			this.runDue();
			this.arm();
		}, wait);
		this.timer.unref();
	}
}
