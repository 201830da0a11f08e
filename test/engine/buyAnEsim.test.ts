import { readExample } from '../e2e/harness/examples';
import { sentTo } from './support/look';
import { look } from './support/picture';
import { useBench } from './support/useBench';

const bench = useBench();

it('buy-an-esim.json buys one eSIM and ends with a QR code that holds its activation code', async () => {
	const { simulator, engine, credential } = bench;
	const credentials = { microesimApi: credential };
	const example = readExample('buy-an-esim', { microesimApi: { id: 'one', name: 'MicroeSIM' } });
	const result = await engine.runExample(example, {
		credentials,
		mode: 'manual',
	});
	expect(result.error()).toBeUndefined();
	expect(sentTo(simulator, 'esimSubscribe')).toHaveLength(1);
	const [order] = simulator.ledger;
	expect(order).toMatchObject({
		channel_dataplan_id: '202408136e79772A718449EEE9290CAC3',
		number: 1,
		cost: 279.62,
	});
	expect(result.json('Wait for Delivery')[0]).toMatchObject({
		topup_id: order?.topup_id,
		delivered: true,
	});
	const [item, ...others] = result.items('Draw the QR Code');
	expect(others).toEqual([]);
	expect(item?.json.lpa_str).toBe(order?.esims[0]?.lpa_str);
	expect(look(await result.binary(item)).text).toBe(order?.esims[0]?.lpa_str);
});
