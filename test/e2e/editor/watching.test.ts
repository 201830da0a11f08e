import { buy } from '../../unit/simulator/client';
import { saveCredential } from '../harness';
import { describeInBrowser } from './browser';
import { useDesk } from './desk';
import { ACCOUNT } from './editor';
import { picture } from './pictures';

const HOUR_MS = 3_600_000;

describeInBrowser('watching', () => {
	const desk = useDesk({ plans: 0, deliveryMs: 0, balance: 480 });

	it('shows an example of what the watch trigger starts on, with the balance as it is', async () => {
		const credential = await saveCredential(desk.n8n.api, desk.simulator, {}, ACCOUNT);
		const name = 'MicroeSIM Watch Trigger';
		const parameters = { events: ['balance_below'], threshold: 500 };
		const type = 'microesimWatchTrigger' as const;
		await desk.editor.openWorkflowOf({ name, type, parameters, credential });
		await desk.editor.openNode(name);
		const text = await desk.editor.mark('node-parameters').innerText();
		expect(text).toMatch(/Poll Times[\s\S]*Trigger On[\s\S]*Balance Below[\s\S]*Balance Threshold/);
		await desk.editor.mark('node-execute-button').click();
		await desk.editor.output.getByText('balance_below').first().waitFor();
		await desk.editor.show('table');
		await picture('watch-trigger', desk.editor.page, desk.editor.output);
	});

	it('shows what is new of an eSIM, in a sentence', async () => {
		const credential = await saveCredential(desk.n8n.api, desk.simulator, {}, `${ACCOUNT} 2`);
		desk.simulator.balance = 10_000;
		const topupId = await buy(desk.simulator);
		const order = desk.simulator.ledger.at(-1)!;
		const earlier = {
			bookedAt: order.bookedAt - 8 * HOUR_MS,
			readyAt: order.readyAt - 8 * HOUR_MS,
		};
		Object.assign(order, earlier);
		const [esim] = order.esims;
		const bursts = [{ at: order.readyAt + HOUR_MS, kilobytes: 950 * 1024 }];
		Object.assign(esim!, { downloadAfterMs: 0, kilobytesPerHour: 0, bursts });
		const name = 'Get eSIM alerts';
		const parameters = {
			resource: 'esim',
			operation: 'getAlerts',
			topupId,
			deviceId: esim!.device_id,
			alertOn: ['data_used', 'installed'],
			options: { allowance: 1024 },
		};
		const type = 'microesim' as const;
		await desk.editor.openWorkflowOf({ name, type, parameters, credential });
		await desk.editor.openNode(name);
		await desk.editor.execute();
		await desk.editor.show('table');
		const text = await desk.editor.output.innerText();
		expect(text).toContain('90% of the data is used: 950 MB of 1 GB.');
		expect(text).toContain('The eSIM was installed on a phone at');
		await picture('alerts', desk.editor.page, desk.editor.output);
	});
});
