import { randomBytes } from 'node:crypto';

import { startSimulator, type Simulator } from '../../../simulator';
import { startN8n, type N8n } from '../harness';
import { playEverything, setStage, type Stage } from './everything';
import { expectNoSecret, expectPlantedToBeFound, HARD_SECRET, TALKATIVE } from './expected';

/** A whole n8n on SQLite, read to the last byte. */

let simulator: Simulator;
let n8n: N8n;
let stage: Stage;

beforeAll(async () => {
	simulator = await startSimulator({
		deliveryMs: 0,
		balance: 1_000_000,
		secret: HARD_SECRET,
		salt: randomBytes(16).toString('hex'),
	});
	n8n = await startN8n(TALKATIVE);
	const urlToken = randomBytes(24).toString('hex');
	stage = await setStage({ api: n8n.api, urls: [n8n.url] }, simulator, urlToken);
});
afterAll(async () => {
	await n8n?.stop();
	await Promise.all((stage?.wires ?? []).map(async (wire) => await wire.stop()));
	await simulator?.stop();
});

it('secrets are nowhere but in the encrypted credential, whatever happens', async () => {
	await playEverything(stage);
	await expectNoSecret(n8n, stage);
});

it('a secret that is somewhere is found', async () => {
	await expectPlantedToBeFound(n8n, stage);
});
