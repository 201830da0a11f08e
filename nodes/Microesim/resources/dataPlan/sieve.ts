import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { numberOrNull } from '../../shared/answers/numbers';
import { fieldText } from '../../shared/answers/text';
import { onOrOff, oneOf } from '../../shared/parameters';
import { IN_TOOLS, IN_VERSION_1, NOT_IN_TOOLS } from '../../shared/versions';

/** What plans are chosen by: a collection, of which a user adds what he wants. */
export interface Sieve {
	collection: INodeProperties;
	/**
	 * In a tool each of its fields stands by itself, because a model fills only what is there: this is what a field
	 * holds at first that is to let every plan pass, where it is another value than in the collection.
	 */
	atFirst: Record<string, boolean | string>;
	/** Upper bounds: a model that is asked for a number gives one, and 0 is how it says that there is none. */
	noneAtZero: readonly string[];
}

const fieldsIn = ({ collection }: Sieve) => collection.options as INodeProperties[];

/** The fields of the form, for every version and for tools. */
export function sieveFields(sieve: Sieve): INodeProperties[] {
	const { collection, atFirst, noneAtZero } = sieve;
	const inTool = (field: INodeProperties): INodeProperties => ({
		...field,
		displayOptions: { show: IN_TOOLS },
		default: atFirst[field.name] ?? (field.type === 'number' ? '' : field.default),
		...(field.type === 'options' && { options: withAny(field) }),
		...(noneAtZero.includes(field.name) && {
			description: `${field.description}; 0 for no limit`,
		}),
	});
	return [
		{ ...collection, displayOptions: { show: IN_VERSION_1 } },
		{ ...collection, displayOptions: { show: NOT_IN_TOOLS } },
		...fieldsIn(sieve).map(inTool),
	];
}

const ANY = { name: 'Any', value: 'any' };

const withAny = ({ options = [] }: INodeProperties): INodeProperties['options'] =>
	options.some((option) => 'value' in option && option.value === ANY.value)
		? options
		: [ANY, ...(options as Array<typeof ANY>)];

/**
 * What an item asks for, from the collection or, in a tool, from its fields. What lets every plan pass is not among it.
 *
 * @throws NodeOperationError that names a field whose value is none of its choices: it must not let other plans pass
 */
export function readSieve(
	context: IExecuteFunctions,
	itemIndex: number,
	sieve: Sieve,
	kind: 'filter' | 'condition',
): IDataObject {
	const { collection, noneAtZero } = sieve;
	const collected = context.getNodeParameter(collection.name, itemIndex, {}) as IDataObject;
	const asked: IDataObject = {};
	for (const field of fieldsIn(sieve)) {
		const { name, type, displayName } = field;
		const own = context.getNodeParameter(name, itemIndex, null) as IDataObject[string];
		const value = own ?? collected[name];
		const isEmpty = type !== 'string' && fieldText(value) === '';
		// A switch that somebody added must not vanish because an expression found nothing.
		const isLost = type === 'boolean' && kind === 'condition' && own === null && name in collected;
		const isZero = own !== null && noneAtZero.includes(name) && numberOrNull(value) === 0;
		if (isZero || (isEmpty && !isLost)) continue;
		if (type === 'string' && (value === undefined || value === null)) continue;
		if (type === 'boolean') asked[name] = onOrOff(context, value, displayName, itemIndex, kind);
		else if (type === 'options') {
			const chosen = choiceOf(context, field, value, itemIndex);
			if (chosen !== ANY.value) asked[name] = chosen;
		} else asked[name] = value;
	}
	return asked;
}

/** In capital or small letters: models and people write either. */
function choiceOf(
	context: IExecuteFunctions,
	field: INodeProperties,
	value: unknown,
	itemIndex: number,
): string {
	const choices = (withAny(field) as Array<typeof ANY>).map((choice) => choice.value);
	const text = fieldText(value)?.toLowerCase();
	const chosen = choices.find((choice) => choice.toLowerCase() === text);
	return chosen ?? oneOf(context, value, field.displayName, choices, itemIndex);
}
