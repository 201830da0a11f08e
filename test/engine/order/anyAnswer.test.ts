import fc from 'fast-check';

import { forgetOrders } from '../../inside';
import { items } from '../support/look';
import { ledgerOf, visible, type Visible } from './matrix/ledger';
import { RETRY, useShop } from './support';

const shop = useShop();

/** Topics of refusals without what makes one of them: none of these sentences says that nothing was bought. */
const WORDS = [
	...[
		'account',
		'balance',
		'plan',
		'parameter',
		'signature',
		'IP',
		'rate',
		'quantity',
		'permission',
	],
	...['order', 'system', 'busy', 'updated', 'pending', 'accepted', 'exists', 'duplicate', 'retry'],
	...[
		'余额',
		'套餐',
		'参数',
		'签名',
		'账号',
		'权限',
		'数量',
		'订单',
		'系统',
		'成功',
		'处理中',
		'已存在',
	],
	...['500', 'ok', '繁忙', '稍后', 'please wait', '=', ':', 'true'],
];

const sentence = fc
	.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 })
	.map((words) => words.join(' '));

const answer = fc.record({
	msg: fc.oneof(sentence, fc.string({ maxLength: 30 }), fc.constant('')),
	code: fc
		.oneof(fc.integer({ min: -1, max: 10_000 }), fc.string({ minLength: 1, maxLength: 6 }))
		.filter((code) => String(code).trim() !== '1'),
	status: fc.constantFrom(200, 200, 201, 400, 401, 403, 404, 409, 422, 429, 500, 502, 503),
});

it('no number is bought twice and every doubt is told, whatever a booked order is answered with', async () => {
	let runs = 0;
	await fc.assert(
		fc.asyncProperty(
			fc.array(answer, { minLength: 1, maxLength: 3 }),
			fc.boolean(),
			async (answers, retry) => {
				shop.reset();
				const buy = shop.node();
				const seen: Visible[] = [];
				const numbers = items(`r${++runs}-a`, `r${runs}-b`);
				for (const { msg, code, status } of answers) {
					shop.simulator.faults.next('esimSubscribe', {
						kind: 'http',
						status,
						body: JSON.stringify({ code, msg }),
						contentType: 'application/json',
						booked: true,
					});
					seen.push(visible(await buy({ input: numbers, ...(retry ? RETRY : {}) })));
					forgetOrders();
				}
				seen.push(visible(await buy({ input: numbers })));
				expect(ledgerOf(shop.simulator, seen).violations).toEqual([]);
			},
		),
		{ numRuns: 150 },
	);
});
