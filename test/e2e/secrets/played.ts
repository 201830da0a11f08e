import { randomBytes } from 'node:crypto';

import { startSimulator, type Simulator } from '../../../simulator';
import { playEverything } from './everything';
import { expectNoSecret, expectPlantedToBeFound, HARD_SECRET } from './expected';
import { setStage, type Stage } from './stage';

/** An n8n, a MicroeSIM with secrets that are hard to overlook, and the stage between them. */
export interface Played<Server> {
	n8n: Server;
	simulator: Simulator;
	stage: Stage;
	stop(): Promise<void>;
}

type Stoppable = Pick<Stage, 'api'> & { stop(): Promise<void> };

const random = (bytes: number) => randomBytes(bytes).toString('hex');

/** Starts all of it. @param urlsOf the addresses of the processes that serve its webhooks */
export async function startPlayed<Server extends Stoppable>(
	start: () => Promise<Server>,
	urlsOf: (n8n: Server) => string[],
): Promise<Played<Server>> {
	const simulator = await startSimulator({
		deliveryMs: 0,
		balance: 1_000_000,
		secret: HARD_SECRET,
		salt: random(16),
	});
	const n8n = await start();
	const stage = await setStage({ api: n8n.api, urls: urlsOf(n8n) }, simulator, random(24));
	return {
		n8n,
		simulator,
		stage,
		async stop() {
			await n8n.stop();
			await Promise.all(stage.wires.map(async (wire) => await wire.stop()));
			await simulator.stop();
		},
	};
}

/** The two tests that an n8n keeps no secret: of all that may happen, and that the look would find one. */
export function itKeepsNoSecret(
	played: () => { n8n: Parameters<typeof expectNoSecret>[0]; stage: Stage },
): void {
	it('secrets are nowhere but in the encrypted credential, whatever happens', async () => {
		const { n8n, stage } = played();
		await playEverything(stage);
		await expectNoSecret(n8n, stage);
	});

	it('a secret that is somewhere is found', async () => {
		const { n8n, stage } = played();
		await expectPlantedToBeFound(n8n, stage);
	});
}
