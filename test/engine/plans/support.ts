import type { IDataObject } from 'n8n-workflow';

import type { Plan } from '../../../simulator';
import type { RunResult } from '../harness';
import { sentTo } from '../support/look';
import { startBench, type Bench } from '../support/microesim';
import { useBenchOf } from '../support/useBench';

/** A plan on sale, with what a test cares about changed. */
export const plan = (id: string, change: Partial<Plan> = {}): Plan => ({
	channel_dataplan_id: id,
	channel_dataplan_name: `Plan ${id}`,
	price: '10.00',
	currency: 'HKD',
	status: '1',
	day: 7,
	data: '1GB',
	apn: 'internet',
	active_type: 'ACTIVEDBYDEVICE',
	code: 'JP',
	networks: '',
	ip: 'HK',
	rule_desc: 'terminate',
	validity_period: '60',
	special_desc: '',
	...change,
});

/** A bench whose catalogue is read. */
interface Catalogue extends Bench {
	/** From now on MicroeSIM sells these plans and no others. */
	sell(...ids: string[]): void;
	many(parameters: IDataObject): Promise<RunResult>;
	/** Number and size of each page that was read. */
	pages(): string[];
}

async function startCatalogue(): Promise<Catalogue> {
	const bench = await startBench();
	const { simulator } = bench;
	return {
		...bench,
		sell: (...ids) => void simulator.plans.splice(0, Infinity, ...ids.map((id) => plan(id))),
		many: async (parameters) => await bench.run('dataPlan', 'getMany', parameters),
		pages: () =>
			sentTo(simulator, 'esimDataplanListPage').map(
				({ query }) => `${query.pageNo}/${query.pageSize}`,
			),
	};
}

/** Each test finds these plans on sale. */
export function useCatalogue(...ids: string[]): Catalogue {
	const catalogue = useBenchOf(startCatalogue);
	beforeEach(() => catalogue.sell(...ids));
	return catalogue;
}

/** Types into the list behind the field "Plan". @param credential another one than that of the bench */
export const searchPlans = async (
	{ engine, credential: own }: Bench,
	filter?: string,
	paginationToken?: string,
	credential = own,
) =>
	await engine.listSearch({
		type: 'n8n-nodes-microesim.microesim',
		method: 'searchPlans',
		filter,
		paginationToken,
		parameters: { resource: 'order', operation: 'create' },
		credentials: { microesimApi: credential },
	});

export const idsOf = (result: RunResult) =>
	result.json().map(({ channel_dataplan_id }) => channel_dataplan_id);
