import { flood } from '../support/flood';
import { useTimeouts } from '../support/timeouts';
import { useTriggerBench } from './support';

const bench = useTriggerBench();
const waitAtMost = useTimeouts();

it('2,000 forged pushes beside 100 true ones and 50 orders: all true ones run, no order fails', async () => {
	const truth = [];
	for (let index = 0; index < 100; index++) truth.push(await bench.buy());
	const before = bench.simulator.ledger.length;
	bench.simulator.faults.always('deviceDetail', { kind: 'slow', ms: 20 });
	bench.simulator.forgetMostOpen();
	// All runs in this one process: on a busy machine an order takes as long as the flood.
	waitAtMost('subscribe', 600_000);
	const webhook = await bench.serve();
	const { answers, failedOrders } = await flood(bench, webhook.url, {
		forged: 2000,
		truth,
		orders: 50,
	});
	expect([...answers]).toEqual([[503, 2000]]);
	expect(failedOrders).toEqual([]);
	expect(bench.simulator.ledger.length - before).toBe(50);
	expect(bench.simulator.mostOpen('deviceDetail')).toBeLessThanOrEqual(5);
	expect(
		webhook.runs
			.flat()
			.map(({ json }) => json.topup_id)
			.sort(),
	).toEqual(truth.map(({ topup_id }) => topup_id).sort());
}, 600_000);
