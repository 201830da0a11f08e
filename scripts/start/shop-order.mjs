/** A plan that the simulator always sells. */
const PLAN = '2024081342489905C36Eee9eA513390E9';

/**
 * An order as Shopify's webhook orders/paid tells of it, as far as the flow reads it: an eSIM, and a T-shirt that must be
 * passed by.
 * @param {number} at milliseconds; each order has IDs of its own
 */
export function shopOrder(at) {
	const id = at * 10;
	return {
		id,
		name: `#${String(at).slice(-6)}`,
		financial_status: 'paid',
		cancelled_at: null,
		email: 'buyer@shop.example',
		customer_locale: 'en',
		currency: 'HKD',
		line_items: [
			{
				id: id + 1,
				title: 'eSIM Japan, 10 days',
				sku: PLAN,
				quantity: 1,
				requires_shipping: false,
				gift_card: false,
			},
			{
				id: id + 2,
				title: 'T-shirt "Tokyo"',
				sku: 'TEE-TOKYO-M',
				quantity: 1,
				requires_shipping: true,
				gift_card: false,
			},
		],
	};
}

/** @typedef {ReturnType<typeof shopOrder>} ShopOrder */
