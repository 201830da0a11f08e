/** What a model may look up, by the names of tools and of what it may fill in; none of them buys. */
export const READ_TOOLS = {
	Find_Best_Plan: ['country_codes', 'days', 'gigabytes'],
	List_Plans: ['country_codes', 'days_from', 'days_to', 'name_contains', 'price_to'],
	Look_Up_Order: ['order_id'],
	Look_Up_eSIM: ['order_id', 'device_id'],
	Get_Balance: [],
};

/** Tools as n8n shows them, in the same form. */
export const formOf = (tools: Array<[name: string, schema: object]>): Record<string, string[]> =>
	Object.fromEntries(
		tools.map(([name, schema]) => [
			name,
			Object.keys((schema as { properties: object }).properties),
		]),
	);
