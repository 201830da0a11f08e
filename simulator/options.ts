import { addressProblem, isLoopbackHost } from './push/address';
import type { PushSettings } from './push/types';
import type { Duration, SimulatorOptions } from './types';

type Optional = 'notifyUrl' | 'log' | 'clock';

/** Options with every default filled in. */
export type Settings = Required<Omit<SimulatorOptions, Optional | 'push'>> &
	Pick<SimulatorOptions, Optional> & { push: PushSettings };

const PUSH_DEFAULTS: PushSettings = {
	shape: 'flat',
	encoding: 'multipart',
	lists: false,
	optionalFields: true,
	numberAs: 'string',
	onePushPerOrder: false,
	signed: false,
	sender: 'plain',
	listsAs: 'repeat',
	listNames: 'singular',
	esimsAs: 'lists',
};

const DEFAULTS: Omit<Settings, Optional | 'push'> = {
	host: '127.0.0.1',
	port: 0,
	seed: 1,
	plans: 40,
	fixedPlans: false,
	latencyMs: 0,
	account: 'simulator-account',
	secret: 'simulator-secret-not-a-real-one',
	salt: 'c0ffee00c0ffee00c0ffee00c0ffee00',
	balance: 14860.23,
	currency: 'HKD',
	deliveryMs: 2000,
	localDeliveryMs: 60_000,
	processingShape: 'rotate',
	readyAs: 'lists',
	answerNumbersAs: 'document',
	signatureFailureStatus: 200,
};

/** Fills in the defaults. Throws a sentence for people when an option is out of range. */
export function readOptions(options: SimulatorOptions): Settings {
	const given = Object.fromEntries(
		Object.entries(options).filter(([, value]) => value !== undefined),
	) as SimulatorOptions;
	const settings: Settings = { ...DEFAULTS, ...given, push: { ...PUSH_DEFAULTS, ...given.push } };
	demand(
		isLoopbackHost(settings.host),
		`The simulator only listens on loopback (127.0.0.1, ::1 or localhost), not on "${settings.host}".`,
	);
	demand(
		whole(settings.port, 0, 65_535),
		`"${settings.port}" is no port: give a whole number from 0 to 65535.`,
	);
	demand(
		whole(settings.plans, 0, 100_000),
		'The number of plans must be a whole number from 0 to 100000.',
	);
	demand(
		whole(settings.latencyMs, 0, 60_000),
		'The latency must be a whole number of milliseconds from 0 to 60000.',
	);
	demand(Number.isFinite(settings.seed), 'The seed must be a number.');
	demand(
		settings.clock?.speed === undefined ||
			(settings.clock.speed > 0 && Number.isFinite(settings.clock.speed)),
		"The clock's speed must be a number above 0.",
	);
	demand(
		/^([0-9a-f]{2})+$/i.test(settings.salt),
		'The salt must be hexadecimal: an even number of digits 0-9 and a-f.',
	);
	demand(
		settings.account !== '' && settings.secret !== '',
		'Account and secret must not be empty.',
	);
	demand(
		settings.notifyUrl === undefined || addressProblem(settings.notifyUrl) === undefined,
		`Pushes only go to http addresses on this computer, not to "${settings.notifyUrl}".`,
	);
	demand(Number.isFinite(settings.balance), 'The balance must be a number.');
	demand(
		isDuration(settings.deliveryMs) && isDuration(settings.localDeliveryMs),
		'Delivery times must be zero or more; a range goes from its smaller to its larger end.',
	);
	return settings;
}

function demand(fine: boolean, sentence: string): void {
	if (!fine) throw new Error(sentence);
}

function whole(value: number, low: number, high: number): boolean {
	return Number.isInteger(value) && value >= low && value <= high;
}

function isDuration(duration: Duration): boolean {
	const [low, high] = typeof duration === 'number' ? [duration, duration] : duration;
	return Number.isFinite(low) && Number.isFinite(high) && low >= 0 && high >= low;
}
