import type { Plan } from '../../../simulator';

/** A plan on sale, with what a test cares about changed. */
export const plan = (id: string, change: Partial<Plan> = {}): Plan => ({
	channel_dataplan_id: id,
	channel_dataplan_name: `Plan ${id}`,
	price: '10.00',
	currency: 'HKD',
	status: '1',
	day: 7,
	data: '1GB',
	apn: 'internet',
	active_type: 'ACTIVEDBYDEVICE',
	code: 'JP',
	networks: '',
	ip: 'HK',
	rule_desc: 'terminate',
	validity_period: '60',
	special_desc: '',
	...change,
});
