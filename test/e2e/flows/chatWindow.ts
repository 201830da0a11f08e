import { randomUUID } from 'node:crypto';

import { until, type EditorApi } from '../harness';
import { openSocket, type Socket } from './socket';

/** A question with buttons in the chat. */
export interface Card {
	text: string;
	buttons: Array<{ text: string; link: string }>;
}

/** n8n sends nothing to what does not look like a browser. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36';

/** A person's window of n8n's chat, with response nodes: what he types is posted, what he reads comes by a WebSocket. */
export class ChatWindow {
	/** What he has not read yet, oldest first. */
	private readonly texts: string[] = [];

	private readonly cards: Card[] = [];

	private readonly session = randomUUID();

	private socket: Socket | undefined;

	/** @param url of the Chat Trigger @param api of an n8n that he is logged in to */
	constructor(
		private readonly url: string,
		private readonly api: EditorApi,
	) {}

	/** Says something and begins to listen. @param more beside it, which a browser does not send */
	async begin(text: string, more: object = {}): Promise<void> {
		const { name, value } = this.api.login;
		const answer = await fetch(`${this.url}/chat`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json', Cookie: `${name}=${value}` },
			body: this.message(text, more),
		});
		if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
		const { executionId, resumeToken } = (await answer.json()) as Record<string, string>;
		const query = { sessionId: this.session, executionId: executionId!, token: resumeToken! };
		const search = new URLSearchParams({ ...query, isPublic: 'true' }).toString();
		this.socket = await openSocket(`${this.api.url}/chat?${search}`, (content, socket) =>
			this.receive(content, socket),
		);
	}

	/** Waits for the next text, and reads it. */
	async hear(): Promise<string> {
		return await until(() => this.texts.shift(), 'the chat goes on');
	}

	/** Says something. @returns what he is answered */
	async say(text: string): Promise<string> {
		await this.begin(text);
		return await this.hear();
	}

	/** Waits for the next question. */
	async card(): Promise<Card> {
		return await until(() => this.cards.shift(), 'the chat asks');
	}

	/** Types while a question waits, as somebody could who gets around the window. */
	type(text: string): void {
		this.socket!.send(this.message(text));
	}

	/** As often as he likes: the button is a link. */
	async press({ buttons }: Card, label: string): Promise<void> {
		const { link } = buttons.find(({ text }) => text === label)!;
		await fetch(link, { headers: { 'User-Agent': BROWSER } });
	}

	/** Closes it, as one does who goes away. */
	close(): void {
		this.socket?.close();
	}

	private message(chatInput: string, more: object = {}): string {
		return JSON.stringify({ action: 'sendMessage', sessionId: this.session, chatInput, ...more });
	}

	private receive(content: string, socket: Socket): void {
		if (content === 'n8n|heartbeat') socket.send('n8n|heartbeat-ack');
		else if (content.startsWith('{"type":"with-buttons"'))
			this.cards.push(JSON.parse(content) as Card);
		else if (!content.startsWith('n8n|')) this.texts.push(content);
	}
}
