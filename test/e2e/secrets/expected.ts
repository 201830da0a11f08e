import { plant } from './planted';
import { scan, secretsOf } from './scan';
import type { Stage } from './stage';
import { everythingOf } from './stores';

type N8n = Parameters<typeof everythingOf>[0];
/** Whose secrets they are, and what has gone over the wire. */
type Owner = Pick<Stage, 'simulator' | 'urlToken' | 'wires'>;

/** Says everything that n8n does, also into a file. */
export const TALKATIVE = { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console,file' };

/** Texts that look otherwise in JSON, in addresses and in bytes. */
export const HARD_SECRET = 'Se"cr\\et/ß+%41&=';

async function lookThrough(n8n: N8n, { simulator, urlToken, wires }: Owner) {
	const secrets = secretsOf(simulator, urlToken, wires);
	return { ...(await scan(everythingOf(n8n), secrets)), sent: secrets.sent.size };
}

/** No secret is anywhere in what n8n keeps. */
export async function expectNoSecret(n8n: N8n, owner: Owner): Promise<void> {
	const { found, places, bytes, sent } = await lookThrough(n8n, owner);
	const megabytes = (bytes / 1e6).toFixed(0);
	process.stdout.write(
		`${sent} nonces and signatures were sent; ${places} rows, files and keys of ${megabytes} MB hold ${found.length} secrets\n`,
	);
	expect(found).toEqual([]);
	expect(sent).toBeGreaterThan(0);
}

/** The look of `expectNoSecret` finds what is planted. */
export async function expectPlantedToBeFound(n8n: N8n, stage: Stage): Promise<void> {
	await plant(stage);
	const { found } = await lookThrough(n8n, stage);
	const inData = found.filter(({ where }) => where.startsWith('row of execution_data'));
	expect(new Set(inData.map(({ what }) => what))).toEqual(
		new Set(['secret', 'salt', 'derived key', 'URL token', 'MICROESIM-NONCE', 'MICROESIM-SIGN']),
	);
	const inFiles = found.filter(({ where }) =>
		/^row of binary_data|^file .*binary_data/.test(where),
	);
	expect(inFiles.map(({ what }) => what)).toContain('URL token');
}
