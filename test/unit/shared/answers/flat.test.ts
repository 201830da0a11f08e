import { flatNames } from '../../../../nodes/Microesim/shared/answers/flat';
import { orderItems } from '../../../../nodes/Microesim/shared/answers/orderItems';

/** Fields of MicroeSIM's that are called as ours are stay as they came. */

const shape = { simplified: true, perOrder: false, nested: false };
const answer = { topup_id: '1', number: 1, device_ids: ['9'], lpa_str: ['LPA:1$a.example$B'] };

it.each([[[null]], [['8985']], [[{ activation_code: 'X' }]]])(
	'an unknown field "esims": %j',
	(esims) => {
		const given = { ...answer, esims };
		for (const nested of [true, false])
			expect(orderItems('1', given, { ...shape, nested })[0]!.esims).toEqual(esims);
	},
);

it('parts of a code where there is no code', () => {
	const parts = { matching_id: 'B', sm_dp_address: 'a.example' };
	const given = { ...answer, lpa_str: [''], ...parts };
	expect(orderItems('1', given, shape)[0]).toMatchObject(parts);
});

it('a part that is named twice is named once', () => {
	const names = flatNames(['matching_id', 'activation_code', 'cf_code']);
	expect(names).toEqual([...new Set(names)]);
	expect(names).toContain('matching_id');
});
