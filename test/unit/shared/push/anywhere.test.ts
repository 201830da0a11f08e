import fc from 'fast-check';

import { readPush } from '../../../../nodes/Microesim/shared/push/read/readPush';

/** Wherever an eSIM stands in a push: it is read with its own code, or the push has to come again. */

const codeOf = (deviceId: string) => `LPA:1$smdp.example.com$${deviceId}`;
const esimOf = (deviceId: string) => ({
	topup_id: '1',
	device_id: deviceId,
	lpa_str: codeOf(deviceId),
});

interface Branch {
	text: boolean;
	keys: string[] | undefined;
	isEsim: boolean;
	beside: Array<Record<string, string>>;
	inside: Branch[];
}

const key = fc.oneof(
	fc.constantFrom(
		'data',
		'result',
		'code',
		'msg',
		'list',
		'esims',
		'lpa_str',
		'device_id',
		'0',
		'9000051733800000',
	),
	fc.stringMatching(/^[a-z]{3,6}$/),
);
const beside = fc.array(
	fc.constantFrom<Record<string, string>>(
		{ number: '2' },
		{ remark: 'x' },
		{ plan: '{"name":"Europe"}' },
		{ code: '1' },
	),
	{ maxLength: 3 },
);
const { tree } = fc.letrec<{ tree: Branch; leaf: Branch }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 3, depthSize: 'small' },
		tie('leaf'),
		fc.record({
			text: fc.boolean(),
			keys: fc.option(fc.uniqueArray(key, { minLength: 3, maxLength: 3 }), { nil: undefined }),
			isEsim: fc.boolean(),
			beside,
			inside: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
		}),
	),
	leaf: fc.record({
		text: fc.boolean(),
		keys: fc.constant(undefined),
		isEsim: fc.constant(true),
		beside,
		inside: fc.constant([]),
	}),
}));

/** Writes a tree of eSIMs as the body of a push. */
function bodyOf(root: Branch, orderOutside: boolean): unknown {
	let esims = 0;
	const write = ({ text, keys, isEsim, beside: others, inside }: Branch): unknown => {
		const own: Record<string, unknown> = Object.assign({}, ...others);
		const isList = inside.length > 0 && keys === undefined;
		if (isEsim && !isList) {
			const { topup_id, ...fields } = esimOf(String(100 + esims++));
			Object.assign(own, orderOutside ? fields : { topup_id, ...fields });
		}
		const parts = inside.map(write);
		const value = isList
			? parts
			: { ...Object.fromEntries(parts.map((part, index) => [keys?.[index], part])), ...own };
		return text ? JSON.stringify(value) : value;
	};
	const body = write(root);
	return orderOutside ? { topup_id: '1', list: body } : body;
}

const comesAgain = (push: ReturnType<typeof readPush>): boolean =>
	'fault' in push || [push.open, push.mixedUp, push.unnamed].some((parts) => parts.length > 0);

it('no eSIM is left out in silence, and none has the code of another', () => {
	let ready = 0;
	fc.assert(
		fc.property(tree, fc.boolean(), (root, orderOutside) => {
			const body = bodyOf(root, orderOutside);
			// What a name stood twice for is gone before anybody reads it.
			const there = devicesIn(body);
			const push = readPush(body);
			const esims = 'fault' in push ? [] : push.esims;
			for (const { deviceId, item, raw } of esims) {
				expect([item.lpa_str, raw.lpa_str]).toEqual([codeOf(deviceId), codeOf(deviceId)]);
				for (const other of there.filter((one) => one !== deviceId)) {
					expect(JSON.stringify([item, raw])).not.toContain(codeOf(other));
				}
			}
			const read = esims.map(({ deviceId }) => deviceId);
			if (!comesAgain(push)) expect([...read].sort()).toEqual([...there].sort());
			expect(new Set(read).size).toBe(read.length);
			ready += read.length;
		}),
		{ numRuns: 1000 },
	);
	expect(ready).toBeGreaterThan(1000);
});

