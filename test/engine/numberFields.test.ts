import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { createNodeTypes } from './harness/registry';
import { seenError } from './support/look';
import { planById, SAMPLE_PLAN } from './support/microesim';
import { post, pushFields, useTriggerBench } from './trigger/support';

/** Every number has a lower and an upper bound, and what lies outside is refused before anything is sent. */

const bench = useTriggerBench();

const order: IDataObject = { planId: planById(SAMPLE_PLAN), customOrderNo: '1001-1' };
const topupId = '202308161431187762753800';

/** What no field takes: an expression can find all of it. */
const NO_NUMBERS = [
	1e12,
	1e308,
	'={{ "12 apples" }}',
	'={{ NaN }}',
	'={{ Infinity }}',
	'={{ [5] }}',
];

interface Field {
	resource: string;
	operation: string;
	name: string;
	label: string;
	bounds: string;
	/** Values at the edge of what is refused and what is not. */
	refused: unknown[];
	taken: unknown[];
	parameters: (value: unknown) => IDataObject;
}

const field = (
	[resource, operation, name, label]: [string, string, string, string],
	bounds: string,
	refused: unknown[],
	taken: unknown[],
	parameters: (value: unknown) => unknown,
): Field => ({
	resource,
	operation,
	name,
	label,
	bounds,
	refused: [...NO_NUMBERS, ...refused],
	taken,
	parameters: parameters as Field['parameters'],
});

const option = (name: string, given: IDataObject) => (value: unknown) => ({
	...given,
	options: { [name]: value },
});
const filter = (name: string) => (value: unknown) => ({ filters: { [name]: value } });

const create = (name: string, label: string): [string, string, string, string] => [
	'order',
	'create',
	name,
	label,
];
const many = (name: string, label: string): [string, string, string, string] => [
	'dataPlan',
	'getMany',
	name,
	label,
];

const best = (name: string, label: string): [string, string, string, string] => [
	'dataPlan',
	'findBest',
	name,
	label,
];
/** A wish that every catalogue of the bench has a plan for, or is content without one. */
const bestWith = ({ options, ...given }: IDataObject): IDataObject => ({
	countryCodes: 'JP',
	...given,
	options: { ifNothingFits: 'nothing', ...(options as IDataObject) },
});

const BILLION = '1,000,000,000';

const FIELDS: Field[] = [
	field(create('quantity', 'Quantity'), '1 to 1000', [-1, 0, 1.5, 1001], [1], (quantity) => ({
		...order,
		quantity,
	})),
	field(
		create('concurrentOrders', 'Concurrent Orders'),
		'1 to 10',
		[-1, 0, 11],
		[1, '10'],
		option('concurrentOrders', order),
	),
	field(
		create('keepBalanceAbove', 'Keep Balance Above'),
		`0 to ${BILLION}`,
		[-1, 1_000_000_001, ''],
		[0, '12.50'],
		option('keepBalanceAbove', order),
	),
	field(
		create('maximumUnitPrice', 'Maximum Unit Price'),
		`0 to ${BILLION}`,
		[-1, 1_000_000_001, ''],
		[1_000_000_000, '1,200.00'],
		option('maximumUnitPrice', order),
	),
	field(
		create('maximumWait', 'Maximum Wait'),
		'1 to 1800',
		[-1, 0, 1801],
		[1, 1800],
		(maximumWait) => ({ ...order, options: { maximumWait, waitForDelivery: true } }),
	),
	field(
		['order', 'waitForDelivery', 'maximumWait', 'Maximum Wait'],
		'1 to 1800',
		[-1, 0, 1801],
		[],
		option('maximumWait', { topupId }),
	),
	field(
		['order', 'waitForDelivery', 'callbackHours', 'Callback Deadline (Hours)'],
		'above 0, up to 8,760',
		[-1, 0, 8761, ''],
		[],
		option('callbackHours', { topupId, waitFor: 'callback' }),
	),
	// What these take is shown by the test sideBySide.
	...(
		[
			['order', 'get'],
			['esim', 'get'],
			['esim', 'getAlerts'],
			['esim', 'getEvents'],
		] as const
	).map(([resource, operation]) =>
		field(
			[resource, operation, 'concurrentRequests', 'Concurrent Requests'],
			'1 to 10',
			[-1, 0, 1.5, 11],
			[],
			option('concurrentRequests', { topupId, deviceId: '9000024081603874' }),
		),
	),
	field(
		['account', 'getBalance', 'lowBalanceThreshold', 'Low Balance Threshold'],
		`-${BILLION} to ${BILLION}`,
		[-1e12, -1_000_000_001],
		[0, -5, 1_000_000_000],
		option('lowBalanceThreshold', {}),
	),
	field(many('limit', 'Limit'), '1 to 1000000', [-1, 0, 1.5, 1_000_001], [1, 1e6], (limit) => ({
		limit,
	})),
	field(many('pageSize', 'Page Size'), '1 to 500', [-1, 0, 501], [1, 500], option('pageSize', {})),
	...(
		[
			['minDays', 'Days From', '0 to 1,000,000'],
			['maxDays', 'Days To', '0 to 1,000,000'],
			['minPrice', 'Price From', `0 to ${BILLION}`],
			['maxPrice', 'Price To', `0 to ${BILLION}`],
		] as const
	).map(([name, label, bounds]) =>
		field(many(name, label), bounds, [-1], [0, '', 99_999, '9,999'], filter(name)),
	),
	...(
		[
			['days', 'Days', '1 to 1000000', [-1, 0, 1.5], [1, 1e6]],
			['gigabytes', 'Data (GB)', '0 to 1,000,000', [-1, 1_000_001], [0, '0.5']],
		] as const
	).map(([name, label, bounds, refused, taken]) =>
		field(best(name, label), bounds, [...refused], [...taken], (value) =>
			bestWith({ [name]: value as string }),
		),
	),
	field(
		best('maximumPrice', 'Maximum Price'),
		`0 to ${BILLION}`,
		[-1],
		['', '1,200.00'],
		(maximumPrice) => bestWith({ conditions: { maximumPrice: maximumPrice as string } }),
	),
	field(best('runnersUp', 'Runners-Up'), '0 to 100', [-1, 1.5, 101], [0, 100], (runnersUp) =>
		bestWith({ options: { runnersUp: runnersUp as string } }),
	),
	...(
		[
			['rate', 'Exchange Rate', 'above 0, up to 1,000,000', [0, '']],
			['fixed', 'Fixed Margin', `0 to ${BILLION}`, [-1, '']],
			['percent', 'Margin (Percent)', '-100 to 100,000', [-101, '']],
		] as const
	).map(([name, label, bounds, refused]) =>
		field(best(name, label), bounds, [...refused], [1, '12.5'], (value) =>
			bestWith({ pricing: { [name]: value as string } }),
		),
	),
	field(
		['esim', 'getAlerts', 'daysBefore', 'Days Before Expiry'],
		'0 to 365',
		[-1, 1.5, 366, ''],
		[],
		(daysBefore) => ({ topupId, deviceId: '1', daysBefore }),
	),
	field(
		['esim', 'getAlerts', 'allowance', 'Data Allowance (MB)'],
		'above 0, up to 100,000,000',
		[-1, 0, 100_000_001],
		[],
		option('allowance', { topupId, deviceId: '1' }),
	),
	field(
		['esim', 'getAlerts', 'daysToInstall', 'Days to Install'],
		'1 to 3650',
		[-1, 0, 1.5, 3651],
		[],
		option('daysToInstall', { topupId, deviceId: '1' }),
	),
	field(
		['esim', 'getQrCode', 'size', 'Size'],
		'100 to 2000',
		[-1, 0, 99, 2001],
		[100, 2000],
		option('size', { activationCode: 'LPA:1$smdp.example.com$ABCD-1234' }),
	),
];

