import { chain } from '../harness';
import { items, seenError, textOf } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { ORDER, RETRY, useShop } from './support';

const shop = useShop();

describe('a number on several items of a run', () => {
	it('is an error that names both, before anything leaves', async () => {
		const error = seenError(await shop.buy({ input: items('a', '1001', 'b', '1001') }));
		expect(error.message).toContain('The items 1 and 3 have the same Custom Order Number "1001"');
		expect(shop.simulator.requests).toEqual([]);
	});

	it('is no order for any of them where the node continues, and the others are bought', async () => {
		const result = await shop.buy({
			input: items('1001', 'b', '1001', '1001'),
			onError: 'continueRegularOutput',
		});
		expect(shop.booked()).toEqual(['b']);
		const errors = result.json().map(({ error }) => (typeof error === 'string' ? error : ''));
		expect(errors.map((text) => /items (\d) and (\d)/.exec(text)?.slice(1))).toEqual([
			['0', '2'],
			undefined,
			['0', '2'],
			['0', '3'],
		]);
	});

	it('is found where one is split and the other has the number of a part', async () => {
		const error = seenError(
			await shop.buy({ input: items('a', 'a-2') }, { splitQuantity: true }, { quantity: 2 }),
		);
		expect(error.message).toContain('The items 0 and 1');
		expect(error.message).toContain('"a-2"');
		expect(shop.booked()).toEqual([]);
	});

	it('is found however its accents were typed', async () => {
		const error = seenError(await shop.buy({ input: items('Zoe\u0301', 'Zo\u00e9') }));
		expect(error.message).toContain('The items 0 and 1');
	});

	it('is bought for each of them where the guard is off', async () => {
		await shop.buy({ input: items('1001', '1001') }, { preventDuplicates: false });
		expect(shop.booked()).toEqual(['1001', '1001']);
	});
});

describe('a number that comes back in the same execution', () => {
	const loop = (customOrderNo: string) => ({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.noOp' },
			{
				name: 'Loop',
				type: 'n8n-nodes-base.splitInBatches',
				parameters: { batchSize: 1, options: {} },
			},
			{
				name: 'Buy',
				type: 'n8n-nodes-microesim.microesim',
				onError: 'continueRegularOutput' as const,
				parameters: { resource: 'order', operation: 'create', ...ORDER, customOrderNo } as never,
			},
		],
		connections: {
			...chain('Start', 'Loop'),
			Loop: { main: [[], [{ node: 'Buy', type: 'main' as const, index: 0 }]] },
			...chain('Buy', 'Loop'),
		},
		startNode: 'Start',
		credentials: { microesimApi: shop.credential },
		input: items('x', 'y', 'z'),
	});

	it('is no eSIM for another turn of a loop', async () => {
		const result = await shop.engine.runWorkflow(loop('loop-1001'));
		expect(shop.booked()).toEqual(['loop-1001']);
		const { topup_id } = shop.simulator.ledger[0]!;
		const [first, second, third] = [0, 1, 2].map((run) => result.json('Buy', 0, run)[0]);
		expect(first?.topup_id).toBe(topup_id);
		expect(textOf(second, 'error')).toContain(
			`was used as order ${topup_id} for item 0 of this execution, so nothing was sent for item 0 of run 1`,
		);
		expect(textOf(third, 'error')).toContain('item 0 of run 2');
	});

	it('is no eSIM for another turn behind an order in doubt either', async () => {
		shop.simulator.faults.after('esimSubscribe', 1, { kind: 'cutAfter' });
		const two = loop('={{ $json.value }}');
		two.nodes[1]!.parameters = { batchSize: 2, options: {} } as never;
		const result = await shop.engine.runWorkflow({
			...two,
			input: items('a', 'twice', 'in-doubt', 'twice'),
		});
		const [, again] = result.json('Buy', 0, 1);
		expect(again?.error).toContain('may have been bought');
		expect(again?.description).toContain('so nothing was sent for item 1 of run 1');
	});

	it('is the order of its own item where n8n tries the node again', async () => {
		shop.simulator.faults.after('esimSubscribe', 1, {
			kind: 'code',
			code: 7,
			msg: 'The data plan is not on sale',
		});
		const result = await shop.buy({ ...RETRY, input: items('a', 'b') });
		expect(result.error()).toBeUndefined();
		expect(shop.booked()).toEqual(['a', 'b']);
	});
});

