import type { BalanceEvent } from '../shared/watch/balance';
import type { PlanEvent } from '../shared/watch/compare';

/** What the trigger starts on. */
export type WatchEvent = BalanceEvent | PlanEvent;

export const BALANCE_EVENTS = [
	'balance_above',
	'balance_below',
	'balance_changed',
] as const satisfies readonly BalanceEvent[];

export const PLAN_EVENTS = [
	'new_plan',
	'plan_back',
	'plan_changed',
	'plan_gone',
	'plan_price',
] as const satisfies readonly PlanEvent[];
