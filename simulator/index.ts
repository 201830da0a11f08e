import { codeOf, messageOf } from './errors';
import { cents } from './formats';
import { Line } from './line';
import { readOptions } from './options';
import { pushByHand, startCompensation } from './push/deliver';
import { buildServer } from './server';
import type { Simulator, SimulatorOptions } from './types';
import { Waits } from './waits';
import { createWorld, findOrder, type World } from './world';

export type * from './types';
export type { Fault, FaultTarget, Faults } from './faults';
export type { Esim, Order } from './orders/order';
export type { Plan } from './plans/plan';
export type { PushAttempt, PushOptions, PushOverrides } from './push/types';

/**
 * Starts a MicroeSIM of our own on loopback, written from the API document alone.
 * Rejects with a sentence for people when an option is wrong or the port is taken.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const settings = readOptions(options);
	const world = createWorld(settings);
	const waits = new Waits();
	const app = await buildServer(world, (ms, endEarly) => waits.wait(ms, endEarly));
	try {
		await app.listen({ host: settings.host, port: settings.port });
	} catch (error) {
		throw new Error(listenProblem(error, settings.host, settings.port));
	}
	startCompensation(world);
	const address = app.server.address();
	const port = typeof address === 'object' && address ? address.port : settings.port;
	const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
	const line = new Line(app.server, settings.host, port);
	const stop = async (): Promise<void> => {
		world.clock.stop();
		world.sender.stop();
		waits.stop();
		await app.close();
		await world.clock.settle();
	};
	return handle(world, `http://${host}:${port}`, line, stop);
}

function handle(world: World, url: string, line: Line, stop: () => Promise<void>): Simulator {
	const { account, secret, salt, currency } = world.settings;
	return {
		url,
		account,
		secret,
		salt,
		currency,
		clock: world.clock,
		ledger: world.ledger,
		requests: world.requests,
		mostOpen: (endpoint) => world.open.mostAt(endpoint),
		forgetMostOpen: () => world.open.forget(),
		faults: world.faults,
		plans: world.plans,
		get balance() {
			return world.balanceCents / 100;
		},
		set balance(amount: number) {
			world.balanceCents = cents(amount);
		},
		get onPage() {
			return world.onPage;
		},
		set onPage(hook) {
			world.onPage = hook;
		},
		pushNow: async (topupId, overrides = {}) => {
			const order = findOrder(world, topupId);
			if (!order) throw new Error(`No order ${topupId} was booked here.`);
			return pushByHand(world, order, overrides);
		},
		goOffline: () => line.cut(),
		goOnline: () => line.mend(),
		whenIdle: () => world.clock.settle(),
		stop,
	};
}

function listenProblem(error: unknown, host: string, port: number): string {
	const code = codeOf(error);
	if (code === 'EADDRINUSE')
		return `Port ${port} on ${host} is taken by another program: choose another port.`;
	if (code === 'EACCES') return `This user may not open port ${port}: choose one above 1023.`;
	return `The simulator could not listen on ${host}, port ${port}: ${messageOf(error)}`;
}
