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
	async call<Data>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Data> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', ...(this.cookie && { cookie: this.cookie }) },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const login = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (login) this.cookie = login.split(';')[0]!;
		const text = await response.text();
		if (!response.ok)
			throw new Error(`n8n refused ${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
		return (JSON.parse(text) as { data: Data }).data;
	}
}
