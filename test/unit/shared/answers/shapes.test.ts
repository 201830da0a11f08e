import { withUnknown } from '../../../../nodes/Microesim/shared/answers/shapes';

it('puts what is known first, and the fields that nobody knows behind it', () => {
	const whole = withUnknown({ b: 1, a: null }, { z: 9, a: 'raw', b: 'raw', y: [1] });
	expect(Object.entries(whole)).toEqual([
		['b', 1],
		['a', null],
		['z', 9],
		['y', [1]],
	]);
});

it('takes fields named like what objects inherit, and lets none change what is inherited', () => {
	const answer = JSON.parse(
		'{"toString":"x","constructor":2,"__proto__":{"polluted":true}}',
	) as Record<string, unknown>;
	const whole = withUnknown({ a: 1 }, answer) as Record<string, unknown>;
	expect(Object.keys(whole)).toEqual(['a', 'toString', 'constructor']);
	expect(whole.polluted).toBeUndefined();
	expect(Object.getPrototypeOf(whole)).toBe(Object.prototype);
});
