import type { IExecuteFunctions } from 'n8n-workflow';

import { asText } from '../answers/text';
import { isOfAgent, nodeOf } from '../context';
import { refusal } from '../errors/refusal';

/** What is another value when n8n computes it again. Within a text in quotes it is rare enough to be refused, too. */
const CHANGES =
	/\$now\b|\$today\b|\bMath\s*(?:\.\s*random\b|\[)|\brandom(?:Item|UUID|Int|Bytes)\s*\(|ToNow\s*\(/;
/** The clock of JavaScript and of n8n; not a field of that name. */
const CLOCK = /(?<![.\w$])(?:Date|DateTime)\b/;
/** The id of a retried execution is new. */
const OF_EXECUTION = /\$execution(?:Id)?\b/;

/** The code within an expression; n8n reads one that is not closed to its end. */
const codeOf = (value: string): string =>
	value.startsWith('=')
		? [...value.matchAll(/\{\{(.*?)(?:\}\}|$)/gs)].map(([, code = '']) => code).join(' ')
		: '';

/** Without texts in quotes, where it is plain what those are. */
const withoutTexts = (code: string): string =>
	/[`/]/.test(code) ? code : code.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"/gs, "''");

const changes = (code: string): boolean => CHANGES.test(code) || CLOCK.test(withoutTexts(code));

const UNTOUCHED = 'Nothing was sent to MicroeSIM.';
const OF_THE_SHOP =
	'Make "Custom Order Number" from the input, such as the ID of the line of your shop\'s order, and keep "Prevent Duplicate Orders" on.';

/**
 * Refuses to buy where n8n itself would run an order again and nothing would notice.
 *
 * @param guarded whether "Prevent Duplicate Orders" is on
 * @throws NodeOperationError before anything is sent, with the way out
 */
export function refuseBlindRetries(
	context: IExecuteFunctions,
	guarded: boolean,
	itemIndex: number,
): void {
	const node = nodeOf(context);
	const number = codeOf(asText(node.parameters.customOrderNo));
	if (node.retryOnFail && !guarded) {
		throw refusal(
			context,
			itemIndex,
			'Orders are not placed while "Retry On Fail" is on and "Prevent Duplicate Orders" is off, because a retry would buy all items again',
			`Switch off "Retry On Fail" in the Settings tab of this node, or switch on the option "Prevent Duplicate Orders". ${UNTOUCHED}`,
		);
	}
	// For a tool of an agent, n8n counts the run on with each try, so that the default number changes, too.
	if (node.retryOnFail && (changes(number) || isOfAgent(context))) {
		throw refusal(
			context,
			itemIndex,
			'Orders are not placed while "Retry On Fail" is on and the Custom Order Number changes with each try, because a retry would buy them again',
			`Switch off "Retry On Fail" in the Settings tab of this node. ${OF_THE_SHOP} ${UNTOUCHED}`,
		);
	}
	const isNewEachTime = OF_EXECUTION.test(number) || changes(number);
	// Also where a retry of its caller has called it: nothing tells.
	if (context.getMode() === 'integrated' && guarded && isNewEachTime) {
		throw refusal(
			context,
			itemIndex,
			'Orders are not placed in a sub-workflow with a Custom Order Number that is new in each execution, because a retry of the workflow that called it would buy them again',
			`Hand the number over as an input of the sub-workflow. ${OF_THE_SHOP} ${UNTOUCHED}`,
		);
	}
	if (context.getMode() !== 'retry') return;
	if (guarded && !isNewEachTime) return;
	throw refusal(
		context,
		itemIndex,
		'Orders are not placed when an execution is retried from the list, because the first try may have bought them and its numbers are not known here',
		`${OF_THE_SHOP} Or look for the orders of the first try at MicroeSIM before you order again. ${UNTOUCHED}`,
	);
}
