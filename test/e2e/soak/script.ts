import { drawFrom, type Draw } from '../../../simulator/random';
import { MINUTE, SECOND, type Size } from './size';

/** One line of an order: which of the shop's plans, and how many. */
export interface Wanted {
	plan: number;
	quantity: number;
}

/** What happens, and when: milliseconds of the shop's time behind its opening. */
export type Act = { at: number } & (
	| { act: 'sale'; lines: Wanted[]; language: string; again?: number }
	| { act: 'MicroeSIM is down'; how: 'refused' | 'html502' | 'slow'; lasts: number }
	| { act: 'answer is lost'; how: LostAnswer }
	| { act: 'mail server is down' | 'Shopify is down'; lasts: number }
	| { act: 'restart'; how: 'politely' | 'byForce' }
	| { act: 'price'; plan: number; factor: number }
	| { act: 'off sale'; plan: number; lasts: number }
	/** Enough for what is sold until that time. */
	| { act: 'top-up'; until: number }
	| { act: 'what was refused'; deletesRow: number }
	| { act: 'pushed again'; choice: number }
	| { act: 'hour'; of: 'Shopify order to eSIM' | 'eSIM delivered' }
);

/** An act of one kind. */
export type ActOf<Kind extends Act['act']> = Extract<Act, { act: Kind }>;

/** Booked or not, MicroeSIM's answer to an order does not arrive. */
export type LostAnswer = 'cutAfter' | 'cutMidBody' | 'booked502' | 'cutBefore';
const LOST: readonly LostAnswer[] = ['cutAfter', 'cutMidBody', 'booked502', 'cutBefore'];

const LANGUAGES = ['de-DE', 'en', 'fr', 'es', 'zh-CN', 'pt-BR', ''];

/** Times over a span, one in the first half of each of so many parts of it, so that what lasts is over before the next. */
const spread = (draw: Draw, count: number, [from, to]: [number, number]): number[] => {
	const part = (to - from) / count;
	return Array.from(
		{ length: count },
		(_, index) => from + Math.round((index + unit(draw) / 2) * part),
	);
};

const unit = (draw: Draw): number => draw.int(0, 999) / 1000;

/**
 * What happens in the shop's hours: the same for the same seed.
 *
 * @param plans how many plans the shop sells
 * @returns in the order of time
 */
export function writeScript(seed: number, size: Size, plans: number): Act[] {
	const { lastsMs } = size;
	const draw = (what: string) => drawFrom(seed, 'soak', what);
	const over = (what: string, count: number, share: [number, number] = [0.03, 0.92]) => {
		const one = draw(what);
		const span: [number, number] = [share[0] * lastsMs, share[1] * lastsMs];
		return spread(one, count, span).map((at) => ({ at, one }));
	};
	/** Of a part, so that two of a kind do not meet. */
	const lasting = (one: Draw, count: number) =>
		Math.round(Math.min(lastsMs / count / 4, 4 * MINUTE) * (0.5 + unit(one) / 2));
	const acts: Act[] = [
		...over('sales', size.sales, [0.005, 1]).map(({ at, one }): Act => sale(at, one, plans)),
		...over('outages', size.outages, [0.03, 0.8]).map(({ at, one }): Act => {
			const how = one.pick(['refused', 'html502', 'slow'] as const);
			return { at, act: 'MicroeSIM is down', how, lasts: lasting(one, size.outages) };
		}),
		...over('lost', size.lost).map(({ at, one }): Act => {
			return { at, act: 'answer is lost', how: one.pick(LOST) };
		}),
		...over('mail', size.mailOutages, [0.03, 0.8]).map(({ at, one }): Act => {
			return { at, act: 'mail server is down', lasts: lasting(one, size.mailOutages) };
		}),
		...over('shopify', size.shopOutages, [0.03, 0.8]).map(({ at, one }): Act => {
			return { at, act: 'Shopify is down', lasts: lasting(one, size.shopOutages) };
		}),
		...over('restarts', size.restarts, [0.1, 0.9]).map(({ at, one }): Act => {
			return { at, act: 'restart', how: one.chance(0.65) ? 'byForce' : 'politely' };
		}),
		...over('prices', size.prices).map(({ at, one }): Act => {
			return { at, act: 'price', plan: one.int(0, plans - 1), factor: one.int(85, 130) / 100 };
		}),
		...over('off sale', size.offSale, [0.1, 0.7]).map(({ at, one }): Act => {
			const lasts = lasting(one, size.offSale);
			return { at, act: 'off sale', plan: one.int(0, plans - 1), lasts };
		}),
		...over('pushes', size.pushes).map(({ at, one }): Act => {
			return { at, act: 'pushed again', choice: one.int(0, 999) };
		}),
		...size.dry.flatMap(([, to], index): Act[] => [
			{ at: to * lastsMs, act: 'top-up', until: (size.dry[index + 1]?.[0] ?? Infinity) * lastsMs },
			{
				at: to * lastsMs + MINUTE,
				act: 'what was refused',
				deletesRow: draw('refused').int(0, 1),
			},
		]),
		...size.hours.shopify.map((minute): Act => ({
			at: minute * MINUTE,
			act: 'hour',
			of: 'Shopify order to eSIM',
		})),
		...size.hours.delivered.map((minute): Act => ({
			at: minute * MINUTE,
			act: 'hour',
			of: 'eSIM delivered',
		})),
	];
	return acts.sort((one, other) => one.at - other.at);
}

function sale(at: number, one: Draw, plans: number): Act {
	const units = one.int(1, 3);
	const first = one.int(0, plans - 1);
	// two lines are of two plans
	const lines =
		units > 1 && one.chance(0.4)
			? [
					{ plan: first, quantity: units - 1 },
					{ plan: (first + 1) % plans, quantity: 1 },
				]
			: [{ plan: first, quantity: units }];
	const again = one.chance(0.3) ? one.pick([0, 0, 20 * SECOND, 4 * MINUTE]) : undefined;
	return { at, act: 'sale', lines, language: one.pick(LANGUAGES), again };
}
