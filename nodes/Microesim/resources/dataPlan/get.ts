import { deepCopy, type IDataObject } from 'n8n-workflow';

import { simplifyPlan } from '../../shared/answers/plan';
import { catalogueOfRun } from '../../shared/catalogue/catalogue';
import { refusal } from '../../shared/errors/refusal';
import { planField, simplifyFields } from '../../shared/fields';
import { isSimplified, requiredText } from '../../shared/parameters';
import type { Operation } from '../operation';

export const get: Operation = {
	name: 'Get',
	value: 'get',
	action: 'Get data plan',
	subtitle: 'Get plan',
	description:
		'Get one data plan. MicroeSIM has no call for that, so the catalogue is read until it is found.',
	fields: [planField, ...simplifyFields],
	async execute(context, itemIndex) {
		const planId = requiredText(context, 'planId', 'Plan', itemIndex);
		const plan = await catalogueOfRun(context).find(planId, itemIndex);
		if (plan === undefined) {
			throw refusal(
				context,
				itemIndex,
				`MicroeSIM has no data plan with the ID "${planId}"`,
				'Plans come and go. Choose another one from the list, or search it with Data Plan → Get Many.',
			);
		}
		return [
			{
				json: isSimplified(context, itemIndex) ? simplifyPlan(plan) : deepCopy(plan as IDataObject),
			},
		];
	},
};
