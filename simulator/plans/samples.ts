import type { Plan } from './plan';

const JAPAN = {
	currency: 'HKD',
	status: '1',
	data: 'unlimited',
	apn: 'vmobile.jp',
	active_type: 'ACTIVEDBYDEVICE',
	code: 'JP',
	networks: 'JP:Docomo(IIJ)[4G;LTE]|',
	validity_period: '60',
	special_desc: '',
};

/** The five plans of the API document (sample answer of esimDataplanList), in its order. */
export const DOCUMENT_PLANS: readonly Plan[] = [
	{
		...JAPAN,
		channel_dataplan_id: 'b1a926e1-d770-4e03-804e-c527b9397eb9',
		channel_dataplan_name: 'Global 66-Total1GB-7-A0-test',
		price: '524.00',
		day: 30,
		ip: 'PL',
		rule_desc: 'unlimited 512kbps',
	},
	{
		...JAPAN,
		channel_dataplan_id: '202408136e79772A718449EEE9290CAC3',
		channel_dataplan_name: 'JapanIIJ-unlimited-15-test',
		price: '279.62',
		day: 15,
		ip: 'PL',
		rule_desc: 'unlimited 512kbps',
	},
	{
		...JAPAN,
		channel_dataplan_id: '2024081342489905C36Eee9eA513390E9',
		channel_dataplan_name: 'JapanIIJ-unlimited-10-test',
		price: '209.00',
		day: 10,
		ip: 'HK',
		rule_desc: 'unlimited 128kb',
	},
	{
		...JAPAN,
		channel_dataplan_id: '20240813E215A8C7D92367249770119e6',
		channel_dataplan_name: 'JapanIIJ-unlimited-5-test',
		price: '112.88',
		day: 5,
		ip: 'HK',
		rule_desc: 'terminate',
	},
	{
		...JAPAN,
		channel_dataplan_id: '2024081362C6C4EA4220B2D5224e2ee1E',
		channel_dataplan_name: 'JapanIIJ-unlimited-3-test',
		price: '71.62',
		day: 3,
		ip: 'HK',
		rule_desc: 'unlimited',
	},
];
