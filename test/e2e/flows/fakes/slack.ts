import { Site, type Answer, type Call } from './site';

/** Where n8n's Slack node looks for it. */
export const SLACK_HOST = 'slack.com';

const TOKEN = 'xoxb-not-a-real-token';

/** What n8n's credential "Slack API" holds for it. */
export const SLACK_CREDENTIAL = { accessToken: TOKEN, signatureSecret: '' };

/** A channel that the app is in. */
export const CHANNEL = 'C0ALERTS001';

/** A channel that the app was not invited to. */
export const FOREIGN_CHANNEL = 'C0FOREIGN01';

/** A message as people in the channel see it. */
interface Message {
	channel: string;
	text: string;
}

/** The last one is n8n's own, which its node sends along; Slack passes over it. */
const KNOWN = new Set(['channel', 'text', 'mrkdwn', 'includeLinkToWorkflow']);
const LONGEST = 40_000;

/**
 * A part of Slack's Web API: https://docs.slack.dev/reference/methods/chat.postMessage, as an app with a bot token in
 * one workspace sees it. A refusal is HTTP 200 with `ok: false`, as Slack has it.
 *
 * Limits: no blocks, attachments or threads, and channels by their ID alone. A field that it does not know is refused,
 * where Slack may pass over it. Of formatting it knows bold, italic, struck and code, and what stands in angle
 * brackets, which people see as a link or a mention.
 */
export class Slack extends Site {
	/** What was posted, oldest first. */
	readonly messages: Message[] = [];

	protected readonly routes = {
		'POST /api/chat.postMessage': ({ body }: Call) => this.post(body as Record<string, unknown>),
	};

	override reset(): void {
		super.reset();
		this.messages.length = 0;
	}

	protected refusal({ headers }: Call): Answer | undefined {
		const { authorization } = headers;
		if (authorization === undefined) return refused('not_authed');
		return authorization === `Bearer ${TOKEN}` ? undefined : refused('invalid_auth');
	}

	private post(body: Record<string, unknown> = {}): Answer {
		const { channel, text, mrkdwn = true } = body;
		if (Object.keys(body).some((name) => !KNOWN.has(name))) return refused('invalid_arguments');
		if (channel === FOREIGN_CHANNEL) return refused('not_in_channel');
		if (channel !== CHANNEL) return refused('channel_not_found');
		if (typeof text !== 'string' || text === '') return refused('no_text');
		if (text.length > LONGEST) return refused('msg_too_long');
		this.messages.push({ channel, text: seen(text, mrkdwn !== false) });
		const ts = `${1_700_000_000 + this.messages.length}.000100`;
		const message = { type: 'message', subtype: 'bot_message', text, ts, bot_id: 'B0ALERTS' };
		return { status: 200, body: { ok: true, channel, ts, message } };
	}
}

const refused = (error: string): Answer => ({ status: 200, body: { ok: false, error } });

/** https://docs.slack.dev/messaging/formatting-message-text: only three entities are escapes. */
function seen(text: string, isFormatted: boolean): string {
	const linked = text.replace(/<([^<>]*)>/g, '[$1]');
	const formatted = isFormatted ? linked.replace(/([*_~`])(\S[^\n]*?)\1/g, '$2') : linked;
	return formatted.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
