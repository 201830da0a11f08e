import './environment';
import { Container } from '@n8n/di';
import { BinaryDataService } from 'n8n-core';
import type { ExecutionError, INodeExecutionData, IRun, ITaskData, Workflow } from 'n8n-workflow';

/** One finished (or waiting, or cancelled) execution. */
export class RunResult {
	constructor(
		readonly run: IRun,
		readonly workflow: Workflow,
		/** The node that `items()` and `runs()` speak of when no name is given. */
		private readonly defaultNode = run.data.resultData.lastNodeExecuted ?? '',
	) {}

	/** A node's runs in this execution, oldest first; empty if it never ran. */
	runs(nodeName = this.defaultNode): ITaskData[] {
		if (!this.workflow.getNode(nodeName)) throw new Error(`No node "${nodeName}" in the workflow`);
		return this.run.data.resultData.runData[nodeName] ?? [];
	}

	/** The items a node put out; empty if it did not run or that output got none. */
	items(nodeName = this.defaultNode, output = 0, runIndex = 0): INodeExecutionData[] {
		return this.runs(nodeName)[runIndex]?.data?.main?.[output] ?? [];
	}

	/** The same as plain JSON, for comparing. */
	json(nodeName = this.defaultNode, output = 0, runIndex = 0): Array<INodeExecutionData['json']> {
		return this.items(nodeName, output, runIndex).map((item) => item.json);
	}

	/** With a name the error of that node's last run, without one what made the execution fail. */
	error(nodeName?: string): ExecutionError | undefined {
		if (nodeName === undefined) return this.run.data.resultData.error;
		return this.runs(nodeName).at(-1)?.error;
	}

	/** The bytes of an item's binary field, wherever n8n stored them. */
	async binary(item: INodeExecutionData | undefined, field = 'data'): Promise<Buffer> {
		const binary = item?.binary?.[field];
		if (!binary) throw new Error(`The item has no binary field "${field}"`);
		return await Container.get(BinaryDataService).getAsBuffer(binary);
	}
}
