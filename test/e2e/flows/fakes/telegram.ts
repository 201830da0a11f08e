import { Site, type Answer, type Call } from './site';

/** Where n8n's Telegram node looks for it. */
export const TELEGRAM_HOST = 'api.telegram.org';

const TOKEN = '123456:not-a-real-token';

/** What n8n's credential "Telegram API" holds for it. */
export const TELEGRAM_CREDENTIAL = { accessToken: TOKEN, baseUrl: `https://${TELEGRAM_HOST}` };

/** A chat with somebody who has started the bot. */
export const CHAT = '4711';

/** A message as people in the chat see it. */
interface Message {
	chat: string;
	text: string;
}

const KNOWN = new Set(['chat_id', 'text', 'parse_mode', 'disable_web_page_preview']);
const LONGEST = 4096;
const TAGS = new Set('b strong i em u ins s strike del code pre a blockquote'.split(' '));

/**
 * A part of Telegram's Bot API: https://core.telegram.org/bots/api#sendmessage, with one bot and one chat.
 *
 * Limits: of parse modes it knows HTML and none; of HTML it takes the tags off, and does not ask whether each is
 * closed. A field that it does not know is refused, where Telegram passes over it.
 */
export class Telegram extends Site {
	/** What was sent, oldest first. */
	readonly messages: Message[] = [];

	protected readonly routes = {
		'POST /bot([^/]+)/sendMessage': ({ body }: Call) => this.send(body as Record<string, unknown>),
	};

	override reset(): void {
		super.reset();
		this.messages.length = 0;
	}

	protected refusal({ path }: Call): Answer | undefined {
		return path.startsWith(`/bot${TOKEN}/`) ? undefined : refused(401, 'Unauthorized');
	}

	private send(body: Record<string, unknown> = {}): Answer {
		const { chat_id, text, parse_mode } = body;
		const strange = Object.keys(body).find((name) => !KNOWN.has(name));
		if (strange) return refused(400, `Bad Request: this fake does not know ${strange}`);
		if (chat_id !== CHAT && chat_id !== Number(CHAT))
			return refused(400, 'Bad Request: chat not found');
		if (typeof text !== 'string' || text.trim() === '')
			return refused(400, 'Bad Request: message text is empty');
		if (parse_mode !== undefined && parse_mode !== 'HTML')
			return refused(400, 'Bad Request: unsupported parse_mode');
		const read = parse_mode === 'HTML' ? readHtml(text) : { seen: text };
		if ('fault' in read) return refused(400, `Bad Request: can't parse entities: ${read.fault}`);
		if (read.seen.length > LONGEST) return refused(400, 'Bad Request: message is too long');
		this.messages.push({ chat: CHAT, text: read.seen });
		const chat = { id: Number(CHAT), type: 'private', first_name: 'Owner' };
		const result = { message_id: this.messages.length, date: 1_700_000_000, chat, text: read.seen };
		return { status: 200, body: { ok: true, result } };
	}
}

const refused = (status: number, description: string): Answer => ({
	status,
	body: { ok: false, error_code: status, description },
});

/** https://core.telegram.org/bots/api#html-style: all `<`, `>` and `&` that are no markup must be entities. */
function readHtml(text: string): { seen: string } | { fault: string } {
	let strange: string | undefined;
	const plain = text.replace(/<\/?([^\s>]*)[^>]*>?/g, (_tag, name: string) => {
		if (!TAGS.has(name)) strange ??= `Unsupported start tag "${name}" at byte offset 0`;
		return '';
	});
	if (strange) return { fault: strange };
	const seen = plain
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');
	return { seen };
}
