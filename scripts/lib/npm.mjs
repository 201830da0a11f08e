import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { startChild } from './children.mjs';
import { Failure } from './failure.mjs';
import { logFile } from './paths.mjs';

const NETWORK =
	/^(ENOTFOUND|EAI_\w+|ECONN\w+|E\w*TIMEDOUT|E\w*TIMEOUT|ERR_SOCKET_TIMEOUT|EHOSTUNREACH|ENETUNREACH|ENETWORK|EPROTO|FETCH_ERROR|E5\d\d)$/;
const CERTIFICATE = /CERT|ISSUER|VERIFY/;

/** Settings of the npm that started this script which would change what an inner npm does or where. */
const NOT_PASSED_ON = new RegExp(
	[
		'^npm_(package|lifecycle)_',
		'^npm_(command|execpath|node_execpath)$',
		'^npm_config_(ignore_scripts|global|location|(local_|global_)?prefix|workspaces?|include_workspace_root|dry_run)$',
		'^npm_config_(omit|include|only|also|production|dev|install_strategy|package_lock|package_lock_only|pack_destination)$',
		'^npm_config_(json|long|parseable|loglevel|silent|quiet|verbose|foreground_scripts)$',
		'^(init_cwd|node_env)$',
	].join('|'),
	'i',
);

/**
 * The environment for an inner npm: this one's, registry and proxy settings included, without what belongs to the outer npm.
 * @param {Record<string, string>} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnv(extra = {}) {
	const own = Object.entries(process.env).filter(([name]) => !NOT_PASSED_ON.test(name));
	return {
		...Object.fromEntries(own),
		npm_config_update_notifier: 'false',
		npm_config_yes: 'true',
		...extra,
	};
}

/**
 * Runs npm. Throws a Failure with a sentence when npm fails.
 * @param {string[]} args
 * @param {{ cwd: string, log: string, what: string, env?: Record<string, string>, onText?: (text: string) => void }} options
 *   `log`: name of the log below `.demo/logs`; `what`: what is being got or done, for the sentence
 * @returns {Promise<string>} what npm said
 */
export async function npm(args, { cwd, log, what, env, onText }) {
	const file = logFile(log);
	const [command, before] = npmCommand();
	const shell = command.endsWith('.cmd');
	const child = startChild(command, [...before, ...args], {
		cwd,
		env: npmEnv(env),
		log: file,
		shell,
		onText,
	});
	const code = await child.done;
	if (code !== 0) throw new Failure(sentence(child.output(), what, code), { log: file });
	return child.output();
}

/**
 * Asks the registry for one package, so that a missing connection is told in seconds: an install would try for minutes.
 * @param {string} spec for example `n8n@2.41.1`
 * @param {string} cwd
 */
export async function checkRegistry(spec, cwd) {
	const patience = ['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=60000'];
	await npm(['view', spec, 'version', ...patience], {
		cwd,
		log: 'npm-view',
		what: `asking for ${spec}`,
	});
}

/** @returns {[command: string, before: string[]]} `before`: what comes before npm's own arguments */
function npmCommand() {
	const started = process.env.npm_execpath;
	const beside = dirname(process.execPath);
	const places = [
		started && /^npm-cli\.c?js$/.test(basename(started)) ? started : '',
		join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	const script = places.find((place) => place && existsSync(place));
	if (script) return [process.execPath, [script]];
	return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}

/**
 * @param {string} output npm's
 * @param {string} what
 * @param {number} exitCode
 */
function sentence(output, what, exitCode) {
	const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? '';
	const wanted =
		/npm (?:error|ERR!) (?:404 +'?|notarget No matching version found for )([^\s']+@[^\s']+?)'?\.?(?:\s|$)/.exec(
			output,
		)?.[1];
	if (code === 'ENOSPC' || /ENOSPC|no space left/i.test(output)) {
		return `The disk filled up during: ${what}. Make room (the first start takes about 6 GB, npm's cache included) and start again.`;
	}
	if (NETWORK.test(code)) {
		return `npm could not reach its registry (${code}) during: ${what}. Check the connection, and npm's proxy and registry settings ("npm ping" tries them), then start again.`;
	}
	if (CERTIFICATE.test(code)) {
		return `npm does not trust its registry's certificate (${code}) during: ${what}. Behind a company proxy, set npm's "cafile" to the company's certificate, then start again.`;
	}
	if (code === 'E404' || code === 'ETARGET') {
		return `npm's registry does not have ${wanted ?? 'a package that is needed'} (${code}) during: ${what}. If npm is set to a mirror, let the mirror fetch it or use the public registry.`;
	}
	if (code === 'E401' || code === 'E403')
		return `npm's registry refused the request (${code}) during: ${what}. Check npm's registry setting and login, then start again.`;
	if (code === 'EINTEGRITY')
		return `npm's cache holds a damaged package, met during: ${what}. Run "npm cache verify" and start again.`;
	if (code === 'EACCES' || code === 'EPERM')
		return `npm may not write where it has to (${code}) during: ${what}. Start it as the user who owns this folder and npm's cache.`;
	if (exitCode === 127) return 'npm was not found. Install Node together with npm and start again.';
	return `npm failed (${code || `exit code ${exitCode}`}) during: ${what}.`;
}
