/** What is used of Node 24's SQLite; the types of Node 20, which this project runs on, have none of it. */
declare module 'node:sqlite' {
	export class DatabaseSync {
		constructor(path: string);
		exec(sql: string): void;
		prepare(sql: string): { run(...values: Array<string | number | null>): unknown };
		close(): void;
	}
}
