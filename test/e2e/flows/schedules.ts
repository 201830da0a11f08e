import type { INode } from 'n8n-workflow';

/** A schedule that nobody waits for: the next leap day. */
const LEAP_DAY = [{ field: 'cronExpression', expression: '0 0 29 2 *' }];

/** An edit by which a schedule does not come round. */
export const onlyByHand = (node: INode): INode =>
	node.type.endsWith('.scheduleTrigger')
		? { ...node, parameters: { rule: { interval: LEAP_DAY } } }
		: node;
