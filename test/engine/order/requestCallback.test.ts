import type { IDataObject } from 'n8n-workflow';

import samples from '../../fixtures/document-samples.json';
import { seenError, sentTo, textOf } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useStranger } from '../support/stranger';
import { useBench } from '../support/useBench';

const bench = useBench({}, { keepOrders: true });
const receiver = useStranger();
let topupId: string;

beforeAll(async () => {
	const created = await bench.run('order', 'create', {
		planId: planById(SAMPLE_PLAN),
		customOrderNo: '1',
	});
	topupId = textOf(created.json()[0], 'topup_id');
});

const ask = async (callbackUrl: string, options: IDataObject = {}) =>
	await bench.run('order', 'requestCallback', { topupId, callbackUrl, options });

it('asks for a callback, which then arrives', async () => {
	const result = await ask(` ${receiver.url}/hook?x=1 `);
	expect(result.json()).toEqual([
		{ requested: true, topup_id: topupId, callback_url: `${receiver.url}/hook`, msg: 'Success' },
	]);
	expect(result.items()[0]?.pairedItem).toEqual({ item: 0 });
	expect(sentTo(bench.simulator, 'topupDetail-async').map(({ fields }) => fields)).toEqual([
		{ topup_id: topupId, notify_url: `${receiver.url}/hook?x=1` },
	]);
	await bench.simulator.whenIdle();
	expect(receiver.seen).toEqual(['POST /hook?x=1']);
});

it('passes the address under the name that the user chose', async () => {
	const error = seenError(
		await ask('https://n8n.example/hook', { addressParameter: ' callbackUrl ' }),
	);
	expect(sentTo(bench.simulator, 'topupDetail-async').map(({ fields }) => fields)).toEqual([
		{ topup_id: topupId, callbackUrl: 'https://n8n.example/hook' },
	]);
	expect(error.message).toContain(
		'MicroeSIM refused the request for a callback: "Required parameter missing" (code 9422)',
	);
});

it.each<[string, IDataObject, string]>([
	['n8n.example/hook', {}, '"Callback URL" must be a web address'],
	['file:///etc/passwd', {}, '"Callback URL" must be a web address'],
	['https://n8n.example', { addressParameter: 'topup_id' }, '"Address Parameter"'],
	['https://n8n.example', { addressParameter: 'a b' }, '"Address Parameter"'],
	['https://n8n.example', { addressParameter: '' }, '"Address Parameter"'],
])('refuses %s with %j before anything is sent', async (callbackUrl, options, message) => {
	expect(seenError(await ask(callbackUrl, options)).message).toContain(message);
	expect(bench.simulator.requests).toEqual([]);
});

it('keeps the eSIM of an answer that carries it in "data", as the sample of the document does', async () => {
	const sample = samples['topupDetail-async'];
	const body = JSON.stringify({ ...sample, data: { ...sample.data, topup_id: topupId } });
	bench.simulator.faults.next('topupDetail-async', {
		kind: 'http',
		status: 200,
		body,
		contentType: 'application/json',
	});
	const [item] = (await ask('https://n8n.example/hook')).json();
	expect(item).toMatchObject({ requested: true, topup_id: topupId, msg: 'Success' });
	expect(JSON.stringify(item)).toContain(
		'LPA:1$rsp-eu.simlessly.com$580FFE02FFEE57965B6EECA132DA088D',
	);
});
