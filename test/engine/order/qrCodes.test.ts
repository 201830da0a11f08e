import type { IDataObject } from 'n8n-workflow';

import { useFastClock } from '../support/fastClock';
import { items, textOf } from '../support/look';
import { look } from '../support/picture';
import { useShop } from './support';

useFastClock(5);
const shop = useShop();

/** What a phone reads from each picture of a run, by item and field. */
async function read(result: Awaited<ReturnType<typeof shop.buy>>): Promise<unknown[]> {
	const all = result
		.items()
		.map(
			async (item) =>
				await Promise.all(
					Object.keys(item.binary ?? {}).map(async (field) => [
						field,
						look(await result.binary(item, field)).text,
					]),
				),
		);
	return await Promise.all(all);
}

const waited = { waitForDelivery: true, maximumWait: 5 };

it('Create puts out a picture for each eSIM that is ready', async () => {
	const result = await shop.buy(
		{ input: items('a', 'b') },
		{},
		{ quantity: 2, ...waited, delivery: { qrCodeField: 'qr' } },
	);
	const codes = result.json().map(({ lpa_str }) => lpa_str);
	expect(new Set(codes).size).toBe(4);
	expect(await read(result)).toEqual(codes.map((code) => [['qr', code]]));
	expect(result.items()[0]?.binary?.qr?.fileName).toBe(
		`esim-${textOf(result.json()[0], 'device_id')}.png`,
	);
});

it('Create puts out none where it did not wait, and loses no order by it', async () => {
	const result = await shop.buy({}, {}, { delivery: { qrCodeField: 'qr' } });
	expect(result.json()).toMatchObject([{ custom_order_no: '1001-1' }]);
	expect(await read(result)).toEqual([[]]);
});

it.each(['get', 'waitForDelivery'])(
	'Order %s does, too, for one item per eSIM or per order',
	async (operation) => {
		const [bought] = (await shop.buy({}, {}, { quantity: 2 })).json();
		const run = async (parameters: IDataObject) =>
			await shop.run('order', operation, {
				topupId: textOf(bought, 'topup_id'),
				options: { qrCodeField: 'data' },
				...parameters,
			});
		const perEsim = await run({});
		const codes = perEsim.json().map(({ lpa_str }) => lpa_str);
		expect(codes).toHaveLength(2);
		expect(await read(perEsim)).toEqual(codes.map((code) => [['data', code]]));
		expect(await read(await run({ output: 'perOrder' }))).toEqual([
			[
				['data_0', codes[0]],
				['data_1', codes[1]],
			],
		]);
		expect(await read(await run({ simplify: false }))).toEqual([[]]);
	},
);
