import { post } from '../bench';
import { draftNode } from '../harness';
import { keyOf } from './scan';
import { callable, type Stage } from './stage';

/**
 * Puts each secret where it must not be, each in another form, so that a look that finds nothing is known to look: the
 * token into a file, the others into items, and the headers of a request into what n8n's own HTTP Request node leaves
 * behind when it fails.
 */
export async function plant(stage: Stage): Promise<void> {
	const { simulator, credential, urls, urlToken, wires } = stage;
	const path = await callable(
		stage,
		'Planted',
		draftNode('File', 'convertToFile', 1.1, {
			operation: 'toText',
			sourceProperty: 'body.file',
			options: {},
		}),
	);
	const body = {
		file: `the token is ${urlToken}`,
		secret: JSON.stringify({ said: simulator.secret }),
		salt: Buffer.from(`salt: ${simulator.salt}`).toString('base64'),
		key: encodeURIComponent(Buffer.from(keyOf(simulator)).toString('base64url')),
	};
	await post(`${urls[0]}${path}`, JSON.stringify(body));
	const request = draftNode(
		'Ask',
		'httpRequest',
		4.2,
		{
			url: `${wires[0]!.url}/allesim/v1/nothing`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'microesimApi',
			options: {},
		},
		{ credentials: { microesimApi: credential } },
	);
	await post(`${urls[0]}${await callable(stage, 'Borrowed', request)}`, '{}');
}
