import { FLOWS } from './workflows.mjs';

const ADDRESSES = { shop_address: 'esim@shop.example', owner_address: 'owner@shop.example' };

/**
 * What stands in "Fill In" of the workflows at work here, by file.
 * @param {string} callback
 * @returns {Record<string, Record<string, string>>}
 */
export const filledIn = (callback) => ({
	[FLOWS.ledger]: ADDRESSES,
	[FLOWS.mail]: { ...ADDRESSES, shop_name: 'Example Shop' },
	[FLOWS.shop]: {
		...ADDRESSES,
		shop_subdomain: 'example-shop',
		notify_url: callback,
		hourly_since: '2026-01-01',
	},
});
