import type { IExecuteFunctions } from 'n8n-workflow';

import { planIdOf, type VendorPlan } from '../answers/plan';
import { textOrNull } from '../answers/text';

/** Whether an item chooses when its eSIM becomes active. */
export function hasActivationDate(context: IExecuteFunctions, itemIndex: number): boolean {
	const value = context.getNodeParameter('activationDate', itemIndex, '') as unknown;
	return value !== '' && value !== null && value !== undefined;
}

const hinted = new WeakMap<object, Set<string>>();

/** Says in the output pane, once per plan and run, that what was bought starts to run with the order. */
export function hintThatItStarts(context: IExecuteFunctions, plan: VendorPlan): void {
	const plans = hinted.get(context) ?? new Set();
	hinted.set(context, plans);
	const planId = planIdOf(plan);
	if (plans.has(planId)) return;
	plans.add(planId);
	context.addExecutionHints({
		message: `The plan "${textOrNull(plan.channel_dataplan_name) ?? planId}" becomes active with the order, because no Activation Date was set.`,
		location: 'outputPane',
	});
}