describe('a number that stands for something else', () => {
	const [first, second] = [
		{ plan: 0, quantity: 1 },
		{ plan: 1, quantity: 2 },
	];
	const parameters = {
		planId: { ...planById(SAMPLE_PLAN), value: '={{ $json.plan }}' },
		quantity: '={{ $json.quantity }}',
		customOrderNo: '1001',
	};
	const input = ({ plan, quantity }: { plan: number; quantity: number }) => [
		{ json: { plan: shop.simulator.plans[plan]!.channel_dataplan_id, quantity } },
	];

	it('is an error for another plan', async () => {
		const buy = shop.node({}, parameters);
		await buy({ input: input(first!) });
		const error = seenError(await buy({ input: input({ ...first!, plan: 1 }) }));
		expect(error.message).toContain(`so nothing was sent for the plan`);
		expect(error.message).toContain(shop.simulator.ledger[0]!.topup_id);
		expect(shop.simulator.ledger).toHaveLength(1);
	});

	it('is an error for another quantity', async () => {
		const buy = shop.node({}, parameters);
		await buy({ input: input(first!) });
		const error = seenError(await buy({ input: input({ ...second!, plan: 0 }) }));
		expect(error.message).toContain('a quantity of 1, so nothing was sent for a quantity of 2');
		expect(shop.simulator.ledger).toHaveLength(1);
	});
});

it('a number with half a character is refused: the other half would be lost on the way', async () => {
	const error = seenError(await shop.buy({ input: items('a\ud83d') }));
	expect(error.message).toContain('"Custom Order Number"');
	expect(shop.simulator.requests).toEqual([]);
});

it('an option that is neither on nor off is refused', async () => {
	const error = seenError(await shop.buy({}, { splitQuantity: '={{ "TRUE" }}' }));
	expect(error.message).toContain('"Split Quantity Into Single Orders" must be on or off');
	expect(shop.simulator.requests).toEqual([]);
});

describe('Split Quantity, switched between two deliveries of a number', () => {
	const quantity = { quantity: 2 };
	const workflowId = () => `split-${Math.random()}`;

	it.each([
		['on', false, true],
		['off', true, false],
	])('%s: the number is bought once', async (_name, before, after) => {
		const id = workflowId();
		const node = (splitQuantity: boolean) => shop.node({ splitQuantity }, quantity);
		await node(before)({ workflowId: id });
		const bought = shop.simulator.ledger.length;
		expect(seenError(await node(after)({ workflowId: id })).message).toContain('"1001-1"');
		expect(shop.simulator.ledger).toHaveLength(bought);
		const again = await node(before)({ workflowId: id });
		expect(again.json().every(({ duplicate }) => duplicate === true)).toBe(true);
		expect(shop.simulator.ledger).toHaveLength(bought);
	});

	it('blocks nothing where a check refused the order before', async () => {
		const id = workflowId();
		await shop.node({ splitQuantity: true, maximumUnitPrice: 0.01 }, quantity)({ workflowId: id });
		await shop.node({}, quantity)({ workflowId: id });
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('at the same moment: the number is bought in one of both ways at most', async () => {
		for (let round = 0; round < 20; round++) {
			const id = workflowId();
			shop.reset();
			await Promise.all(
				[true, false].map(
					async (splitQuantity) => await shop.node({ splitQuantity }, quantity)({ workflowId: id }),
				),
			);
			expect([[], ['1001-1'], ['1001-1-1', '1001-1-2']]).toContainEqual(shop.booked());
		}
	});
});

describe('the account of a number', () => {
	it.each([
		['an outer space', { account: ' demo ' }],
		['an invisible character', { account: '\u200bdemo' }],
	])('is the same with %s in the credential', async (_name, change) => {
		const buy = shop.node();
		const credential = { ...shop.credential };
		const typed = change.account.replace('demo', credential.account as string);
		await buy();
		const again = await buy({
			credentials: { microesimApi: { ...credential, account: typed } },
		});
		expect(again.json()).toMatchObject([{ duplicate: true }]);
		expect(shop.booked()).toEqual(['1001-1']);
	});

	it('is the same with a slash at the end of the Base URL', async () => {
		const buy = shop.node();
		await buy();
		const { baseUrl } = shop.credential as { baseUrl: string };
		const credentials = { microesimApi: { ...shop.credential, baseUrl: `${baseUrl}/ ` } };
		expect((await buy({ credentials })).json()).toMatchObject([{ duplicate: true }]);
	});
});
