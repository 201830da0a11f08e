import { remembered } from '../../../../nodes/Microesim/shared/answers/remembered';

it('works out each text once', () => {
	const worked: string[] = [];
	const read = remembered((text) => {
		worked.push(text);
		return { text };
	});
	expect(read('a')).toEqual({ text: 'a' });
	expect(read('a')).toBe(read('a'));
	expect(read('__proto__')).toEqual({ text: '__proto__' });
	expect(worked).toEqual(['a', '__proto__']);
});

it('remembers nothing as well as something', () => {
	let worked = 0;
	const read = remembered(() => {
		worked++;
		return null;
	});
	read('a');
	read('a');
	expect(worked).toBe(1);
});

it('stays right, and small, when there are more texts than it keeps', () => {
	let worked = 0;
	const read = remembered((text) => {
		worked++;
		return `${text}!`;
	});
	for (let turn = 0; turn < 2; turn++) {
		for (let index = 0; index < 2500; index++) expect(read(`t${index}`)).toBe(`t${index}!`);
	}
	expect(worked).toBe(5000);
});
