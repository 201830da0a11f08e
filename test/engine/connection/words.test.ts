import { seenError } from '../support/look';
import { useBench } from '../support/useBench';

const bench = useBench();

const refuse = async (code: number | string, msg: string) => {
	bench.simulator.faults.next('accountBalance', { kind: 'code', code, msg });
	return seenError(await bench.run('account', 'getBalance'));
};

describe('code and msg of MicroeSIM stand in the error as they came:', () => {
	it.each<[number | string, string]>([
		[0, 'error'],
		[-1, '系统繁忙，请稍后再试'],
		['A0001', 'user "x" <b>unknown</b>'],
		[20000000000001, 'two  spaces, a \t tab and \\ a backslash'],
		[7, ''],
		[40001, 'Preexisting request'],
		[40002, 'upstream said ETIMEDOUT'],
	])('%s %s', async (code, msg) => {
		const error = await refuse(code, msg);
		expect(error.message).toBe(
			`MicroeSIM refused reading the balance: "${msg}" (code ${code}) [item 0]`,
		);
	});

	it('also where the code has more digits than JavaScript can hold', async () => {
		const body = '{"code":123456789012345678901,"msg":"Long"}';
		bench.simulator.faults.next('accountBalance', { kind: 'http', status: 200, body });
		const error = seenError(await bench.run('account', 'getBalance'));
		expect(error.message).toContain('"Long" (code 123456789012345678901)');
	});
});

describe('the advice fits the words:', () => {
	it.each([
		['Timestamp expired', 'clock of the machine'],
		['Signature error', 'Check Environment, Account, Secret and Salt'],
		['Insufficient balance', 'Top up the account'],
		['The data plan is not on sale', 'Read the plan again'],
		['activation_date must be within 30 days', '"Activation Date"'],
		['No results were found', 'Check the Order ID'],
		['Too many requests', 'fewer requests'],
	])('%s', async (msg, advice) => {
		expect((await refuse(9, msg)).description).toContain(advice);
	});

	it.each(['Please assign an agent', 'No refund possible', 'Airplane mode is on'])(
		'none is made up for "%s"',
		async (msg) => {
			expect((await refuse(9, msg)).description).toBe('The text in quotes is what MicroeSIM said.');
		},
	);
});
