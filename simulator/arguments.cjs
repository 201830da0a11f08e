// @ts-check
// Plain JavaScript, so that `npm run simulator -- --help` answers before anything is installed.
const { parseArgs } = require('node:util');

const HELP = `A MicroeSIM of our own on this computer: sells made-up eSIMs for made-up money.

  --port <number>              where it listens on 127.0.0.1 (default 4010; 0 takes a free one)
  --plans <number>             generated plans besides the document's five (default 40, up to 100000)
  --delivery-seconds <number>  how long an order takes (default 2; plans named "Local" 60)
  --notify-url <address>       where order pushes go when the order names no address (loopback only)
  --latency-ms <number>        how long an answer takes (default 0)
  --balance <number>           money of the account at the start, HKD (default 14860.23)
  --seed <number>              same seed, same plans, ids and codes (default 1)
  --help                       this text
`;

/**
 * Reads the command's arguments. Throws a sentence for people when one makes no sense.
 * @returns {import('./types').SimulatorOptions | undefined} undefined when help is asked for
 */
function readArguments(args = process.argv.slice(2)) {
	const text = /** @type {const} */ ({ type: 'string' });
	const { values } = parseArgs({
		args,
		options: {
			port: text,
			plans: text,
			'delivery-seconds': text,
			'notify-url': text,
			'latency-ms': text,
			balance: text,
			seed: text,
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) return undefined;
	const seconds = toNumber('--delivery-seconds', values['delivery-seconds']);
	return {
		port: toNumber('--port', values.port) ?? 4010,
		plans: toNumber('--plans', values.plans),
		seed: toNumber('--seed', values.seed),
		deliveryMs: seconds === undefined ? undefined : seconds * 1000,
		latencyMs: toNumber('--latency-ms', values['latency-ms']),
		balance: toNumber('--balance', values.balance),
		notifyUrl: values['notify-url'],
	};
}

/**
 * @param {string} flag
 * @param {string | undefined} value
 */
function toNumber(flag, value) {
	if (value === undefined) return undefined;
	if (value.trim() === '' || !Number.isFinite(Number(value)))
		throw new Error(`${flag} takes a number, not "${value}".`);
	return Number(value);
}

module.exports = { HELP, readArguments };
