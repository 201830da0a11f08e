import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

let clone: string;

/** What git would hand out, and new files that it does not ignore. */
function filesOfClone(): string[] {
	const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
	return execFileSync('git', list, { cwd: root, encoding: 'utf8' })
		.split('\0')
		.filter((file) => file !== '' && existsSync(join(root, file)));
}

function run(command: string, ...args: string[]) {
	return spawnSync('npm', ['run', command, '--', ...args], { cwd: clone, encoding: 'utf8' });
}

beforeAll(() => {
	clone = mkdtempSync(join(tmpdir(), 'microesim-clone-'));
	for (const file of filesOfClone()) cpSync(join(root, file), join(clone, file));
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe('a clone in which nothing is installed', () => {
	afterEach(() => {
		expect(existsSync(join(clone, 'node_modules'))).toBe(false);
		expect(existsSync(join(clone, '.demo'))).toBe(false);
	});

	it.each([
		['start', ['--once', '--n8n-port', '--simulator-port']],
		['simulator', ['--delivery-seconds', '--notify-url', 'default 4010']],
		['bench', ['guardAcrossProcesses', 'waitForDelivery', 'orders, default 100']],
	])('explains "npm run %s"', (command, texts) => {
		const { status, stdout } = run(command, '--help');
		expect(status).toBe(0);
		for (const text of [...texts, '--help']) expect(stdout).toContain(text);
	});

	it.each([
		['start', ['--bogus'], "Unknown option '--bogus'"],
		['start', ['--n8n-port', 'x'], '--n8n-port takes a port number'],
		['simulator', ['--bogus'], "Unknown option '--bogus'"],
		['simulator', ['--plans', '1.x'], '--plans takes a number, not "1.x".'],
		['bench', ['bogus'], 'There is no bench "bogus"'],
		['bench', ['waitForDelivery', '0'], '"0" is no number that a bench could take here'],
		['bench', ['5', 'waitForDelivery'], '"5" is no number that a bench could take here'],
	])('refuses "npm run %s -- %j" with a sentence', (command, args, sentence) => {
		const { status, stderr } = run(command, ...args);
		expect(status).toBe(1);
		expect(stderr).toContain(`✖ ${sentence}`);
	});
});
