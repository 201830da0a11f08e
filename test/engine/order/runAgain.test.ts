import { items, seenError, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useTimeouts } from '../support/timeouts';
import { useBench } from '../support/useBench';

const bench = useBench();
const waitAtMost = useTimeouts();

const RETRY = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const buy = async (options: object, given: object) => {
	const parameters = {
		planId: planById(SAMPLE_PLAN),
		customOrderNo: '={{ $json.value }}',
		options: options as never,
	};
	return await bench.run('order', 'create', parameters, given);
};

describe('Retry On Fail', () => {
	it('tells every order ID of its first try, also where a duplicate is an error', async () => {
		bench.simulator.faults.after('esimSubscribe', 2, { kind: 'code', code: 7, msg: 'No' });
		const result = await buy({ ifDuplicate: 'error' }, { ...RETRY, input: items('a', 'b', 'c') });
		const told = JSON.stringify([
			result.json(),
			result.error()?.message,
			result.error()?.description,
		]);
		for (const { topup_id } of bench.simulator.ledger) expect(told).toContain(topup_id);
	});

	it('tells every order ID of its first try, also of orders that were on their way beside one in doubt', async () => {
		waitAtMost('subscribe', 1000);
		bench.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 20_000 });
		const result = await buy(
			{ concurrentOrders: 2 },
			{ ...RETRY, input: items('a', 'b', 'c', 'd', 'e', 'f') },
		);
		const told = JSON.stringify([
			result.json(),
			result.error()?.message,
			result.error()?.description,
		]);
		const [, ...answered] = bench.simulator.ledger;
		expect(answered.filter(({ topup_id }) => !told.includes(topup_id))).toEqual([]);
	});

	it('names every order that its first try left in doubt, also those behind the first of them', async () => {
		waitAtMost('subscribe', 1000);
		bench.simulator.faults.next('esimSubscribe', { kind: 'slow', ms: 20_000 });
		bench.simulator.faults.after('esimSubscribe', 3, { kind: 'cutAfter' });
		const error = seenError(
			await buy({ concurrentOrders: 2 }, { ...RETRY, input: items('a', 'b', 'c', 'd', 'e') }),
		);
		expect(bench.simulator.ledger.map(({ custom_order_no }) => custom_order_no)).toEqual([
			'a',
			'b',
			'c',
			'd',
		]);
		const said = `${error.message} ${error.description}`
			.match(/[^.]*may have been bought[^.]*/g)
			?.join(' ');
		for (const number of ['"a"', '"d"']) expect(said).toContain(number);
	});

	it('does not turn an order in doubt into a success', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		const result = await buy({}, { ...RETRY, input: items('a') });
		expect(seenError(result).message).toContain('may have been bought');
	});

	it('sends no further item after an order in doubt', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' });
		await buy({}, { ...RETRY, input: items('a', 'b') });
		expect(
			sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields.custom_order_no),
		).toEqual(['a']);
	});
});

it('names every order that is left in doubt, also of those that were on their way together', async () => {
	bench.simulator.faults.next('esimSubscribe', { kind: 'cutAfter' }, 3);
	const error = seenError(await buy({ concurrentOrders: 3 }, { input: items('a', 'b', 'c') }));
	for (const number of ['"a"', '"b"', '"c"'])
		expect(`${error.message} ${error.description}`).toContain(number);
});

describe('a duplicate of an order in doubt', () => {
	it('does not say for certain that it was ordered', async () => {
		bench.simulator.faults.next('esimSubscribe', { kind: 'cutBefore' });
		await buy({ ifDuplicate: 'error' }, { workflowId: 'doubt', input: items('a') });
		const again = await buy({ ifDuplicate: 'error' }, { workflowId: 'doubt', input: items('a') });
		expect(seenError(again).message).toContain('may have been');
	});
});
