import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import { startSimulator, type SimulatorOptions } from '../../../simulator';
import { useStarted } from '../../engine/support/useBench';
import { saveCredential, startN8n, type CredentialRef, type EditorApi } from '../harness';
import { FlowDesk } from './desk';
import { startInternet } from './fakes/internet';
import { usePostbox } from './fakes/postbox';
import type { Site } from './fakes/site';

/** Keeps a credential in n8n, under a name that says its type. */
export const keep = async (
	api: EditorApi,
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialRef> =>
	await api.call('POST', '/credentials', { name: `${type} account`, type, data });

/** Keeps n8n's credential for a mail server. */
export const saveSmtp = async (
	api: EditorApi,
	data: ICredentialDataDecryptedObject,
): Promise<CredentialRef> => await keep(api, 'smtp', data);

/** What of the world beside MicroeSIM and a mail server the flows of a file need. */
interface World {
	/** What of the net n8n reaches, by host. */
	sites?: Record<string, Site>;
	/** Further credentials, by type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Further settings of n8n. */
	env?: Record<string, string>;
}

/** A real n8n, a MicroeSIM and a mail server for all tests of a file; each finds mail server and sites empty. */
export function useFlows(
	options: SimulatorOptions = {},
	{ sites = {}, credentials = {}, env = {} }: World = {},
) {
	const postbox = usePostbox();
	const started = useStarted(async () => {
		const simulator = await startSimulator({ deliveryMs: 0, balance: 10_000, ...options });
		const internet = await startInternet(sites);
		Object.assign(internet.env, env);
		const n8n = await startN8n(internet.env);
		const kept: Record<string, CredentialRef> = {
			microesimApi: await saveCredential(n8n.api, simulator),
			smtp: await saveSmtp(n8n.api, postbox.credential),
		};
		for (const [type, data] of Object.entries(credentials))
			kept[type] = await keep(n8n.api, type, data);
		const desk = new FlowDesk(n8n.api, kept);
		const stop = async () => {
			await n8n.stop();
			await internet.stop();
			await simulator.stop();
		};
		return { desk, simulator, n8n, internet, stop };
	});
	beforeEach(() => Object.values(sites).forEach((site) => site.reset()));
	afterEach(() => {
		expect(Object.values(sites).flatMap(({ unknown }) => unknown)).toEqual([]);
		expect(started.internet.missing).toEqual([]);
	});
	return Object.assign(started, { postbox });
}

/** An edit by which a person activates nodes that the example has deactivated. */
export const activated =
	(...names: string[]) =>
	(node: INode): INode =>
		names.includes(node.name) ? { ...node, disabled: false } : node;

/** An edit of "eSIM delivered" by which MicroeSIM is answered before the run. */
export const immediately = (node: INode): INode =>
	node.name === 'eSIM Delivered'
		? { ...node, parameters: { ...node.parameters, respond: 'onReceived' } }
		: node;
