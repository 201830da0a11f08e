import type { Answer } from './answers';
import { Clock } from './clock';
import { Faults } from './faults';
import { cents } from './formats';
import { OpenRequests } from './openRequests';
import type { Settings } from './options';
import type { Esim, Order } from './orders/order';
import { generatePlans } from './plans/generate';
import type { Plan } from './plans/plan';
import { DOCUMENT_PLANS } from './plans/samples';
import { Sender } from './push/send';
import { SignatureCheck } from './signature';
import type { RequestRecord } from './types';

/** Everything one running simulator knows. */
export interface World {
	settings: Settings;
	clock: Clock;
	signatures: SignatureCheck;
	faults: Faults;
	sender: Sender;
	plans: Plan[];
	/** Answers about plans that never change, by what was asked. */
	written: Map<string, Answer>;
	ledger: Order[];
	requests: RequestRecord[];
	open: OpenRequests;
	/** Hundredths of the currency. */
	balanceCents: number;
	onPage: ((pageNo: number) => void) | undefined;
	log: (line: string) => void;
}

/** A fresh simulator: the document's plans and the generated ones on sale, nothing booked. */
export function createWorld(settings: Settings): World {
	return {
		settings,
		clock: new Clock(settings.clock),
		signatures: new SignatureCheck(settings),
		faults: new Faults(),
		sender: new Sender(),
		plans: [
			...DOCUMENT_PLANS.map((plan) => ({ ...plan, currency: settings.currency })),
			...generatePlans(settings.seed, settings.plans, settings.currency),
		],
		written: new Map(),
		ledger: [],
		requests: [],
		open: new OpenRequests(),
		balanceCents: cents(settings.balance),
		onPage: undefined,
		log: settings.log ?? (() => {}),
	};
}

/** The order with this id, if booked. */
export function findOrder(world: World, topupId: string | undefined): Order | undefined {
	return world.ledger.find((order) => order.topup_id === topupId);
}

/** The eSIM with this id among the orders that are ready. */
export function findEsim(
	world: World,
	deviceId: string | undefined,
): { order: Order; esim: Esim } | undefined {
	for (const order of world.ledger) {
		const esim = order.esims.find((candidate) => candidate.device_id === deviceId);
		if (esim) return isReady(world, order) ? { order, esim } : undefined;
	}
	return undefined;
}

/** Whether the order's eSIMs are made by now. */
export function isReady(world: World, order: Order): boolean {
	return world.clock.now() >= order.readyAt;
}
