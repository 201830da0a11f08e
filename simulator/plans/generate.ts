import { drawFrom, type Draw } from '../random';
import type { Plan } from './plan';
import {
	DATA_FORMS,
	DAY_COUNTS,
	EKYC_TEXTS,
	EXIT_COUNTRIES,
	REGIONS,
	RULES,
	VALIDITY_PERIODS,
} from './vocabulary';

/** Ids are opaque and come in three forms: UUID, 32 hexadecimal digits, date and hexadecimal digits in both cases. */
function planId(draw: Draw): string {
	const form = draw.int(0, 2);
	if (form === 0) return [8, 4, 4, 4, 12].map((length) => draw.hex(length)).join('-');
	if (form === 1) return draw.hex(32);
	const mixed = [...draw.hex(25)].map((digit) => (draw.chance(0.5) ? digit.toUpperCase() : digit));
	return `202${draw.int(3, 6)}0${draw.int(1, 9)}${draw.int(10, 28)}${mixed.join('')}`;
}

/** Plan number `index` of a seed; the same whatever the count of plans. */
function generatePlan(seed: number, index: number, currency: string): Plan {
	const draw = drawFrom(seed, 'plan', index);
	const region = draw.pick(REGIONS);
	const data = draw.pick(DATA_FORMS);
	const day = draw.pick(DAY_COUNTS);
	// the first plans carry each rarer trait for sure, so that a small catalogue has them all
	const local = index % 10 === 3;
	const plan: Plan = {
		channel_dataplan_id: planId(draw),
		channel_dataplan_name: `${local ? 'Local ' : ''}${region.name}-${data}-${day}-A${draw.int(0, 2)}`,
		price: (draw.int(350, 60_000) / 100).toFixed(2),
		currency,
		status: index % 12 === 5 ? '0' : '1',
		day,
		data,
		apn: region.apn,
		active_type: index % 4 === 1 ? 'ACTIVEDBYORDER' : 'ACTIVEDBYDEVICE',
		code: region.code,
		networks: region.networks,
		ip: draw.pick(EXIT_COUNTRIES),
		rule_desc: draw.pick(RULES),
		validity_period: draw.pick(VALIDITY_PERIODS),
		special_desc: EKYC_TEXTS[index % EKYC_TEXTS.length]!,
	};
	if (index % 7 === 2)
		Object.assign(plan, { date_reset: draw.pick(['0', '1']), usage_reset: draw.pick(['0', '1']) });
	return plan;
}

/** `count` plans in the field's forms; the same seed gives the same plans, a larger count only adds to them. */
export function generatePlans(seed: number, count: number, currency: string): Plan[] {
	return Array.from({ length: count }, (_, index) => generatePlan(seed, index, currency));
}
