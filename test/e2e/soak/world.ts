import type { INode } from 'n8n-workflow';

import type { Plan } from '../../../simulator';
import { SHOP, SHOP_CREDENTIAL, SHOP_HOST } from '../flows/fakes/shopify';
import { ShopifyOrders } from '../flows/fakes/shopifyOrders';
import { filledIn } from '../flows/fillIn';
import { looked } from '../flows/looking';
import { activated, useFlows } from '../flows/support';
import { served, until } from '../harness';
import { CLOCK_ENV, type ShopHours } from './hours';

/** What the shop sells: plans that may be bought without a travel date, by what they cost. */
const MOST_PLANS = 6;

/** Each watch trigger looks so often, by the computer's clock: n8n takes as many poll times as one likes. */
const LOOK_SECONDS = [0, 10, 20, 30, 40, 50];

/** A real n8n, a MicroeSIM, a mail server and a Shopify. */
export function useWorld() {
	const shop = new ShopifyOrders();
	const flows = useFlows(
		// an eSIM is there after some seconds, or some minutes
		{ deliveryMs: [3_000, 150_000] },
		{
			sites: { [SHOP_HOST]: shop },
			credentials: { shopifyAccessTokenApi: SHOP_CREDENTIAL },
			env: CLOCK_ENV,
		},
	);
	return { shop, flows };
}

export type World = ReturnType<typeof useWorld>;

/** The plans that the shop sells, of those MicroeSIM has. */
export const plansOfShop = (plans: Plan[]): Plan[] =>
	plans
		.filter(({ status, active_type }) => status === '1' && active_type === 'ACTIVEDBYDEVICE')
		.filter(({ channel_dataplan_name: name }) => !name.includes('Local'))
		.slice(0, MOST_PLANS);

/** Imports the shop's flows as they stand, fills them in and publishes them, all by the shop's clock. */
export async function openShop({ shop, flows }: World, { ofFlow }: ShopHours): Promise<void> {
	const { desk } = flows;
	const delivered = desk.addresses('esim-delivered')['eSIM Delivered']!;
	const open = async (file: string, edit: (node: INode) => INode = (node) => node) =>
		await desk.open(file, (node) => ofFlow(edit(node)));
	await open('order-ledger');
	await open('esim-mail');
	await open('shopify-order-to-esim', filledIn({ shop_subdomain: SHOP, notify_url: delivered }));
	await open('esim-delivered', activated('Tell the Shop'));
	await open('balance-alert', oftener);
	await open('catalogue-watch', oftener);
	await served(delivered);
	// what they have not learnt yet they cannot tell of
	for (const endpoint of ['accountBalance', 'esimDataplanListPage'])
		await looked(flows.simulator, endpoint);
	await until(() => shop.hooks.length === 1, 'n8n asks Shopify to tell it of orders');
}

function oftener(node: INode): INode {
	if (!node.type.endsWith('microesimWatchTrigger')) return node;
	const item = LOOK_SECONDS.map((second) => ({
		mode: 'custom',
		cronExpression: `${second} * * * * *`,
	}));
	return { ...node, parameters: { ...node.parameters, pollTimes: { item } } };
}
