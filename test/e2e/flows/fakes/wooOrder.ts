/** A line of an order as a test writes it. */
export interface WooLine {
	id: number;
	sku: string;
	name: string;
	quantity: number;
}

/** The body of an order.updated webhook, in the shape of WooCommerce's REST API v3; people and ids are invented. */
export const wooOrder = (id: number, lines: WooLine[]) => ({
	id,
	parent_id: 0,
	number: String(id),
	order_key: `wc_order_${id}`,
	status: 'processing',
	currency: 'EUR',
	date_created: '2026-11-20T10:15:32',
	date_created_gmt: '2026-11-20T09:15:32',
	date_modified_gmt: new Date().toISOString().slice(0, 19),
	date_completed_gmt: null as string | null,
	date_paid: new Date().toISOString().slice(0, 19),
	date_paid_gmt: new Date().toISOString().slice(0, 19),
	total: '57.00',
	customer_id: 0,
	customer_note: '',
	billing: {
		first_name: 'Robin',
		last_name: 'Example',
		country: 'DE',
		email: 'buyer@shop.example',
		phone: '+49 170 0000000',
	},
	payment_method: 'stripe',
	meta_data: [{ id: 1, key: 'wpml_language', value: 'fr' }],
	line_items: lines.map((line) => ({
		...line,
		product_id: 300 + line.id,
		variation_id: 0,
		subtotal: '19.00',
		total: '19.00',
		meta_data: [],
		price: 19,
	})),
	shipping_lines: [],
	refunds: [],
});

export type WooOrder = ReturnType<typeof wooOrder>;
