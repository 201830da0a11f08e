/** One place a generated plan can be for. `networks` in the field's grammar: CC:Operator[GEN;GEN],Operator2[GEN]|CC2:… */
export interface Region {
	name: string;
	code: string;
	networks: string;
	apn: string;
}

export const REGIONS: readonly Region[] = [
	{ name: 'Thailand', code: 'TH', networks: 'TH:AIS[4G;5G],TrueMove H[4G]|', apn: 'internet' },
	{ name: 'Turkey', code: 'TR', networks: 'TR:Turkcell(Global)[4G;LTE],Vodafone[4G]', apn: 'plus' },
	{ name: 'USA', code: 'US', networks: 'US:T-Mobile/AT&T[4G;5G]|', apn: 'wholesale' },
	{
		name: 'USA & Canada',
		code: 'US,CA',
		networks: 'US:T-Mobile[5G],AT&T[4G]|CA:Rogers/Bell[4G;LTE]|',
		apn: 'plus',
	},
	{ name: 'Korea', code: 'KR', networks: 'KR:SKT', apn: 'mobiletrial' },
	{
		name: 'United Kingdom',
		code: 'GB',
		networks: 'GB:O2(Telefonica UK)[4G],EE,Three[4G;5G]|',
		apn: 'mobile.three.com.hk',
	},
	{
		name: 'China mainland & HK & Macau',
		code: 'CN,HK,MO',
		networks: 'CN:China Mobile(CMCC)[4G]|HK:CMHK[4G;5G]|MO:CTM|',
		apn: 'cmhk',
	},
	{
		name: 'Europe 33',
		code: 'FR,DE,ES,IT,NL,PL',
		networks:
			'FR:Orange[4G;5G],Bouygues/SFR[4G]|DE:Telekom(T-Mobile)[4G],O2|ES:Movistar[4G]|IT:TIM,WindTre[4G]|NL:KPN|PL:Play(P4)[4G;LTE]',
		apn: 'internet',
	},
	{
		name: 'Australia & New Zealand',
		code: 'AU,NZ',
		networks: 'AU:Optus[4G]|NZ:Spark NZ[4G;LTE],One NZ',
		apn: 'yesinternet',
	},
	{
		name: 'Asia 7',
		code: 'JP,SG,MY,VN,ID,PH,TW',
		networks:
			'JP:KDDI(au)/SoftBank[4G]|SG:Singtel[4G;5G]|MY:Celcom|VN:Viettel[4G]|ID:XL Axiata[4G]|PH:Globe[LTE]|TW:Chunghwa[4G]|',
		apn: 'mobile',
	},
];

export const DATA_FORMS = [
	'unlimited',
	'Unlimited',
	'1GB',
	'3GB',
	'500MB',
	'Daily500MB',
	'Daily2GB',
	'Total10GB',
	'Total20GB',
] as const;

/** What happens after the allowance. */
export const RULES = ['unlimited 512kbps', 'unlimited 128kb', 'terminate', 'unlimited'] as const;

export const EKYC_TEXTS = ['', '', '', 'ekyc required esim', 'No ekyc needed.', 'eKYC'] as const;

export const VALIDITY_PERIODS = ['60', '60', '90', '180 days'] as const;

export const EXIT_COUNTRIES = ['HK', 'PL', 'SG', 'JP'] as const;

export const DAY_COUNTS = [1, 3, 5, 7, 10, 15, 20, 30, 90] as const;
