import type { ICredentialDataDecryptedObject, WorkflowActivateMode } from 'n8n-workflow';

import { useTriggerBench } from './support';

const bench = useTriggerBench();

const BY_USER: WorkflowActivateMode[] = ['manual', 'activate', 'update'];
const BY_ITSELF: WorkflowActivateMode[] = ['init', 'leadershipChange'];

/** What the trigger says before it is served; undefined where it may be. */
async function refusal(
	verifyBy: string,
	credential: ICredentialDataDecryptedObject | undefined,
	activation: WorkflowActivateMode,
): Promise<string | undefined> {
	const parameters = { verifyBy, urlToken: verifyBy === 'nothing' ? 'abc' : '' };
	const type = 'n8n-nodes-microesim.microesimTrigger';
	const node = { name: 'MicroeSIM Trigger', type, parameters };
	const credentials = credential && { microesimApi: credential };
	return await bench.engine.activate({ node, credentials }, activation).then(
		() => undefined,
		(error: Error) => error.message,
	);
}

const CHECKS = ['lookup', 'order', 'signature', 'token'];

describe.each(BY_USER)('a trigger that a user lets listen (%s)', (activation) => {
	it.each(CHECKS)('needs the credential for the check "%s"', async (verifyBy) => {
		expect(await refusal(verifyBy, undefined, activation)).toContain('has no credential');
		const unusable = { ...bench.credential, urlToken: 'abc', salt: 'abc' };
		expect(await refusal(verifyBy, unusable, activation)).toContain('"Salt"');
		const usable = { ...bench.credential, urlToken: 'abc' };
		expect(await refusal(verifyBy, usable, activation)).toBeUndefined();
	});

	it('needs none where it has the token in itself', async () => {
		expect(await refusal('nothing', undefined, activation)).toBeUndefined();
	});

	it('needs a token where nothing else is checked', async () => {
		expect(await refusal('token', bench.credential, activation)).toContain('has none');
	});
});

it.each(BY_ITSELF)(
	'one that n8n serves again by itself (%s) is served, so that MicroeSIM is asked to push again',
	async (activation) => {
		expect(await refusal('lookup', undefined, activation)).toBeUndefined();
		const unusable = { ...bench.credential, salt: 'abc' };
		expect(await refusal('lookup', unusable, activation)).toBeUndefined();
		expect(await refusal('token', bench.credential, activation)).toContain('has none');
	},
);
