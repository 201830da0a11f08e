import type { IDataObject } from 'n8n-workflow';

import { useBench } from '../support/useBench';
import { usePostbox } from './postbox';
import { readExample } from './support';

const example = readExample('balance-alert');

const bench = useBench();
const postbox = usePostbox();

describe('examples/balance-alert.json', () => {
	it('sends one mail when the balance falls below the line and one when it is back', async () => {
		const { mails } = postbox;
		let staticData: IDataObject = {};
		const subjects: string[][] = [];
		for (const balance of [600, 499.99, 499, 20, 500, 900, 100]) {
			mails.length = 0;
			bench.simulator.balance = balance;
			const result = await bench.engine.runExample(example, {
				startNode: 'Every Hour',
				staticData,
				credentials: { microesimApi: bench.credential, smtp: postbox.credential },
			});
			expect(result.error()).toBeUndefined();
			staticData = JSON.parse(JSON.stringify(result.workflow.staticData)) as IDataObject;
			subjects.push(mails.map(({ subject = '' }) => subject));
		}
		expect(subjects).toEqual([
			[],
			['MicroeSIM balance is low: 499.99 HKD'],
			[],
			[],
			['MicroeSIM balance is back: 500 HKD'],
			[],
			['MicroeSIM balance is low: 100 HKD'],
		]);
	});
});
