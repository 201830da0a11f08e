import { setTimeout as sleep } from 'node:timers/promises';

import { useFastClock } from '../support/fastClock';
import { seenError, sentTo } from '../support/look';
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

describe('a credential that is changed to another account while an order is checked', () => {
	useFastClock(10);

	it('sends it to neither, and its number stays free', async () => {
		const [one, other] = [await openBench(), await openBench()];
		const credential = { ...one.credential };
		const buy = async () =>
			await one.run(
				'order',
				'create',
				{ ...ORDER, options: { mustBeOnSale: true } },
				{ workflowId: 'changed', credentials: { microesimApi: credential } },
			);
		// longer than n8n's answer for the credential is kept
		one.simulator.faults.next('esimDataplanListPage', { kind: 'slow', ms: 6000 });
		const buying = buy();
		while (sentTo(one.simulator, 'esimDataplanListPage').length === 0) await sleep(1);
		Object.assign(credential, other.credential);
		expect(seenError(await buying).message).toContain('was changed to another account');
		expect([one, other].map(({ simulator }) => simulator.ledger.length)).toEqual([0, 0]);
		await buy();
		Object.assign(credential, one.credential);
		await buy();
		expect([one, other].map(({ simulator }) => simulator.ledger.length)).toEqual([1, 1]);
	});
});