/** The eSIMs that stand in a body, JSON in texts opened. */
function devicesIn(value: unknown): string[] {
	const text = JSON.stringify(value).replace(/\\+"/g, '"');
	return [...new Set([...text.matchAll(/"device_id":"(\d+)"/g)].map(([, id]) => id!))];
}

const [one, two] = [esimOf('10'), esimOf('20')];

it.each<[string, unknown]>([
	[
		'an object with numbers for names, as PHP makes of a list with a gap',
		{ data: { 0: one, 2: two } },
	],
	['an object with the eSIMs as names', { topup_id: '1', esims: { 10: one, 20: two } }],
	[
		'the order outside, the IDs as names',
		{ topup_id: '1', esims: { x: { ...one, topup_id: undefined }, y: two } },
	],
	['in data and in result', { data: one, result: two }],
	['in data and in the message', { code: 1, msg: two, data: one }],
	['one beside the other', { ...one, data: two }],
	['one beside a list of others', { ...one, more: [two] }],
	[
		'the same again as an echo without a code',
		{ request: { topup_id: '1', device_id: '20' }, data: [one, two] },
	],
	['lists, and the same as objects', { topup_id: '1', device_ids: ['10', '20'], data: [one, two] }],
	[
		'lists with commas',
		{ topup_id: '1', device_id: '10, 20', lpa_str: `${one.lpa_str},${two.lpa_str}` },
	],
	['JSON of JSON', JSON.stringify(JSON.stringify([one, two]))],
	['an empty order ID inside', { topup_id: '1', data: [one, { ...two, topup_id: '' }] }],
])('%s: both are read', (_, body) => {
	const push = readPush(body);
	const esims = 'fault' in push ? [] : push.esims;
	expect(esims.map(({ deviceId }) => deviceId).sort()).toEqual(['10', '20']);
	for (const { deviceId, item, raw } of esims) {
		expect(item.lpa_str).toBe(codeOf(deviceId));
		const other = deviceId === '10' ? '20' : '10';
		expect(JSON.stringify([item, raw])).not.toContain(codeOf(other));
	}
	expect(push).toMatchObject({ mixedUp: [], open: [], unnamed: [] });
});

it.each<[string, unknown]>([
	[
		'an eSIM under the other name',
		{ ...one, device_ids: ['20', '30'], lpa_str: [codeOf('20'), codeOf('30')] },
	],
	['an eSIM without a code', { data: { 0: one, 1: { ...two, lpa_str: '' } } }],
	['an eSIM without an ID', { topup_id: '1', data: { a: one, b: { lpa_str: two.lpa_str } } }],
	['an eSIM without an ID in a list', { topup_id: '1', data: [one, { lpa_str: two.lpa_str }] }],
])('%s: the push has to come again', (_, body) => {
	expect(comesAgain(readPush(body))).toBe(true);
});

it('more links than eSIMs ask for nothing again', () => {
	const push = readPush({ ...one, qrcode: ['https://files.example/1', 'https://files.example/2'] });
	expect(push).toMatchObject({ esims: [{ deviceId: '10' }], open: [], mixedUp: [] });
	expect(push.unnamed).toEqual([]);
});

it('an eSIM under the other name mixes up all of them: which code is whose?', () => {
	const push = readPush({ ...one, device_ids: ['20', '30'], lpa_str: codeOf('20') });
	expect(push).toMatchObject({
		mixedUp: [
			{ esim: { deviceId: '20' } },
			{ esim: { deviceId: '30' } },
			{ esim: { deviceId: '10' } },
		],
	});
	expect(push.unnamed).toEqual([]);
});

it('what one eSIM alone has is not said of another one inside it', () => {
	const push = readPush({ ...one, iccid: 'of 10', more: [two] });
	const esims = 'fault' in push ? [] : push.esims;
	expect(esims).toMatchObject([{ raw: { iccid: 'of 10' } }, { deviceId: '20', topupId: '1' }]);
	expect(JSON.stringify(esims[1])).not.toContain('of 10');
});
