import type { IExecuteFunctions } from 'n8n-workflow';
import pLimit from 'p-limit';

import { nodeErrorOf, type NodeFailure } from '../errors/refusal';
import { ENDPOINTS } from '../transport/endpoints';
import { request } from '../transport/request';
import type { Wish } from './alert';
import { readEsim, readEvents, type Esim, type EsimEvent } from './esim';
import { factsOfPlans } from './factsOfRun';
import type { PlanFacts } from './planFacts';
import { needsEvents, needsPlan } from './reached';
import type { Seen } from './seen';

/** An item that asks about an eSIM. */
export interface Watched {
	itemIndex: number;
	topupId: string;
	deviceId: string;
	wish: Wish;
}

/** Order and eSIM: only both say which eSIM it is, because device IDs come again on MicroeSIM's test host. */
export const keyOf = ({ topupId, deviceId }: Watched): string => `${topupId} ${deviceId}`;

/** What came of looking at an eSIM. */
export type Look = { seen: Seen; answer: unknown } | { error: NodeFailure };

interface Work {
	key: string;
	/** The first of the items that ask about it. */
	first: Watched;
	wishes: Wish[];
	answer?: unknown;
	esim?: Esim;
	plan?: PlanFacts;
	events?: EsimEvent[];
	error?: NodeFailure;
}

/**
 * Looks at eSIMs, each once however many items ask about it: first at all of them, then at what decides beside that,
 * so that no more requests than asked for are on their way at once.
 *
 * @param atOnce requests on their way at once
 * @param goesOn whether the others are looked at after one has failed
 */
export async function lookAtEsims(
	context: IExecuteFunctions,
	watched: Watched[],
	{ atOnce, goesOn }: { atOnce: number; goesOn: boolean },
): Promise<Map<string, Look>> {
	const works = new Map<string, Work>();
	for (const one of watched) {
		const key = keyOf(one);
		const work = works.get(key) ?? { key, first: one, wishes: [] };
		work.wishes.push(one.wish);
		works.set(key, work);
	}
	const all = [...works.values()];
	const limit = pLimit(atOnce);
	const each = async (some: Work[], act: (work: Work) => Promise<void>) => {
		await Promise.all(
			some.map(
				async (work) =>
					await limit(async () => {
						if (!goesOn && all.some(({ error }) => error)) return;
						await act(work).catch((error: unknown) => {
							work.error = nodeErrorOf(context, error, work.first.itemIndex);
						});
					}),
			),
		);
	};
	await each(all, async (work) => {
		const { topupId, deviceId, itemIndex } = work.first;
		const fields = { topup_id: topupId, device_id: deviceId };
		const { result } = await request(context, ENDPOINTS.esim, fields, itemIndex);
		work.answer = result;
		work.esim = readEsim(result);
	});
	await readPlans(context, all);
	const asked = all.filter((work) =>
		lookOf(work).some(
			([, look]) => 'seen' in look && work.wishes.some((wish) => needsEvents(look.seen, wish)),
		),
	);
	await each(asked, async (work) => {
		const { deviceId, itemIndex } = work.first;
		const { result } = await request(context, ENDPOINTS.events, { device_id: deviceId }, itemIndex);
		work.events = readEvents(result);
	});
	return new Map(all.flatMap((work) => lookOf(work)));
}

async function readPlans(context: IExecuteFunctions, all: Work[]): Promise<void> {
	const needing = all.filter(
		({ esim, wishes }) => esim?.planId && wishes.some((wish) => needsPlan(esim, wish)),
	);
	const [first] = needing;
	if (!first) return;
	const planIds = new Set(needing.map(({ esim }) => esim!.planId!));
	const { found, failed } = await factsOfPlans(context, planIds, first.first.itemIndex);
	for (const work of needing) {
		work.plan = found.get(work.esim!.planId!);
		if (!work.plan) work.error = nodeErrorOf(context, failed, work.first.itemIndex);
	}
}

function lookOf({ key, esim, answer, plan = {}, events = [], error }: Work): Array<[string, Look]> {
	if (error) return [[key, { error }]];
	return esim ? [[key, { seen: { esim, plan, events, at: Date.now() }, answer }]] : [];
}
