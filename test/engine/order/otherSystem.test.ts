import { useBenches } from '../support/useBench';
import { ORDER } from './support';

const openBench = useBenches();

it('two systems of MicroeSIM behind Custom Base URLs may use the same number', async () => {
	const [one, other] = [await openBench(), await openBench()];
	for (const bench of [one, other]) {
		await bench.run('order', 'create', ORDER, { workflowId: 'two-systems' });
		await bench.run('order', 'create', ORDER, { workflowId: 'two-systems' });
		expect(bench.simulator.ledger).toHaveLength(1);
	}
});
