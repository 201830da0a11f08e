import type { IDataObject } from 'n8n-workflow';

import { exampleFile, type EditorApi } from '../harness';

const LEDGER = 'MicroeSIM orders';

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

/** One of n8n's Data Tables, as its editor reads and writes it: the ledger, or another one by its name. */
export class Table {
	constructor(
		private readonly api: EditorApi,
		private readonly name = LEDGER,
	) {}

	async path(): Promise<string | undefined> {
		const { api } = this;
		const { data } = await api.call<{ data: Listed[] }>('GET', '/data-tables-global');
		const found = data.find(({ name }) => name === this.name);
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

	/** Deletes a row, as a person does. */
	async remove(id: number): Promise<void> {
		const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
		const query = new URLSearchParams({ filter: JSON.stringify(filter) });
		await this.api.call('DELETE', `${(await this.path())!}/rows?${query.toString()}`);
	}

	/** What a person may do to a column. */
	async rename(column: string, name: string): Promise<void> {
		const path = `${(await this.path())!}/columns`;
		const columns = await this.api.call<Array<{ id: string; name: string }>>('GET', path);
		const { id } = columns.find((one) => one.name === column)!;
		await this.api.call('PATCH', `${path}/${id}/rename`, { name });
	}

	/** Makes another table whose name begins with that of the ledger. @returns deletes it */
	async addOther(): Promise<() => Promise<void>> {
		const tables = (await this.path())!.replace(/\/[^/]+$/, '');
		const columns = [{ name: 'note', type: 'string' }];
		const body = { name: `${LEDGER} of last year`, columns };
		const { id } = await this.api.call<{ id: string }>('POST', tables, body);
		return async () => await this.api.call('DELETE', `${tables}/${id}`);
	}

	/** Deletes it, and makes one of examples/order-ledger.csv as n8n's editor does, which keeps all columns as text. */
	async replaceByCsv(): Promise<void> {
		const path = (await this.path())!;
		const { api } = this;
		await api.call('DELETE', path);
		const file = new FormData();
		const csv = new Uint8Array(exampleFile('order-ledger.csv'));
		file.append('file', new Blob([csv], { type: 'text/csv' }), 'order-ledger.csv');
		const { id, columns } = await api.upload<Upload>('/data-tables/uploads', file);
		await api.call('POST', path.replace(/\/[^/]+$/, ''), {
			name: LEDGER,
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
