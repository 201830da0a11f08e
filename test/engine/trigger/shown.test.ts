import type { IDataObject } from 'n8n-workflow';
import { isDeepStrictEqual } from 'node:util';

import { post, pushFields, useTriggerBench } from './support';

/** What the items of a push show, and what they say about it. */

const bench = useTriggerBench();

type Order = Awaited<ReturnType<typeof bench.buy>>;

const IOS = 'https://esimsetup.apple.com/esim_qrcode_provisioning?carddata=';

const FORGED_ICCID = '8900000000000000000';

/** Pushes it and gives the items of its run. */
async function itemsFor(body: unknown, parameters: IDataObject = {}): Promise<IDataObject[]> {
	const webhook = await bench.serve(parameters);
	const { status } = await post(webhook.url, body);
	expect(status).toBe(200);
	return webhook.runs.flat().map(({ json }) => json);
}

const listsOf = (order: Order) => ({
	topup_id: order.topup_id,
	number: String(order.esims.length),
	device_id: order.esims.map(({ device_id }) => device_id),
	lpa_str: order.esims.map(({ lpa_str }) => lpa_str),
	qrcode: order.esims.map(({ qrcode }) => qrcode),
	iccid_of_partner: order.esims.map((_, index) => `partner-${index}`),
	tags: ['a', 'b', 'c', 'd', 'e'],
});

