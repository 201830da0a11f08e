import { items, seenError } from '../support/look';
import { useShop } from './support';

const shop = useShop();
const mode = 'integrated' as const;

describe('in a sub-workflow, which n8n runs in the same mode when its caller is retried', () => {
	it.each([
		['the default', undefined],
		['one made of the execution', '=x-{{ $execution.id }}-{{ $itemIndex }}'],
		['one made of the clock', '={{ $now.toMillis() }}'],
		['the clock between quotes', "={{ 'it\\'s' + $now.toMillis() + '-x' }}"],
		[
			'the clock behind a quote in a pattern',
			'={{ $json.value.replace(/\'/g, "") + $now.toMillis() + "-it\'s" }}',
		],
		['the clock in a template', "={{ `it's-${$now}-it's` }}"],
		['the clock of JavaScript between quotes', "={{ 'a' + new Date().getTime() + 'b' }}"],
		['an expression that is not closed', '={{ $json.id }}-{{ $now.toMillis()'],
		['one drawn from a list', '={{ [1,2,3].randomItem() }}'],
		['one of chance by another way', "={{ Math['random']() }}"],
	])('nothing is sent with a number that is new each time: %s', async (_name, customOrderNo) => {
		const buy = shop.node({}, { customOrderNo });
		for (let run = 0; run < 3; run++) {
			const error = seenError(await buy({ mode }));
			expect(error.message).toContain('in a sub-workflow');
			expect(error.description).toContain('Hand the number over as an input of the sub-workflow');
		}
		expect(shop.simulator.requests).toEqual([]);
	});

	it.each([
		['of a field that is called so', '={{ $json.uuid }}'],
		['of a date of the input', '={{ $json.date }}-{{ $json.Date }}-{{ $json["DateTime"] }}'],
		['of plain text', 'random-shop-$now'],
		['with the name of a clock in quotes', '={{ "Date" + $json.uuid }}'],
	])('a number that stays the same is bought once: %s', async (_name, customOrderNo) => {
		const buy = shop.node({}, { customOrderNo });
		const input = [{ json: { uuid: 'u-1', date: '2026-01-01', Date: 'x', DateTime: 'y' } }];
		for (let run = 0; run < 2; run++) await buy({ mode, input });
		expect(shop.booked()).toHaveLength(1);
	});

	it('a number from the input is bought once', async () => {
		const buy = shop.node();
		for (let run = 0; run < 3; run++) await buy({ mode, input: items('1001-1') });
		expect(shop.booked()).toEqual(['1001-1']);
	});
});
