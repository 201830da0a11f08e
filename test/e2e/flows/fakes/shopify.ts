import { Site, type Answer, type Call } from './site';

export const TOKEN = 'not-a-real-token';
export const SHOP = 'example-shop';

/** Where n8n's nodes look for the shop. */
export const SHOP_HOST = `${SHOP}.myshopify.com`;

/** What n8n's credential "Shopify Access Token API" holds for it. */
export const SHOP_CREDENTIAL = {
	shopSubdomain: SHOP,
	accessToken: TOKEN,
	appSecretKey: 'not-a-real-secret',
};

/** The version of the Admin API that n8n's Shopify nodes speak. */
export const API = '/admin/api/2024-07';

/** A part of Shopify's REST Admin API: https://shopify.dev/docs/api/admin-rest. It knows one shop and one token. */
export abstract class Shopify extends Site {
	protected refusal({ headers }: Call): Answer | undefined {
		return headers['x-shopify-access-token'] === TOKEN
			? undefined
			: { status: 401, body: { errors: '[API] Invalid API key or access token' } };
	}
}