describe.each([true, false])('with Simplify %s', (simplify) => {
	it('two eSIMs of one push are two items, each with its own fields alone', async () => {
		const order = await bench.buy(2);
		const items = await itemsFor(listsOf(order), { simplify });
		expect(items).toHaveLength(2);
		for (const [index, esim] of order.esims.entries()) {
			expect(items[index]).toMatchObject({
				topup_id: order.topup_id,
				device_id: esim.device_id,
				lpa_str: esim.lpa_str,
				qrcode: esim.qrcode,
				iccid_of_partner: `partner-${index}`,
				tags: ['a', 'b', 'c', 'd', 'e'],
			});
			const other = order.esims[1 - index]!;
			expect(JSON.stringify(items[index])).not.toContain(other.device_id);
			expect(JSON.stringify(items[index])).not.toContain(other.lpa_str);
		}
	});

	it('device_ids is read, and not shown to the other eSIM', async () => {
		const order = await bench.buy(2);
		const { device_id, ...rest } = listsOf(order);
		const items = await itemsFor({ ...rest, device_ids: device_id }, { simplify });
		expect(items.map((item) => item.device_id)).toEqual(device_id);
		expect(JSON.stringify(items[0])).not.toContain(order.esims[1]!.device_id);
	});

	it('what push.sources says is shown is shown', async () => {
		const order = await bench.buy();
		const forged = { channel_dataplan_name: 'A nicer name', is_daily: 'true' };
		const [item] = await itemsFor({ ...pushFields(order), ...forged }, { simplify });
		const sources = (item!.push as IDataObject).sources as Record<string, IDataObject>;
		expect(Object.keys(sources)).toContain('channel_dataplan_name');
		for (const [field, { shown, pushed }] of Object.entries(sources)) {
			expect([field, shown, pushed]).toEqual([field, 'api', forged[field as 'is_daily']]);
			expect(item![field]).not.toBe(pushed);
		}
		expect(item!.channel_dataplan_name).toBe(order.plan.channel_dataplan_name);
	});

	it.each<[string, (plan: string) => unknown]>([
		['a list of one', (plan) => [plan]],
		['a list in a list', (plan) => [[plan]]],
		['two of them', (plan) => [plan, 'another-plan']],
		['plain', (plan) => plan],
		['an object', (plan) => ({ id: plan })],
		['lists in a list', (plan) => [[plan, plan], [plan]]],
	])('another plan is refused, also as %s, and the own one is shown as text', async (_, write) => {
		const order = await bench.buy();
		const { channel_dataplan_id: own } = order.plan;
		for (const verifyBy of ['lookup', 'order']) {
			const webhook = await bench.serve({ simplify, verifyBy });
			const forged = { ...pushFields(order), channel_dataplan_id: write('another-plan') };
			expect((await post(webhook.url, forged)).status).toBe(403);
			const named = write(own);
			if (JSON.stringify(named).includes('another-plan')) continue;
			const body = { ...pushFields(order), channel_dataplan_id: named };
			const [item] = await itemsFor(body, { simplify, verifyBy });
			expect(item!.channel_dataplan_id).toBe(own);
			const isText = [own, [own], [[own]]].some((same) => isDeepStrictEqual(same, named));
			if (isText) expect(item!.push).not.toHaveProperty('sources');
		}
	});

	it('a plan that is a word for nothing is no other plan', async () => {
		const order = await bench.buy();
		for (const channel_dataplan_id of ['null', '', null, ['null'], []]) {
			const [item] = await itemsFor({ ...pushFields(order), channel_dataplan_id }, { simplify });
			expect(['', null, [], order.channel_dataplan_id]).toContainEqual(item!.channel_dataplan_id);
		}
	});

	it('what MicroeSIM says otherwise is not shown, in whatever shape it was pushed', async () => {
		const forged = [['a nicer name'], [['a nicer name']], { name: 'a nicer name' }, ['a', 'nicer']];
		for (const value of forged) {
			const order = await bench.buy();
			const [item] = await itemsFor(
				{ ...pushFields(order), channel_dataplan_name: value, create_time: [value] },
				{ simplify },
			);
			const { push, ...shown } = item!;
			expect(JSON.stringify(shown)).not.toMatch(/nicer/);
			expect(shown.channel_dataplan_name).toBe(order.plan.channel_dataplan_name);
			expect(push).toMatchObject({
				sources: { channel_dataplan_name: { shown: 'api', pushed: value } },
			});
			expect((push as IDataObject).unconfirmed).not.toContain('channel_dataplan_name');
		}
	});

	it('what says the same and more is shown as MicroeSIM says it', async () => {
		const more = {
			is_daily: 'no<script>',
			data_usage: '0 MB<script>',
			data_usage_daily: 'evil<script>',
		};
		const [item] = await itemsFor({ ...pushFields(await bench.buy()), ...more }, { simplify });
		const { push, ...shown } = item!;
		expect(JSON.stringify(shown)).not.toContain('script');
		expect((push as IDataObject).unconfirmed).not.toEqual(
			expect.arrayContaining(Object.keys(more)),
		);
	});

	it('push.unconfirmed names what the sender calls as this package calls its own', async () => {
		const body = { ...pushFields(await bench.buy()), delivered: 'false', esims_open: '7' };
		const [item] = await itemsFor(body, { simplify });
		const { push, ...shown } = item!;
		const { unconfirmed } = push as { unconfirmed: string[] };
		const own = ['delivered', 'esims_open'];
		expect(unconfirmed.filter((name) => own.includes(name))).toEqual(simplify ? [] : own);
		expect(shown).toMatchObject(
			simplify ? { delivered: true, esims_open: 0 } : { delivered: 'false', esims_open: '7' },
		);
	});

	it.each(['operator_iccid', 'operator_iccids'])(
		'an ICCID that MicroeSIM says otherwise is not shown under any name (%s)',
		async (name) => {
			let order = await bench.buy();
			while (!order.withExtras) order = await bench.buy();
			const body = { ...pushFields(order), [name]: [FORGED_ICCID] };
			const [{ push, ...item }] = (await itemsFor(body, { simplify })) as [IDataObject];
			expect(item.operator_iccid).toBe(order.esims[0]!.operator_iccid);
			expect(JSON.stringify(item)).not.toContain(FORGED_ICCID);
			expect(push).toMatchObject({
				sources: { operator_iccid: { shown: 'api', pushed: FORGED_ICCID } },
			});
		},
	);

	it('push.unconfirmed names each field that the look-up did not confirm, and no other', async () => {
		const order = await bench.buy();
		const more = {
			channel_dataplan_name: order.plan.channel_dataplan_name,
			cf_code: '1234',
			msisdn: '48222',
			loyalty: 'gold',
			empty: '',
		};
		const [item] = await itemsFor({ ...pushFields(order), ...more }, { simplify });
		const { unconfirmed } = item!.push as { unconfirmed: string[] };
		expect([...unconfirmed].sort()).toEqual(
			[
				...(simplify ? ['sm_dp_address', 'matching_id', 'confirmation_code_required'] : []),
				'cf_code',
				'ios_esim_install_link',
				'loyalty',
				'lpa_str',
				'msisdn',
				'number',
				'qrcode',
			].sort(),
		);
	});

	it.each(['token', 'nothing'])(
		'push.unconfirmed names all of them where nothing was looked up (%s)',
		async (verifyBy) => {
			const webhook = await bench.serve(
				{ verifyBy, simplify, ...(verifyBy === 'nothing' && { urlToken: 'abc' }) },
				{ credential: { ...bench.credential, urlToken: 'abc' } },
			);
			const fields = pushFields(await bench.buy());
			await post(`${webhook.url}?token=abc`, fields);
			const [item] = webhook.runs.flat();
			const { unconfirmed } = item!.json.push as { unconfirmed: string[] };
			expect(unconfirmed).toEqual(expect.arrayContaining(Object.keys(fields)));
		},
	);

	it.each([
		['another code', `${IOS}LPA:1$evil.example$X`],
		['another code, encoded', `${IOS}${encodeURIComponent('LPA:1$evil.example$X')}`],
		['another code on another site', 'https://evil.example/x?carddata=LPA:1$evil.example$X'],
		['a script', 'javascript:alert(1)'],
		['a page in itself', 'data:text/html;base64,PHNjcmlwdD4='],
		['no address', 'click here'],
	])('an install link with %s is left out, and push.left_out names it', async (_, link) => {
		const pushed = pushFields(await bench.buy());
		const body = { ...pushed, android_esim_install_link: link };
		const [item] = await itemsFor(body, { simplify });
		const { push, ...fields } = item!;
		expect(push).toMatchObject({ left_out: ['android_esim_install_link'] });
		expect(JSON.stringify(fields)).not.toContain(link);
		expect(fields.ios_esim_install_link).toBe(pushed.ios_esim_install_link);
	});

	it('install links with the code stay, however they write it', async () => {
		const order = await bench.buy();
		const { lpa_str } = order.esims[0]!;
		const links = {
			ios_esim_install_link: IOS + encodeURIComponent(lpa_str),
			android_esim_install_link: IOS + lpa_str.replace(/^LPA:/, ''),
		};
		const [item] = await itemsFor({ ...pushFields(order), ...links }, { simplify });
		expect(item).toMatchObject(links);
		expect(item!.push).not.toHaveProperty('left_out');
	});
});

