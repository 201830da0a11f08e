/** A data plan as the API lists it; texts exactly as sent (API document: esimDataplanList). */
export interface Plan {
	channel_dataplan_id: string;
	channel_dataplan_name: string;
	/** Decimal. */
	price: string;
	currency: string;
	/** "1" = on sale. */
	status: string;
	/** Days of use. */
	day: number;
	data: string;
	apn: string;
	active_type: string;
	/** ISO country codes, comma-separated. */
	code: string;
	networks: string;
	ip: string;
	rule_desc: string;
	/** Days to install. */
	validity_period: string;
	special_desc: string;
	date_reset?: string;
	usage_reset?: string;
}
