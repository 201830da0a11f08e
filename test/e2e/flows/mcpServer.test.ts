import type { IDataObject } from 'n8n-workflow';

import { buy, call } from '../../unit/simulator/client';
import { orderOf } from '../bench';
import { until } from '../harness';
import { visit, wordsOf } from './mcpClient';
import { formOf, READ_TOOLS } from './readTools';
import { useFlows } from './support';

/** What an AI program finds that connects to the shop's n8n, and who is not let in. */

const TOKEN = 'not-a-real-token';

const flows = useFlows({ plans: 200 }, { credentials: { httpBearerAuth: { token: TOKEN } } });
let url: string;

beforeAll(async () => {
	await flows.desk.open('microesim-mcp-server');
	url = `${flows.n8n.url}/mcp/microesim`;
	await until(async () => (await fetch(url, { method: 'POST' })).status !== 404, 'its address');
});

const read = (words: string | undefined) => JSON.parse(words!) as IDataObject[];

const idsOf = (plans: ReadonlyArray<{ channel_dataplan_id?: unknown }>) =>
	plans.map(({ channel_dataplan_id }) => channel_dataplan_id);

it('shows tools that read', async () => {
	const { tools, instructions } = await visit(url, TOKEN);
	const shown = formOf(tools.map(({ name, inputSchema }) => [name, inputSchema]));
	expect(shown).toEqual(READ_TOOLS);
	expect(instructions).toContain('Nothing can be bought here');
});

it('answers with what MicroeSIM says', async () => {
	const { simulator } = flows;
	const { topup_id, esims } = orderOf(simulator, await buy(simulator, {}));
	const fields = { topup_id, device_id: esims[0]!.device_id };
	await simulator.clock.advance(3 * 86_400_000);
	const { result: esim } = await call(simulator, 'deviceDetail', fields);
	const { msg } = await call(simulator, 'topupDetail', { topup_id: '404' });
	const { results } = await visit(url, TOKEN, [
		{ name: 'Find_Best_Plan', arguments: { country_codes: 'JP', days: 7 } },
		{ name: 'List_Plans', arguments: { country_codes: 'JP', days_to: 7, price_to: 100 } },
		{ name: 'List_Plans', arguments: { country_codes: 'XX' } },
		{ name: 'Look_Up_Order', arguments: { order_id: topup_id } },
		{
			name: 'Look_Up_eSIM',
			arguments: { order_id: topup_id, device_id: fields.device_id },
		},
		{ name: 'Get_Balance', arguments: {} },
		{ name: 'Look_Up_Order', arguments: { order_id: '404' } },
		{ name: 'Look_Up_Order', arguments: {} },
		{ name: 'Buy_It', arguments: {} },
	]);
	const said = results.map(wordsOf);
	const japan = simulator.plans
		.filter(({ status, code }) => status === '1' && code.split(',').includes('JP'))
		.sort((one, other) => Number(one.price) - Number(other.price));
	const [best] = japan.filter(({ day }) => day >= 7);
	const cheap = japan.filter(({ day, price }) => day <= 7 && Number(price) <= 100);
	expect(read(said[0])[0]).toMatchObject({
		channel_dataplan_name: best!.channel_dataplan_name,
		price: Number(best!.price),
		currency: 'HKD',
	});
	expect(cheap.length).toBeGreaterThan(0);
	expect(idsOf(read(said[1]))).toEqual(idsOf(cheap));
	expect(read(said[2])).toEqual([]);
	expect(read(said[3])).toMatchObject([{ delivered: true, device_id: fields.device_id }]);
	expect(Number(esim.data_usage)).toBeGreaterThan(1);
	expect(read(said[4])[0]!.data_usage).toBeCloseTo(Number(esim.data_usage), 0);
	expect(read(said[5])).toMatchObject([{ balance: simulator.balance, currency: 'HKD' }]);
	expect(said[6]).toContain(msg);
	expect(said[7]).toContain('order_id');
	expect(said[8]).toContain('Tool not found');
	// what installs an eSIM is nothing for the maker of a model
	expect(said.join()).not.toContain(esims[0]!.lpa_str);
});

it.each([undefined, 'another-token'])('lets nobody in with the token %s', async (token) => {
	const asked = flows.simulator.requests.length;
	await expect(visit(url, token)).rejects.toThrow('Authorization data is wrong!');
	expect(flows.simulator.requests).toHaveLength(asked);
});
