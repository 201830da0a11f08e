import type { IDataObject, IPollFunctions, NodeOperationError } from 'n8n-workflow';

import { countriesOf, planIdOf, type VendorPlan } from '../shared/answers/plan';
import { listOf } from '../shared/answers/shapes';
import { kindOf, splitWords, textOrNull } from '../shared/answers/text';
import { refusal } from '../shared/errors/refusal';
import type { NumberRange } from '../shared/numberRange';
import { numberWithin, optionText } from '../shared/parameters';
import { plain } from '../shared/watch/memory';
import type { WatchEvent } from './events';
import { DEFAULT_MOST_CHANGES, EVENTS, MOST_CHANGES, THRESHOLDS } from './fields';

/** What the user set in the watch trigger. */
export interface WatchSettings {
	events: ReadonlySet<WatchEvent>;
	threshold: number | undefined;
	/** Which plans are watched, and a text that is another one for other plans. */
	isWatched: (plan: VendorPlan) => boolean;
	filter: string;
	mostChanges: number;
}

/** @throws NodeOperationError that names the field whose value makes no sense */
export function readWatchSettings(context: IPollFunctions): WatchSettings {
	const parameter = (name: string) => context.getNodeParameter(name, null as never) as unknown;
	const options = (parameter('options') ?? {}) as IDataObject;
	const events = new Set(listOf(parameter('events')).map((event) => eventOf(context, event)));
	if (events.size === 0) throw fault(context, 'The field "Trigger On" is empty');
	const needsThreshold = events.has('balance_below') || events.has('balance_above');
	const whole: NumberRange = { from: MOST_CHANGES[0], to: MOST_CHANGES[1], whole: true };
	return {
		events,
		threshold: needsThreshold
			? numberWithin(context, parameter('threshold'), 'Balance Threshold', THRESHOLDS, 0, 'field')
			: undefined,
		...watchedPlans(context, parameter),
		mostChanges: numberWithin(
			context,
			options.mostChanges ?? DEFAULT_MOST_CHANGES,
			'Most Changes at Once',
			whole,
			0,
		),
	};
}

const fault = (context: IPollFunctions, message: string): NodeOperationError =>
	refusal(context, 0, message, 'Set it in the trigger. Nothing was sent to MicroeSIM.');

function eventOf(context: IPollFunctions, value: unknown): WatchEvent {
	const known = EVENTS.find((event) => event.value === value);
	if (known) return known.value;
	throw fault(context, `"Trigger On" holds "${kindOf(value)}", which is none of its choices`);
}

/** The lines of a text, or the entries of a list. */
function linesOf(context: IPollFunctions, value: unknown, label: string): string[] {
	const lines = listOf(value).flatMap((entry) =>
		(optionText(context, entry, label, 0, 'field') ?? '').split(/[\r\n]+/).map(plain),
	);
	const filled = lines.filter((line) => line !== '');
	if (filled.length === 0) throw fault(context, `The field "${label}" is empty`);
	return filled;
}

const comparable = (name: string): string => plain(name).toLowerCase();

function watchedPlans(
	context: IPollFunctions,
	parameter: (name: string) => unknown,
): Pick<WatchSettings, 'isWatched' | 'filter'> {
	const watch = parameter('watch') ?? 'all';
	const by = (label: string, words: string[], isWatched: WatchSettings['isWatched']) => ({
		isWatched,
		filter: JSON.stringify([label, ...words.sort()]),
	});
	switch (watch) {
		case 'all':
			return by('all', [], () => true);
		case 'ids': {
			const ids = new Set(linesOf(context, parameter('planIds'), 'Plan IDs'));
			return by('ids', [...ids], (plan) => ids.has(plain(planIdOf(plan))));
		}
		case 'countries': {
			const codes = linesOf(context, parameter('countryCodes'), 'Country Codes')
				.flatMap(splitWords)
				.map((code) => code.toUpperCase());
			return by('countries', codes, (plan) =>
				countriesOf(plan).some((country) => codes.includes(country)),
			);
		}
		case 'name': {
			const name = comparable(
				linesOf(context, parameter('nameContains'), 'Name Contains').join(' '),
			);
			return by('name', [name], (plan) =>
				comparable(textOrNull(plan.channel_dataplan_name) ?? '').includes(name),
			);
		}
		default:
			throw fault(context, `"Plans" holds "${kindOf(watch)}", which is none of its choices`);
	}
}
