const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/**
 * Whoever still waits when a test file is over never wakes up: his clock would be that of the next file.
 * @returns {() => void} what ends all that wait since
 */
function countTimers() {
	const waiting = new Set();
	const { setTimeout: later, setInterval: again } = globalThis;
	globalThis.setTimeout = Object.assign((run, ms, ...given) => {
		const timer = later(() => {
			waiting.delete(timer);
			run(...given);
		}, ms);
		waiting.add(timer);
		return timer;
	}, later);
	globalThis.setInterval = Object.assign((...given) => {
		const timer = again(...given);
		waiting.add(timer);
		return timer;
	}, again);
	return () => {
		for (const timer of waiting) clearTimeout(timer);
	};
}

/**
 * Runs test files in Node's own global scope, as n8n runs the nodes, and leaves it as it was found. Jest's environment
 * for Node makes a scope for each file, into which n8n's two thousand modules had to be loaded again: half of the time
 * that all tests took. What is loaded once (runtime.cjs) has to see the same Error and Object as the tests do.
 */
module.exports = class OneScope {
	constructor({ projectConfig }) {
		this.before = {
			globals: Object.getOwnPropertyDescriptors(globalThis),
			env: { ...process.env },
		};
		this.exit = process.exit;
		this.global = globalThis;
		this.endTimers = countTimers();
		// the numbers of one file are not those of the next
		delete globalThis.__coverage__;
		this.moduleMocker = new ModuleMocker(globalThis);
		const timers = { config: projectConfig, global: globalThis };
		this.fakeTimersModern = new ModernFakeTimers(timers);
		this.fakeTimers = new LegacyFakeTimers({
			...timers,
			moduleMocker: this.moduleMocker,
			timerConfig: { idToRef: (id) => id, refToId: (timer) => timer },
		});
	}

	exportConditions() {
		return ['node', 'node-addons'];
	}

	/** No context of its own: runtime.cjs compiles without. */
	getVmContext() {
		return null;
	}

	async setup() {}

	async teardown() {
		this.fakeTimers.dispose();
		this.fakeTimersModern.dispose();
		this.endTimers();
		process.exit = this.exit;
		for (const name of Object.keys(process.env)) {
			if (!(name in this.before.env)) delete process.env[name];
		}
		Object.assign(process.env, this.before.env);
		for (const [name, descriptor] of Object.entries(this.before.globals)) {
			if (descriptor.configurable) Object.defineProperty(globalThis, name, descriptor);
		}
	}
};
