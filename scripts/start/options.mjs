import { parseArgs } from 'node:util';
import { Failure } from '../lib/failure.mjs';
import { readFlags } from '../lib/flags.mjs';

export const N8N_VERSION = '2.41.1';

/** What older versions of n8n take from outside the registry, and which of its versions stands in for it. */
export const OF_OLDER_N8N = { xlsx: '0.18.5' };

/** A Node that n8n runs on, as an npm package; any other 24.x is taken where this one is missing for the platform. */
export const NODE_24 = '24.20.0';

/** Login of the demo's own n8n, which listens on this machine only. */
export const OWNER = {
	email: 'owner@demo.example',
	password: 'Demo-esim-1',
	firstName: 'Demo',
	lastName: 'Owner',
};

export const HELP = `Starts a real n8n ${N8N_VERSION} with this package in it, beside a MicroeSIM simulator, and buys a first eSIM.
Everything it needs is brought from npm's registry into the folder .demo, which may be deleted at any time.

  --once                  buy, check what was bought, stop everything, exit with 0 or 1
  --reset                 throw the demo's n8n data away first (workflows, credentials, login)
  --n8n-port <n>          n8n's editor, default 5678 (or MICROESIM_DEMO_N8N_PORT)
  --simulator-port <n>    the simulator, default 4010 (or MICROESIM_DEMO_SIMULATOR_PORT)
  --broker-port <n>       n8n's own task broker, default: any free one (or MICROESIM_DEMO_BROKER_PORT)
  --help                  this text

A port of 0 takes any free one.
`;

/** @typedef {ReturnType<typeof readOptions>} Options */

/** Reads the flags and variables. Throws a Failure when one makes no sense. */
export function readOptions(args = process.argv.slice(2), env = process.env) {
	const values = readFlags('npm start', () => parse(args));
	return {
		help: values.help ?? false,
		once: values.once ?? false,
		reset: values.reset ?? false,
		n8nPort: port('--n8n-port', values['n8n-port'] ?? env.MICROESIM_DEMO_N8N_PORT ?? '5678'),
		simulatorPort: port(
			'--simulator-port',
			values['simulator-port'] ?? env.MICROESIM_DEMO_SIMULATOR_PORT ?? '4010',
		),
		brokerPort: port(
			'--broker-port',
			values['broker-port'] ?? env.MICROESIM_DEMO_BROKER_PORT ?? '0',
		),
	};
}

/** @param {string[]} args */
function parse(args) {
	const flag = /** @type {const} */ ({ type: 'boolean' });
	const text = /** @type {const} */ ({ type: 'string' });
	const options = {
		help: { ...flag, short: 'h' },
		once: flag,
		reset: flag,
		'n8n-port': text,
		'simulator-port': text,
		'broker-port': text,
	};
	return parseArgs({ args, options }).values;
}

/**
 * @param {string} flag
 * @param {string} value
 */
function port(flag, value) {
	const number = Number(value);
	if (value.trim() === '' || !Number.isInteger(number) || number < 0 || number > 65_535) {
		throw new Failure(`${flag} takes a port number from 0 to 65535, not "${value}".`);
	}
	return number;
}
