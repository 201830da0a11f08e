import { startSimulator, type Plan, type Simulator } from '../../../simulator/index';
import { generatePlans } from '../../../simulator/plans/generate';
import samples from '../../fixtures/document-samples.json';
import { get, type Envelope } from './client';

interface Page {
	pageNo: number;
	pageSize: number;
	total: number;
	totalPages: number;
	list: Plan[];
}

async function read<Result>(sim: Simulator, query: string): Promise<Envelope<Result>> {
	return JSON.parse((await get(sim, query)).text) as Envelope<Result>;
}

describe('catalogue', () => {
	let sim: Simulator;
	beforeEach(async () => {
		sim = await startSimulator({ plans: 10 });
	});
	afterEach(() => sim.stop());

	it("starts with the document's five plans, field by field", async () => {
		const { result } = await read<Plan[]>(sim, 'esimDataplanList');
		expect(result).toHaveLength(15);
		expect(result.slice(0, 5)).toEqual(samples.esimDataplanList.result);
		expect(Object.keys(result[0]!).sort()).toEqual(
			Object.keys(samples.esimDataplanList.result[0]!).sort(),
		);
	});

	it('gives pages', async () => {
		const { result } = await read<Page>(sim, 'esimDataplanListPage?pageNo=2&pageSize=7');
		expect(result).toMatchObject({ pageNo: 2, pageSize: 7, total: 15, totalPages: 3 });
		expect(result.list).toEqual(sim.plans.slice(7, 14));
		expect((await read<Page>(sim, 'esimDataplanListPage?pageNo=4&pageSize=7')).result.list).toEqual(
			[],
		);
		expect((await read<Page>(sim, 'esimDataplanListPage')).result).toMatchObject({
			pageNo: 1,
			pageSize: 500,
			totalPages: 1,
		});
	});

	it.each(['pageNo=0', 'pageSize=501', 'pageSize=0', 'pageNo=x'])('refuses %s', async (query) => {
		expect((await read(sim, `esimDataplanListPage?${query}`)).code).not.toBe(1);
	});

	it('lets the catalogue change between pages', async () => {
		sim.onPage = (pageNo) => {
			if (pageNo === 1) sim.plans.splice(0, 3);
		};
		const first = await read<Page>(sim, 'esimDataplanListPage?pageNo=1&pageSize=5');
		const second = await read<Page>(sim, 'esimDataplanListPage?pageNo=2&pageSize=5');
		expect(first.result.total).toBe(15);
		expect(first.result.list).toHaveLength(5);
		expect(second.result.total).toBe(12);
	});
});

describe('generated plans', () => {
	const plans = generatePlans(1, 500, 'HKD');
	const all = (field: keyof Plan) => new Set(plans.map((plan) => plan[field]));

	it('are the same for the same seed, and a larger count only adds', () => {
		expect(generatePlans(1, 40, 'HKD')).toEqual(plans.slice(0, 40));
		expect(generatePlans(2, 40, 'HKD')).not.toEqual(plans.slice(0, 40));
	});

	it('have ids of their own in the three forms', () => {
		expect(
			new Set(generatePlans(1, 20_000, 'HKD').map((plan) => plan.channel_dataplan_id)).size,
		).toBe(20_000);
		for (const form of [
			/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
			/^[0-9a-f]{32}$/,
			/^20\d{6}[0-9a-fA-F]{25}$/,
		]) {
			expect(plans.some((plan) => form.test(plan.channel_dataplan_id))).toBe(true);
		}
	});

	it('show every form the field knows', () => {
		const forty = plans.slice(0, 40);
		expect(all('active_type')).toEqual(new Set(['ACTIVEDBYDEVICE', 'ACTIVEDBYORDER']));
		expect(all('status')).toEqual(new Set(['0', '1']));
		expect(all('special_desc')).toEqual(
			new Set(['', 'ekyc required esim', 'No ekyc needed.', 'eKYC']),
		);
		expect([...all('data')]).toEqual(
			expect.arrayContaining(['unlimited', 'Unlimited', '1GB', '500MB', 'Daily2GB', 'Total10GB']),
		);
		expect([...all('validity_period')]).toEqual(expect.arrayContaining(['60', '180 days']));
		expect(forty.some((plan) => plan.channel_dataplan_name.startsWith('Local '))).toBe(true);
		expect(forty.some((plan) => plan.date_reset !== undefined)).toBe(true);
		expect(plans.every((plan) => /^\d+\.\d{2}$/.test(plan.price))).toBe(true);
		const networks = [...all('networks')].map(String);
		for (const trait of [/\(.+\)/, /\//, /\|$/, /[^|]$/, /:[^[\]]+$/, /\|[A-Z]{2}:/])
			expect(networks.some((text) => trait.test(text))).toBe(true);
	});
});
