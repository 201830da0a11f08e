import type { OnError } from 'n8n-workflow';

import { useFastClock } from '../support/fastClock';
import { items, seenError, sentTo } from '../support/look';
import { SAMPLE_PLAN } from '../support/microesim';
import { useBenches } from '../support/useBench';
import { ORDER, useShop } from './support';

/** What an error of an order says to somebody who reads its title first and acts on it. */

useFastClock(5);
const shop = useShop();

const refuse = (msg: string) =>
	shop.simulator.faults.next('esimSubscribe', { kind: 'code', code: 500, msg });

const TITLE =
	'The order "1001-1" may have been bought: look for it at MicroeSIM before ordering again [item 0]';

describe('an order in doubt', () => {
	it('says what to do in its title; below it the cause, the plan and the time, in this sequence', async () => {
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const { message, description } = seenError(await shop.buy());
		expect(message).toBe(TITLE);
		expect(description).toMatch(
			new RegExp(
				`^MicroeSIM closed the connection.*\\. Plan ${SAMPLE_PLAN}, quantity 1, 20\\d\\d-\\S+Z\\. It was not sent again`,
			),
		);
	});

	it('names the ID that an unclear answer gave', async () => {
		shop.simulator.faults.next('esimSubscribe', {
			kind: 'code',
			code: 7,
			msg: 'Hm',
			result: { topup_id: '20990101000000000000000' },
		});
		expect(seenError(await shop.buy()).message).toContain(
			'"1001-1" (order ID 20990101000000000000000) may have been bought',
		);
	});

	it.each(['passOn', 'error'])(
		'is an error again when it is repeated (%s)',
		async (ifDuplicate) => {
			const buy = shop.node({ ifDuplicate });
			shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
			await buy();
			const { message, description } = seenError(await buy());
			expect(message).toBe(TITLE);
			expect(description).toMatch(
				/^This Custom Order Number was tried before\. MicroeSIM closed the connection.*not sent again/,
			);
			expect(shop.sent()).toEqual(['1001-1']);
		},
	);

	it('does not keep other items of a later run from being bought, where that run goes on', async () => {
		const buy = shop.node();
		shop.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await buy({ input: items('a') });
		const result = await buy({ input: items('a', 'b'), onError: 'continueErrorOutput' });
		expect(result.json('Node', 0)).toMatchObject([{ custom_order_no: 'b' }]);
		expect(result.json('Node', 1)).toMatchObject([
			{
				error: expect.stringContaining('"a" may have been bought'),
				details: { outcome: 'unknown', custom_order_no: 'a', description: expect.any(String) },
			},
		]);
	});
});

describe('an order that is late', () => {
	const openBench = useBenches({ deliveryMs: 600_000 });
	const order = async (numbers: string[], onError?: OnError) => {
		const bench = await openBench();
		const wait = { waitForDelivery: true, maximumWait: 1, ifNotReady: 'error' };
		const given = { input: items(...numbers), onError };
		const result = await bench.run('order', 'create', { ...ORDER, ...wait }, given);
		return { result, orders: bench.simulator.ledger };
	};
	const buy = async (...numbers: string[]) => {
		const { result, orders } = await order(numbers);
		return { ...seenError(result), orders };
	};

	it('is told as bought beside its error, with its order ID', async () => {
		const { result, orders } = await order(['a'], 'continueErrorOutput');
		const { topup_id } = orders[0]!;
		expect(result.json('Node', 1)).toMatchObject([
			{ details: { outcome: 'bought', custom_order_no: 'a', topup_id } },
		]);
	});

	it('is not called one that was bought before itself', async () => {
		const { message, description, orders } = await buy('a');
		expect(message).toContain(`The order ${orders[0]!.topup_id} was not delivered`);
		expect(description).toMatch(/^It is paid and will come/);
	});

	it('still names the others', async () => {
		const { description, orders } = await buy('a', 'b');
		expect(description).toContain(`${orders[1]!.topup_id} (b)`);
		expect(description).not.toContain(`${orders[0]!.topup_id} (a)`);
	});
});

describe('too little money', () => {
	beforeEach(() => {
		shop.simulator.balance = 12.3;
	});

	it('says what the account has, and the price where the plan was read', async () => {
		const checks = { mustBeOnSale: true };
		refuse('Insufficient balance');
		const { message, description } = seenError(await shop.buy({}, {}, { quantity: 2, checks }));
		expect(message).toContain('"Insufficient balance"');
		expect(description).toMatch(
			/^The account has 12\.30 [A-Z]{3}\. The order costs \d+\.\d\d [A-Z]{3} \(2 × [\d.]+\)\. Top up/,
		);
	});

	it('says what is known, and reads no more of the catalogue than the page where the plan was seen', async () => {
		refuse('余额不足');
		const { description } = seenError(await shop.buy());
		expect(description).toMatch(/^The account has 12\.30 [A-Z]{3}\./);
		expect(sentTo(shop.simulator, 'esimDataplanListPage').length).toBeLessThanOrEqual(1);
	});

	it('asks for nothing more where a check, and not the order, was refused', async () => {
		shop.simulator.faults.always('esimDataplanListPage', {
			kind: 'code',
			code: 9,
			msg: 'Insufficient balance',
		});
		const result = await shop.buy({}, {}, { checks: { mustBeOnSale: true } });
		expect(seenError(result).message).toContain('"Insufficient balance"');
		expect(sentTo(shop.simulator, 'accountBalance')).toEqual([]);
	});

	it('stays a clear refusal where nothing more can be read', async () => {
		shop.simulator.faults.always('accountBalance', { kind: 'html502' });
		refuse('Insufficient balance');
		const { message, description } = seenError(await shop.buy());
		expect(message).toContain('"Insufficient balance"');
		expect(description).toMatch(/^Top up/);
	});
});

describe("a plan's name in the place of its ID", () => {
	const named = () => {
		const plan = shop.simulator.plans.find(
			({ channel_dataplan_id }) => channel_dataplan_id === SAMPLE_PLAN,
		);
		return { planId: { __rl: true, mode: 'id', value: plan!.channel_dataplan_name } };
	};

	it.each([
		['by a check', { checks: { mustBeOnSale: true } }],
		['after MicroeSIM refused it', {}],
	])('is told with the ID to use (%s)', async (_name, more) => {
		if (!('checks' in more)) refuse('Data plan does not exist');
		const { message, description } = seenError(await shop.buy({}, {}, { ...named(), ...more }));
		expect(`${message} ${description}`).toContain(
			`it is the name of the plan "${SAMPLE_PLAN}": use that ID`,
		);
		expect(shop.simulator.ledger).toEqual([]);
	});

	it('is told by a preview, too', async () => {
		const result = await shop.buy({}, {}, { ...named(), previewOnly: true });
		expect(result.json()).toMatchObject([
			{ checks_passed: false, reason: expect.stringContaining(`"${SAMPLE_PLAN}": use that ID`) },
		]);
	});
});
