import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { startSimulator, type SimulatorOptions } from '../../../simulator';
import { usePostbox } from '../../engine/examples/postbox';
import { useStarted } from '../../engine/support/useBench';
import { saveCredential, startN8n, type CredentialRef, type EditorApi } from '../harness';
import { FlowDesk } from './desk';

/** Keeps n8n's credential for a mail server. */
export const saveSmtp = async (
	api: EditorApi,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialRef> =>
	await api.call('POST', '/credentials', { name: 'SMTP account', type: 'smtp', data });

/** A real n8n, a MicroeSIM and a mail server for all tests of a file; each finds the mail server empty. */
export function useFlows(options: SimulatorOptions = {}) {
	const postbox = usePostbox();
	const started = useStarted(async () => {
		const simulator = await startSimulator({ deliveryMs: 0, balance: 10_000, ...options });
		const n8n = await startN8n();
		const desk = new FlowDesk(n8n.api, {
			microesimApi: await saveCredential(n8n.api, simulator),
			smtp: await saveSmtp(n8n.api, postbox.credential),
		});
		const stop = async () => {
			await n8n.stop();
			await simulator.stop();
		};
		return { desk, simulator, n8n, stop };
	});
	return Object.assign(started, { postbox });
}
