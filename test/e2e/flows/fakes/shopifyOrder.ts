/** One line of an order as a test writes it. */
export interface Line {
	id: number;
	sku: string | null;
	title: string;
	quantity: number;
	/** What is left after edits of the order; as many as were ordered unless told. */
	currentQuantity?: number;
	physical?: boolean;
	giftCard?: boolean;
}

const money = (amount: string) => ({
	shop_money: { amount, currency_code: 'EUR' },
	presentment_money: { amount, currency_code: 'EUR' },
});

const lineItem = ({
	id,
	sku,
	title,
	quantity,
	currentQuantity = quantity,
	physical = false,
	giftCard = false,
}: Line) => ({
	id,
	admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
	attributed_staffs: [],
	current_quantity: currentQuantity,
	fulfillable_quantity: currentQuantity,
	fulfillment_service: 'manual',
	fulfillment_status: null,
	gift_card: giftCard,
	grams: physical ? 180 : 0,
	name: title,
	price: '19.00',
	price_set: money('19.00'),
	product_exists: true,
	product_id: 8_100_000_000_000 + id,
	properties: [],
	quantity,
	requires_shipping: physical,
	sku,
	taxable: true,
	title,
	total_discount: '0.00',
	total_discount_set: money('0.00'),
	variant_id: 44_100_000_000_000 + id,
	variant_inventory_management: null,
	variant_title: null,
	vendor: 'Example Shop',
	tax_lines: [],
	duties: [],
	discount_allocations: [],
});

/** The body of an orders/paid webhook, in the shape of Shopify's REST Admin API 2025-01; people and ids are invented. */
export const paidOrder = (orderNumber: number, lines: Line[]) => ({
	id: 5_900_000_000_000 + orderNumber,
	admin_graphql_api_id: `gid://shopify/Order/${5_900_000_000_000 + orderNumber}`,
	app_id: 580_111,
	buyer_accepts_marketing: false,
	cancel_reason: null,
	cancelled_at: null as string | null,
	confirmation_number: 'QX3V7B1ZT',
	confirmed: true,
	contact_email: 'buyer@shop.example' as string | null,
	created_at: '2026-11-20T10:15:32+01:00',
	currency: 'EUR',
	current_total_price: '57.00',
	customer_locale: 'de-DE',
	email: 'buyer@shop.example' as string | null,
	financial_status: 'paid',
	fulfillment_status: null,
	name: `#${orderNumber}`,
	note: null as string | null,
	note_attributes: [],
	number: orderNumber - 1000,
	order_number: orderNumber,
	payment_gateway_names: ['bogus'],
	phone: null as string | null,
	presentment_currency: 'EUR',
	processed_at: '2026-11-20T10:15:30+01:00',
	source_name: 'web',
	tags: '',
	test: false,
	total_price: '57.00',
	updated_at: '2026-11-20T10:15:33+01:00',
	customer: {
		id: 7_300_000_000_001,
		email: 'buyer@shop.example' as string | null,
		first_name: 'Robin',
		last_name: 'Example',
		state: 'disabled',
		tags: '',
	},
	billing_address: {
		first_name: 'Robin',
		last_name: 'Example',
		address1: 'Example Street 1',
		city: 'Exampletown',
		country_code: 'DE',
		zip: '00000',
	},
	discount_codes: [],
	fulfillments: [],
	line_items: lines.map(lineItem),
	refunds: [],
	shipping_lines: [],
	tax_lines: [],
});

export type ShopOrder = ReturnType<typeof paidOrder>;
