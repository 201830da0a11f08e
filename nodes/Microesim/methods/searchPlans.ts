import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import { dropOldest } from '../../../credentials/shared/dropOldest';
import { countriesOf, isOnSale, planIdOf, type VendorPlan } from '../shared/answers/plan';
import { cleanText, textOrNull } from '../shared/answers/text';
import { Catalogue } from '../shared/catalogue/catalogue';

const SHOWN_AT_ONCE = 100;
const KEPT_MS = 2 * 60 * 1000;
const KEPT_ACCOUNTS = 4;

const kept = new Map<string, { catalogue: Catalogue; since: number }>();

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/**
 * The entries of the list behind the field "Plan": plans on sale, searched by name, country (code or English
 * name) or id. The catalogue of an account is kept for two minutes, so that typing does not read it again.
 *
 * @param filter what the user typed
 * @param paginationToken the position to go on from
 */
export async function searchPlans(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const start = Number(paginationToken ?? 0);
	const catalogue = await catalogueOfAccount(this, start === 0 && !filter);
	const wanted = cleanText(filter ?? '').toLowerCase();
	const results: INodeListSearchItems[] = [];
	let position = start;
	for await (const plan of catalogue.plans(this, 0, start)) {
		if (results.length === SHOWN_AT_ONCE) return { results, paginationToken: String(position) };
		position++;
		if (isOnSale(plan) && matches(plan, wanted)) results.push(entryOf(plan));
	}
	return { results };
}

async function catalogueOfAccount(
	context: ILoadOptionsFunctions,
	fresh: boolean,
): Promise<Catalogue> {
	const { environment, baseUrl, account } = await context.getCredentials('microesimApi');
	const key = JSON.stringify([environment, baseUrl, account]);
	const known = kept.get(key);
	if (known && !fresh && Date.now() - known.since < KEPT_MS) return known.catalogue;
	const catalogue = new Catalogue();
	kept.delete(key);
	kept.set(key, { catalogue, since: Date.now() });
	dropOldest(kept, KEPT_ACCOUNTS);
	return catalogue;
}

function countryName(code: string): string {
	return /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code;
}

function matches(plan: VendorPlan, wanted: string): boolean {
	const countries = countriesOf(plan);
	if (/^[a-z]{2}$/.test(wanted) && countries.includes(wanted.toUpperCase())) return true;
	return [
		textOrNull(plan.channel_dataplan_name) ?? '',
		planIdOf(plan),
		...countries.map(countryName),
	].some((text) => text.toLowerCase().includes(wanted));
}

function entryOf(plan: VendorPlan): INodeListSearchItems {
	const countries = countriesOf(plan);
	const where = countries.length > 3 ? `${countries.length} countries` : countries.join(', ');
	const facts = [
		`${textOrNull(plan.price) ?? '?'} ${textOrNull(plan.currency) ?? ''}`.trim(),
		`${textOrNull(plan.day) ?? '?'} days`,
		where,
	];
	return {
		name: `${textOrNull(plan.channel_dataplan_name) ?? planIdOf(plan)} · ${facts.filter(Boolean).join(' · ')}`,
		value: planIdOf(plan),
	};
}
