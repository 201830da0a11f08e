const UNKNOWN_ID = /no results?|not (be )?found|not exist|invalid (id|topup|device)/i;
const ABOUT_THE_CALLER = /account|user|merchant|customer|partner|channel\b/i;

/**
 * What to do about a refusal, where its text allows a hint. MicroeSIM publishes no table of codes, so
 * the text is all there is. Whether money may be spent again is never decided by it towards the risky side.
 */
const HINTS: Array<[RegExp, string]> = [
	[
		/too many|frequen|rate.?limit|busy/i,
		'MicroeSIM asks for fewer requests. Wait a minute, then try again with fewer items at a time.',
	],
	[
		/balance|insufficient|not enough|credit\b/i,
		'Top up the account at MicroeSIM, then run the item again.',
	],
	[/activation.?date/i, 'Set the field "Activation Date" to a time within the next 30 days.'],
	[
		/data ?plan|\bplan\b|product|goods|off.?(sale|shelf)/i,
		'Read the plan again with Data Plan → Get Many: plans come and go, and it may no longer be on sale.',
	],
	[
		/time.?stamp|clock|(sign(ature)?|request) (has )?expired/i,
		'Check that the clock of the machine n8n runs on is right: MicroeSIM compares it with its own.',
	],
	[/nonce|replay/i, 'Run the node again: each request is signed with a fresh nonce.'],
	[
		/\bsign(ature|ed|ing)?\b|unauthori[sz]ed|authenti|account|secret|permission/i,
		'Check Environment, Account, Secret and Salt in the credential. The test system and production have different ones.',
	],
	[
		UNKNOWN_ID,
		'Check the Order ID and the Device ID. An order that was placed seconds ago may not be known yet.',
	],
];

/**
 * @param text what MicroeSIM said
 * @returns a sentence, or undefined where the text gives no hint
 */
export const adviceFor = (text: string): string | undefined =>
	HINTS.find(([pattern]) => pattern.test(text))?.[1];

/** @returns a sentence for an HTTP status, or undefined where it says nothing by itself */
export function adviceForStatus(status: number): string | undefined {
	if (status === 401 || status === 403) {
		return 'Check Environment, Account, Secret and Salt in the credential, and that MicroeSIM allows the address of this machine.';
	}
	if (status === 404) return 'Check Environment and Base URL in the credential.';
	if (status === 429) return 'MicroeSIM asks for fewer requests. Wait a minute, then try again.';
	if (status >= 300 && status < 400) {
		return 'The address was redirected, which is not followed. Set the new address as Base URL in the credential.';
	}
	if (status >= 500) return 'MicroeSIM has trouble of its own. Try again in a few minutes.';
	return undefined;
}

const ABOUT_THE_ACCOUNT =
	/balance|insufficient|not enough|credit\b|\bsign|unauthori[sz]ed|authenti|account|secret|permission|time.?stamp/i;

/** Whether a refusal is about the whole account, so that the next order would be refused, too. */
export const isAboutAccount = (text: string): boolean => ABOUT_THE_ACCOUNT.test(text);

/** Whether a refusal says that an id is not known, which is normal for an order placed seconds ago. */
export const isUnknownOrder = (text: string): boolean =>
	UNKNOWN_ID.test(text) && !ABOUT_THE_CALLER.test(text);
