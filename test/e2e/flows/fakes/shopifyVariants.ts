import type { IDataObject } from 'n8n-workflow';

export interface Variant {
	id: number;
	sku: string;
	/** Two decimals, in the currency of the shop. */
	price: string;
	option1: string;
	requires_shipping: boolean;
	taxable: boolean;
	inventory_management: string | null;
}

export interface Product {
	id: number;
	title: string;
	body_html: string;
	product_type: string;
	status: string;
	/** Separated by commas. */
	tags: string;
	options: Array<{ name: string }>;
	variants: Variant[];
}

/** Of one product, in this version of the API. */
export const MOST_VARIANTS = 100;

export const STATUSES = ['active', 'archived', 'draft'];

const OF_PRODUCT = ['id', 'title', 'body_html', 'product_type', 'status', 'tags', 'options'];
const OF_VARIANT = ['id', 'sku', 'price', 'option1', 'requires_shipping', 'inventory_management'];

/** What Shopify answers instead of a product. */
export class Refused extends Error {
	constructor(
		readonly errors: unknown,
		readonly status = 422,
	) {
		super();
	}
}

/** Names of fields that this fake does not know. */
export const unknownIn = ({ variants, ...product }: IDataObject): string[] =>
	[
		...Object.keys(product).filter((name) => !OF_PRODUCT.includes(name)),
		...((variants ?? []) as IDataObject[])
			.flatMap((variant) => Object.keys(variant))
			.filter((name) => !OF_VARIANT.includes(name)),
	].map((name) => `field ${name}`);

/**
 * What becomes of a product.
 *
 * @param before undefined for a new one
 * @param newId gives the next id
 * @throws Refused, where Shopify would take none of it
 */
export function changed(
	before: Product | undefined,
	given: IDataObject,
	newId: () => number,
): Product {
	const { variants, ...fields } = given;
	const product = {
		body_html: '',
		product_type: '',
		status: 'active',
		tags: '',
		options: [{ name: 'Title' }],
		variants: [],
		...before,
		...fields,
	} as unknown as Product;
	if (!product.title) throw new Refused({ title: ["can't be blank"] });
	if (!STATUSES.includes(product.status))
		throw new Refused({ status: ['is not included in the list'] });
	if (variants !== undefined) product.variants = withVariants(product, variants, newId);
	return { ...product, id: before?.id ?? newId() };
}

/** Those that are given and no others. */
function withVariants(product: Product, given: unknown, newId: () => number): Variant[] {
	const wanted = given as Array<Partial<Variant>>;
	if (wanted.length === 0) throw new Refused('could not update variants to []');
	if (wanted.length > MOST_VARIANTS)
		throw new Refused({ base: ['Exceeded maximum number of variants allowed'] });
	const known = product.variants.map(({ id }) => id);
	const strange = wanted.flatMap(({ id }) => (id === undefined || known.includes(id) ? [] : [id]));
	if (strange.length > 0) {
		const ids = strange.join(', ');
		throw new Refused({
			variants: [
				`Variants have not been changed. The following IDs do not exist or do not belong to the product: [${ids}]`,
			],
		});
	}
	const names = new Set<string>();
	return wanted.map((one) => {
		const old = product.variants.find(({ id }) => id === one.id);
		const usual = { requires_shipping: true, taxable: true, inventory_management: null };
		const { option1 = '', sku = '', price = '0.00' } = { ...old, ...one };
		if (option1 === '' || option1.length > 255)
			throw new Refused({ base: ['Option1 must be from 1 to 255 characters'] });
		if (names.has(option1.toLowerCase()))
			throw new Refused({
				base: [`The variant '${option1}' already exists. Please change at least one option value.`],
			});
		names.add(option1.toLowerCase());
		// Shopify rounds; nobody should rely on it
		if (!/^\d+\.\d{2}$/.test(price)) throw new Refused({ price: ['is not a number'] });
		return { ...usual, ...old, ...one, id: old?.id ?? newId(), option1, sku, price };
	});
}
