import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { everythingOf, sentTo } from '../support/look';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

/** n8n saves the parameters of a node with every execution: the token of a callback address is put into it on its way. */

const bench = useBench();
const TOKEN = 'a91f4ce2b7d84c0de91f4ce2b7d84c0d';
const HOOK = 'http://127.0.0.1:9/webhook/x/microesim';

const run = async (
	operation: string,
	parameters: IDataObject,
	change: ICredentialDataDecryptedObject = { urlToken: TOKEN },
) => {
	const credentials = { microesimApi: { ...bench.credential, ...change } };
	return await bench.run('order', operation, parameters, { credentials });
};
const create = async (notifyUrl: string, change?: ICredentialDataDecryptedObject) =>
	await run('create', { planId: planById(SAMPLE_PLAN), options: { notifyUrl } }, change);
const notified = () =>
	sentTo(bench.simulator, 'esimSubscribe').map(({ fields }) => fields.notify_url);

it.each([
	['?token=', `?token=${TOKEN}`],
	['?shop=1&token=', `?shop=1&token=${TOKEN}`],
])('an order tells MicroeSIM the token where the address ends with %s', async (end, sent) => {
	const result = await create(`${HOOK}${end}`);
	expect(notified()).toEqual([`${HOOK}${sent}`]);
	expect(everythingOf(result)).not.toContain(TOKEN);
});

it.each(['', '?shop=1', '?token=its-own', '?token=&shop=1', '?mytoken=', '#token='])(
	'leaves an address alone that ends with "%s"',
	async (end) => {
		await create(`${HOOK}${end}`);
		expect(notified()).toEqual([`${HOOK}${end}`]);
	},
);

it('leaves the address as it is where the credential has no token', async () => {
	await create(`${HOOK}?token=`, { urlToken: '' });
	expect(notified()).toEqual([`${HOOK}?token=`]);
});

it('a request for a callback tells it, too', async () => {
	const bought = await create(HOOK);
	const topupId = bought.json()[0]!.topup_id as string;
	const result = await run('requestCallback', { topupId, callbackUrl: `${HOOK}?token=` });
	expect(sentTo(bench.simulator, 'topupDetail-async').map(({ fields }) => fields)).toEqual([
		{ topup_id: topupId, notify_url: `${HOOK}?token=${TOKEN}` },
	]);
	expect(everythingOf(result)).not.toContain(TOKEN);
});

it.each([
	['as it was sent', `?token=${TOKEN}`],
	['encoded', `%3Ftoken%3D${TOKEN}`],
	['as JSON writers encode it', `?token\\u003d${TOKEN}`],
])('shows nobody the token where MicroeSIM repeats the address, %s', async (_, end) => {
	const msg = `The address ${HOOK}${end} does not answer`;
	bench.simulator.faults.next('esimSubscribe', { kind: 'code', code: 77, msg });
	const result = await create(`${HOOK}?token=`);
	expect(everythingOf(result)).toContain('does not answer');
	expect(everythingOf(result)).not.toContain(TOKEN);
});

it('leaves a remark alone that looks like it', async () => {
	const options = { remark: 'see https://shop.example/?token=' };
	await run('create', { planId: planById(SAMPLE_PLAN), options });
	expect(sentTo(bench.simulator, 'esimSubscribe')[0]!.fields.remark).toBe(options.remark);
});
