const OWNER = {
	email: 'owner@e2e.example',
	password: 'E2e-esim-1',
	firstName: 'E2e',
	lastName: 'Owner',
};

/** Speaks with n8n as its editor does: a login cookie, JSON both ways. */
export class EditorApi {
	private cookie = '';

	constructor(public url: string) {}

	/** Makes the owner, and stays logged in also when n8n is restarted. */
	async setUpOwner(): Promise<void> {
		await this.call('POST', '/owner/setup', OWNER);
	}

	/** The cookie that lets a browser in, too. */
	get login(): { name: string; value: string } {
		const [name, value] = this.cookie.split('=') as [string, string];
		return { name, value };
	}

	/** @returns what stands in the answer's `data` */
	async call<Data>(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<Data> {
		const text = body === undefined ? undefined : JSON.stringify(body);
		return await this.send(method, path, { 'content-type': 'application/json' }, text);
	}

	/** Sends a file, as the editor's file dialog does. @returns what stands in the answer's `data` */
	async upload<Data>(path: string, file: FormData): Promise<Data> {
		return await this.send('POST', path, {}, file);
	}

	private async send<Data>(
		method: string,
		path: string,
		headers: Record<string, string>,
		body?: string | FormData,
	): Promise<Data> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			// n8n ends idle connections, also in the moment in which one is used again
			headers: { connection: 'close', ...headers, ...(this.cookie && { cookie: this.cookie }) },
			body,
		});
		const login = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (login) this.cookie = login.split(';')[0]!;
		const text = await response.text();
		if (!response.ok)
			throw new Error(`n8n refused ${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
		return (JSON.parse(text) as { data: Data }).data;
	}
}
