import { startSimulator, type Simulator, type SimulatorOptions } from '../../../simulator';
import { useStarted } from '../../engine/support/useBench';
import { AS_USERS_HAVE_IT, startN8n, type N8n } from '../harness';
import { openBrowser } from './browser';
import { Editor } from './editor';

/** Where a person sits: n8n's editor in a browser, and a MicroeSIM behind it. */
export interface Desk {
	simulator: Simulator;
	n8n: N8n;
	editor: Editor;
	stop(): Promise<void>;
}

async function startDesk(options: SimulatorOptions): Promise<Desk> {
	const simulator = await startSimulator(options);
	const n8n = await startN8n(AS_USERS_HAVE_IT);
	const browser = await openBrowser(n8n);
	return {
		simulator,
		n8n,
		editor: new Editor(browser.page, n8n),
		async stop() {
			await browser.close();
			await n8n.stop();
			await simulator.stop();
		},
	};
}

/** One for all tests of a file. @param options of the simulator */
export const useDesk = (options: SimulatorOptions): Desk =>
	useStarted(async () => await startDesk(options));
