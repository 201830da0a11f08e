import { AS_USERS_HAVE_IT, startN8n, type N8n } from '../harness';
import { TALKATIVE } from './expected';
import { itKeepsNoSecret, startPlayed, type Played } from './played';

/** A whole n8n on SQLite, read to the last byte. */

let played: Played<N8n>;

beforeAll(async () => {
	played = await startPlayed(
		async () => await startN8n({ ...AS_USERS_HAVE_IT, ...TALKATIVE }),
		({ url }) => [url],
	);
});
afterAll(async () => await played?.stop());

itKeepsNoSecret(() => played);
