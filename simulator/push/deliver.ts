import { messageOf } from '../errors';
import type { Esim, Order } from '../orders/order';
import type { World } from '../world';
import { addressProblem } from './address';
import { pushContent } from './content';
import { encodePush } from './encode';
import { writeRequest } from './request';
import type { PushAttempt, PushOverrides, PushSettings } from './types';

/** A failed push is tried again after these (API document: "5s → 10s, up to 2 attempts"). */
const RETRY_AFTER_MS = [5_000, 10_000] as const;

const HOUR_MS = 3_600_000;

/** One push an order owes: to one address, for one eSIM or for all. */
interface Parcel {
	order: Order;
	esims: readonly Esim[];
	url: string;
	delivered: boolean;
	/** First attempt and retries are over: the hourly compensation takes it from here. */
	retriesOver: boolean;
}

/** Parcels that were due at least once and were not received, per simulator. */
const undelivered = new WeakMap<World, Set<Parcel>>();

/** Orders whose push is due and has not begun: a new address replaces the old one instead of adding a push. */
const due = new WeakSet<Order>();

/** Makes the order's pushes due when it is ready, or now if it is; without an address it has none. */
export function schedulePushes(world: World, order: Order): void {
	if (!order.notifyUrl || due.has(order)) return;
	due.add(order);
	world.clock.at(Math.max(order.readyAt, world.clock.now()), async () => {
		due.delete(order);
		for (const esims of groups(order, world.settings.push)) {
			await tryParcel(
				world,
				{ order, esims, url: order.notifyUrl!, delivered: false, retriesOver: false },
				0,
			);
		}
	});
}

/** Starts the hourly compensation: every hour each push not yet received, however old, is sent once more. */
export function startCompensation(world: World): void {
	const everyHour = async (): Promise<void> => {
		world.clock.at(world.clock.now() + HOUR_MS, everyHour);
		for (const parcel of waiting(world)) {
			if (parcel.retriesOver) await attempt(world, parcel, 'hourly');
		}
	};
	world.clock.at(world.clock.now() + HOUR_MS, everyHour);
}

/** Pushes an order at once with changes; see Simulator.pushNow. */
export async function pushByHand(
	world: World,
	order: Order,
	overrides: PushOverrides,
): Promise<PushAttempt[]> {
	const options: PushSettings = { ...world.settings.push, ...definedOnly(overrides) };
	const url = overrides.url ?? order.notifyUrl;
	if (!url)
		throw new Error(`Order ${order.topup_id} names no address to push to: give one as "url".`);
	const attempts: PushAttempt[] = [];
	for (const esims of groups(order, options)) {
		const parcel: Parcel = { order, esims, url, delivered: false, retriesOver: true };
		attempts.push(await send(world, parcel, 'byHand', options, overrides));
	}
	return attempts;
}

async function tryParcel(world: World, parcel: Parcel, tries: number): Promise<void> {
	const refused = addressProblem(parcel.url) !== undefined;
	waiting(world).add(parcel);
	await attempt(world, parcel, tries === 0 ? 'first' : 'retry');
	if (refused) waiting(world).delete(parcel);
	const wait = RETRY_AFTER_MS[tries];
	if (parcel.delivered || refused) return;
	if (wait === undefined) parcel.retriesOver = true;
	else world.clock.at(world.clock.now() + wait, () => tryParcel(world, parcel, tries + 1));
}

async function attempt(world: World, parcel: Parcel, cause: PushAttempt['cause']): Promise<void> {
	const { status } = await send(world, parcel, cause, world.settings.push, {});
	parcel.delivered = status !== null && status >= 200 && status <= 299;
	if (parcel.delivered) waiting(world).delete(parcel);
}

async function send(
	world: World,
	parcel: Parcel,
	cause: PushAttempt['cause'],
	options: PushSettings,
	overrides: PushOverrides,
): Promise<PushAttempt> {
	const { order, esims, url } = parcel;
	const record: PushAttempt = {
		time: world.clock.now(),
		url,
		device_ids: esims.map((esim) => esim.device_id),
		cause,
		status: null,
	};
	order.pushes.push(record);
	const problem = addressProblem(url);
	if (problem) record.error = problem;
	else {
		const body = encodePush(pushContent(order, esims, options, overrides.fields), options);
		const headers = {
			...(options.signed ? world.signatures.headers(Date.now()) : {}),
			...overrides.headers,
		};
		try {
			const to = new URL(url);
			const request = writeRequest(to, body, headers, options.sender);
			record.status = await world.sender.post(to, request);
		} catch (error) {
			record.error = messageOf(error);
		}
	}
	world.log(`push ${order.topup_id} to ${url} (${cause}): ${record.status ?? record.error}`);
	return record;
}

function groups(order: Order, options: Pick<PushSettings, 'onePushPerOrder'>): Esim[][] {
	return options.onePushPerOrder ? [order.esims] : order.esims.map((esim) => [esim]);
}

function waiting(world: World): Set<Parcel> {
	let parcels = undelivered.get(world);
	if (!parcels) undelivered.set(world, (parcels = new Set()));
	return parcels;
}

function definedOnly(overrides: PushOverrides): PushOverrides {
	return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}