describe.each(FIELDS)('$resource $operation "$label"', (field) => {
	const { resource, operation, label, bounds, refused, taken, parameters } = field;

	it.each(refused.map((value) => [value]))('refuses %j, and names its bounds', async (value) => {
		const run = await bench.run(resource, operation, parameters(value));
		const { message } = seenError(run);
		expect(message).toContain(`"${label}" must be`);
		expect(message).toContain(bounds);
		expect(bench.simulator.requests).toEqual([]);
	});

	it(`takes ${JSON.stringify(taken)}`, async () => {
		for (const value of taken) {
			const run = await bench.run(resource, operation, parameters(value));
			expect([value, run.error()]).toEqual([value, undefined]);
		}
	});
});

describe.each([
	['rememberDays', 'Remember for Days', [-1, 0, 3651], [1e-9, 3650, '7', '={{ "" }}']],
	['rememberEntries', 'Remember Up To', [-1, 0, 1.5, 100_001], [1, 100_000, '50', '={{ "" }}']],
])("the trigger's %s", (name, label, refused, taken) => {
	const push = async (value: unknown) => {
		const webhook = await bench.serve({ options: { [name]: value } as IDataObject });
		const { status } = await post(webhook.url, pushFields(await bench.buy()));
		return [status, webhook.runs.length];
	};

	it.each([...NO_NUMBERS, ...refused].map((value) => [value]))('refuses %j', async (value) => {
		expect(await push(value)).toEqual([403, 0]);
	});

	it.each(taken.map((value) => [value]))('takes %j', async (value) => {
		expect(await push(value)).toEqual([200, 1]);
	});

	it(`is called "${label}"`, () => {
		expect(numbersOf('microesimTrigger')).toContain(name);
	});
});

/** Names of all number fields of a node. */
function numbersOf(node: string): string[] {
	const inside = (fields: INodeProperties[]): string[] =>
		fields.flatMap(({ type, name, options = [] }) => [
			...(type === 'number' ? [name] : []),
			...inside(
				options.filter((one): one is INodeProperties => 'displayName' in one && 'type' in one),
			),
		]);
	const type = createNodeTypes().getByNameAndVersion(`n8n-nodes-microesim.${node}`, 1);
	return inside(type.description.properties);
}

it('no number field of the node is left out here', () => {
	expect([...new Set(numbersOf('microesim'))].sort()).toEqual(
		[...new Set(FIELDS.map(({ name }) => name))].sort(),
	);
	expect(numbersOf('microesimTrigger').sort()).toEqual(['rememberDays', 'rememberEntries']);
});
