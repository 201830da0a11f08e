import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator/index';
import { buy, startReceiver, type Receiver } from './client';

/** A simulator that pushes to a receiver of the test's own. */
export interface PushBench {
	readonly sim: Simulator;
	readonly receiver: Receiver;
	/** Starts the simulator, which the test does itself because its options differ. */
	start(options?: SimulatorOptions): Promise<void>;
	/** Buys with the receiver's address and lets the order become ready. */
	deliver(fields?: Record<string, string>): Promise<void>;
}

/** Gives each test of a file a receiver of its own, and ends what it started. */
export function usePushBench(): PushBench {
	let sim: Simulator;
	let receiver: Receiver;
	beforeEach(async () => {
		receiver = await startReceiver();
	});
	afterEach(async () => {
		await sim.stop();
		await receiver.close();
	});
	return {
		get sim() {
			return sim;
		},
		get receiver() {
			return receiver;
		},
		async start(options = {}) {
			const startAt = Date.UTC(2023, 3, 27, 7, 39, 47);
			sim = await startSimulator({ clock: { mode: 'manual', startAt }, ...options });
		},
		async deliver(fields = {}) {
			await buy(sim, { notify_url: receiver.url, ...fields });
			await sim.clock.advance(2000);
		},
	};
}
