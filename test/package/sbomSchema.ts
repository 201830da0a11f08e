import fastify, { type FastifyInstance } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const schema = (name: string) =>
	JSON.parse(
		readFileSync(join(__dirname, '../fixtures/cyclonedx', `${name}.schema.json`), 'utf8'),
	) as Record<string, unknown>;

/** Formats that the validator does not know by itself. */
const formats = {
	'iri-reference': /^[^\s<>"{}|\\^`]+$/,
	'idn-email': /^[^\s@]+@[^\s@]+$/,
};

/** A server that takes bills of materials and nothing else: fastify has the validator, CycloneDX the schema. */
function serverForSboms(): FastifyInstance {
	const server = fastify({
		ajv: {
			customOptions: {
				allErrors: true,
				coerceTypes: false,
				removeAdditional: false,
				strict: false,
				useDefaults: false,
				formats,
			},
		},
	});
	for (const name of ['spdx', 'jsf-0.82']) server.addSchema(schema(name));
	server.post('/', { schema: { body: schema('bom-1.6') } }, () => ({}));
	return server;
}

const server = serverForSboms();

/** What the schema of CycloneDX 1.6 has against a bill of materials; '' where it has nothing. */
export async function faultsOfSbom(sbom: object): Promise<string> {
	const answer = await server.inject({ method: 'POST', url: '/', payload: sbom });
	return answer.statusCode === 200 ? '' : answer.json<{ message: string }>().message;
}
