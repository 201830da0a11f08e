import type { IConnections, IDataObject, INode, IWorkflowBase } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { publish, type CredentialRef, type EditorApi } from '../harness';

/** How a user names n8n's credentials of each kind. */
export type Credentials = Record<'microesimApi' | 'smtp', CredentialRef>;

const EXAMPLES = join(__dirname, '../../../examples');
const NAME = 'MicroeSIM orders';
const MICROESIM = 'n8n-nodes-microesim.microesim';

/** The ledger's workflow as a user imports it. @param hours after how many an open order is looked at */
export function readLedger(credentials: Credentials, hours: number): IWorkflowBase {
	const text = readFileSync(join(EXAMPLES, 'order-ledger.json'), 'utf8');
	const file = JSON.parse(text.replace('hours: 1 ', `hours: ${hours} `)) as IWorkflowBase;
	const nodes = file.nodes.map((node): INode => {
		if (node.type === MICROESIM)
			return { ...node, credentials: { microesimApi: credentials.microesimApi } };
		if (node.type.endsWith('emailSend'))
			return { ...node, credentials: { smtp: credentials.smtp } };
		return node;
	});
	return { ...file, nodes };
}

/** Publishes it. @returns its id */
export async function publishLedger(api: EditorApi, credentials: Credentials): Promise<string> {
	const { name, nodes, connections, settings } = readLedger(credentials, 0);
	return await publish(api, name, nodes, connections, settings);
}

const node = (name: string, type: string, typeVersion: number, parameters: IDataObject) => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	position: [0, 0] as [number, number],
	parameters: parameters as INode['parameters'],
});

const call = (name: string, ledger: string) =>
	node(name, 'n8n-nodes-base.executeWorkflow', 1.2, {
		workflowId: { __rl: true, mode: 'id', value: ledger },
		options: {},
	});

const webhook = (id: string) => ({
	...node('Shop', 'n8n-nodes-base.webhook', 2, {
		httpMethod: 'POST',
		path: id,
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	}),
	webhookId: id,
});

const split = node('Units', 'n8n-nodes-base.splitOut', 1, {
	fieldToSplitOut: 'body.units',
	options: {},
});

const chain = (...names: string[]): IConnections =>
	Object.fromEntries(
		names
			.slice(0, -1)
			.map((name, index) => [
				name,
				{ main: [[{ node: names[index + 1]!, type: 'main', index: 0 }]] },
			]),
	);

/** A flow that hands the ledger what it is posted, and answers with what the ledger hands back. */
export async function publishCaller(api: EditorApi, ledger: string): Promise<string> {
	const id = randomUUID();
	const nodes = [webhook(id), split, call('Ledger', ledger)];
	await publish(api, 'Caller', nodes, chain('Shop', 'Units', 'Ledger'));
	return `${api.url}/webhook/${id}`;
}

/** A shop that asks, buys and notes what came of it. @param create more parameters of Order → Create */
export async function publishShop(
	api: EditorApi,
	ledger: string,
	{ microesimApi }: Credentials,
	create: IDataObject = {},
): Promise<string> {
	const id = randomUUID();
	const buy = {
		...node('Buy', MICROESIM, 2, {
			resource: 'order',
			operation: 'create',
			planId: { __rl: true, mode: 'id', value: '={{ $json.channel_dataplan_id }}' },
			customOrderNo: '={{ $json.custom_order_no }}',
			checks: { mustBeOnSale: true },
			...create,
		}),
		onError: 'continueErrorOutput' as const,
		credentials: { microesimApi },
	};
	const nodes = [
		webhook(id),
		split,
		call('Before', ledger),
		buy,
		call('Bought', ledger),
		call('Not Bought', ledger),
	];
	const connections: IConnections = {
		...chain('Shop', 'Units', 'Before', 'Buy'),
		Buy: {
			main: ['Bought', 'Not Bought'].map((name) => [{ node: name, type: 'main', index: 0 }]),
		},
	};
	await publish(api, 'Shop', nodes, connections);
	return `${api.url}/webhook/${id}`;
}

/** What stands behind the trigger. */
export async function publishReceiver(
	api: EditorApi,
	ledger: string,
	{ microesimApi }: Credentials,
): Promise<string> {
	const webhookId = randomUUID();
	const trigger = {
		...node('Delivered', 'n8n-nodes-microesim.microesimTrigger', 1.1, {}),
		webhookId,
		credentials: { microesimApi },
	};
	await publish(api, 'Receiver', [trigger, call('Ledger', ledger)], chain('Delivered', 'Ledger'));
	return `${api.url}/webhook/${webhookId}/microesim`;
}

/** A row of the table. */
export type Row = IDataObject & {
	id: number;
	custom_order_no: string | null;
	state: string;
	price: number | null;
};

interface Listed {
	id: string;
	projectId: string;
	name: string;
}

/** n8n's Data Table with the ledger in it, as its editor reads and writes it. */
export class Table {
	constructor(private readonly api: EditorApi) {}

	async path(): Promise<string | undefined> {
		const { api } = this;
		const { data } = await api.call<{ data: Listed[] }>('GET', '/data-tables-global');
		const found = data.find(({ name }) => name === NAME);
		return found && `/projects/${found.projectId}/data-tables/${found.id}`;
	}

	async rows(): Promise<Row[]> {
		const path = await this.path();
		if (!path) return [];
		const rows: Row[] = [];
		for (;;) {
			const page = `${path}/rows?take=250&skip=${rows.length}&sortBy=id:asc`;
			const { data, count } = await this.api.call<{ data: Row[]; count: number }>('GET', page);
			rows.push(...data);
			if (rows.length >= count) return rows;
		}
	}

	async of(number: string): Promise<Row[]> {
		return (await this.rows()).filter(({ custom_order_no }) => custom_order_no === number);
	}

	/** What a person writes into a row. */
	async write(id: number, data: IDataObject): Promise<void> {
		const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
		await this.api.call('PATCH', `${(await this.path())!}/rows`, { filter, data });
	}

	/** What a person may do to a column. */
	async rename(column: string, name: string): Promise<void> {
		const path = `${(await this.path())!}/columns`;
		const columns = await this.api.call<Array<{ id: string; name: string }>>('GET', path);
		const { id } = columns.find((one) => one.name === column)!;
		await this.api.call('PATCH', `${path}/${id}/rename`, { name });
	}

	/** Deletes it, and makes one of examples/order-ledger.csv as n8n's editor does, which keeps all columns as text. */
	async replaceByCsv(): Promise<void> {
		const path = (await this.path())!;
		const { api } = this;
		await api.call('DELETE', path);
		const file = new FormData();
		const csv = readFileSync(join(EXAMPLES, 'order-ledger.csv'));
		file.append('file', new Blob([csv], { type: 'text/csv' }), 'order-ledger.csv');
		const { id, columns } = await api.upload<Upload>('/data-tables/uploads', file);
		await api.call('POST', path.replace(/\/[^/]+$/, ''), {
			name: NAME,
			columns: columns.map(({ name }) => ({ name, type: 'string', csvColumnName: name })),
			fileId: id,
			hasHeaders: true,
		});
	}
}

interface Upload {
	id: string;
	columns: Array<{ name: string }>;
}