describe('HTML in a push', () => {
	it.each([
		['lpa_str', 'LPA:1$a.b$<script>alert(1)</script>'],
		['lpa_str', '"><img src=x onerror=alert(1)>'],
		['ios_esim_install_link', 'https://a.example/"><script>alert(1)</script>'],
		['android_esim_install_link', "https://a.example/' onclick='alert(1)"],
		['qrcode', 'https://a.example/<b>'],
		['cf_code', '<b>1234</b>'],
		['msisdn', '<i>48</i>'],
	])('in %s is no code: %s', async (field, value) => {
		const webhook = await bench.serve();
		const { status } = await post(webhook.url, {
			...pushFields(await bench.buy()),
			[field]: value,
		});
		expect(status).toBe(400);
		expect(webhook.executions).toEqual([]);
	});
});

describe('Looking Up the Order', () => {
	const verifyBy = 'order';

	it('shows only what topupDetail says, with one request, in either form', async () => {
		const order = await bench.buy(2);
		const lies = { qrcode: 'https://a.example/q', cf_code: '1', msisdn: '2', loyalty: 'gold' };
		for (const simplify of [true, false]) {
			bench.forgetRequests();
			const items = await itemsFor({ ...listsOf(order), ...lies }, { verifyBy, simplify });
			expect(bench.simulator.requests.map(({ endpoint }) => endpoint)).toEqual(['topupDetail']);
			expect(items).toHaveLength(2);
			for (const [index, esim] of order.esims.entries()) {
				const { device_id, lpa_str, qrcode, msisdn, ios_esim_install_link } = esim;
				expect(items[index]).toMatchObject({
					topup_id: order.topup_id,
					device_id,
					lpa_str,
					qrcode,
					msisdn,
					ios_esim_install_link,
					push: { verified_by: 'order', unconfirmed: [] },
				});
				expect(items[index]).not.toHaveProperty('loyalty');
				expect(items[index]).not.toHaveProperty('iccid_of_partner');
			}
		}
	});

	it('refuses another activation code, and an eSIM that is not in the order', async () => {
		const webhook = await bench.serve({ verifyBy });
		const [order, other] = [await bench.buy(), await bench.buy()];
		const forged = { ...pushFields(order), lpa_str: 'LPA:1$evil.example$X' };
		delete (forged as IDataObject).ios_esim_install_link;
		expect((await post(webhook.url, forged)).status).toBe(403);
		const stranger = { ...pushFields(order), device_id: other.esims[0]!.device_id };
		expect((await post(webhook.url, stranger)).status).toBe(503);
		expect(webhook.executions).toEqual([]);
		expect((await post(webhook.url, pushFields(order))).status).toBe(200);
	});

	it('needs no activation code in the push', async () => {
		const order = await bench.buy();
		const { topup_id, device_id } = pushFields(order);
		const items = await itemsFor({ topup_id, device_id }, { verifyBy });
		expect(items).toMatchObject([{ lpa_str: order.esims[0]!.lpa_str }]);
	});

	it('lets a push come again while the order has no code yet', async () => {
		const webhook = await bench.serve({ verifyBy });
		const order = await bench.buy();
		bench.simulator.faults.next('topupDetail', {
			kind: 'code',
			code: 1,
			msg: 'Processing',
			result: {
				topup_id: order.topup_id,
				device_ids: [pushFields(order).device_id],
				lpa_str: [''],
			},
		});
		expect((await post(webhook.url, pushFields(order))).status).toBe(503);
		expect((await post(webhook.url, pushFields(order))).status).toBe(200);
		expect(webhook.runs).toHaveLength(1);
	});
});
