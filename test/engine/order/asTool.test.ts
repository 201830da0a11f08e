import type { IDataObject } from 'n8n-workflow';

import { forgetOrders } from '../../inside';
import { callTool } from '../support/agent';
import { planById, SAMPLE_PLAN } from '../support/microesim';
import { useBench } from '../support/useBench';

const bench = useBench();
beforeEach(() => forgetOrders());

const buy = async (parameters: IDataObject, node: IDataObject = {}) =>
	await callTool(
		bench,
		{ resource: 'order', operation: 'create', planId: planById(SAMPLE_PLAN), ...parameters },
		node,
	);

it('buys for an agent where it is allowed to', async () => {
	expect(await buy({ agentMayBuy: true }, {})).toContain('topup_id');
	expect(bench.simulator.ledger).toHaveLength(1);
});

it('buys for the agents of workflows that were saved with version 1', async () => {
	expect(await buy({}, { typeVersion: 1 })).toContain('topup_id');
	expect(bench.simulator.ledger).toHaveLength(1);
});

it.each([{}, { agentMayBuy: false }, { agentMayBuy: 'true' }, { agentMayBuy: 1 }])(
	'buys nothing for an agent that nobody allowed to: %j',
	async (parameters) => {
		await expect(buy(parameters, {})).rejects.toThrow(
			'This tool may not buy: "Agent May Buy" is off',
		);
		expect(bench.simulator.requests).toEqual([]);
	},
);

it('shows any agent what it would buy', async () => {
	const shown = await buy({ previewOnly: true }, {});
	expect(shown).toContain('checks_passed');
	expect(bench.simulator.ledger).toEqual([]);
});

it('as a tool with Retry On Fail and the default number, which changes with each try, nothing is sent', async () => {
	const retry = { retryOnFail: true, maxTries: 3, waitBetweenTries: 5 };
	const call = buy({ agentMayBuy: true }, retry);
	await expect(call).rejects.toThrow('the Custom Order Number changes with each try');
	expect(bench.simulator.requests).toEqual([]);
});
