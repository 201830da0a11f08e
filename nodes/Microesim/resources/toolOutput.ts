import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { splitWords } from '../shared/answers/text';
import { refusal } from '../shared/errors/refusal';
import { requiredText } from '../shared/parameters';
import type { Result } from './operation';

/**
 * What a tool shows the model of its results: with *Output* → *Selected Fields* those alone that are named, so that
 * the model has less to read.
 *
 * @param fields those of the operation: where *Output* is none of them, as where something is bought, all is shown
 * @throws NodeOperationError where a name is that of no field in any of the results
 */
export function shownToModel(
	context: IExecuteFunctions,
	fields: INodeProperties[],
	{ results, itemIndex }: { results: Result[]; itemIndex: number },
): Result[] {
	if (!fields.some(({ name }) => name === 'toolOutput')) return results;
	if (context.getNodeParameter('toolOutput', itemIndex, '') !== 'selected') return results;
	const wanted = splitWords(requiredText(context, 'toolFields', 'Fields', itemIndex));
	const known = new Set(results.flatMap(({ json }) => Object.keys(json)));
	const missing = wanted.filter((name) => !known.has(name));
	if (known.size > 0 && missing.length > 0)
		throw refusal(
			context,
			itemIndex,
			`The field "Fields" names ${missing.map((name) => `"${name}"`).join(' and ')}, but no result has that`,
			`These fields are there: ${[...known].join(', ')}.`,
		);
	return results.map((result) => ({ ...result, json: onlyThese(result.json, wanted) }));
}

const onlyThese = (json: IDataObject, wanted: string[]): IDataObject =>
	Object.fromEntries(Object.entries(json).filter(([name]) => wanted.includes(name)));
