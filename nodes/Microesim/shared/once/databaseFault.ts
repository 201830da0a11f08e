/** How SQLite, PostgreSQL and MySQL say that a row with this key stands there already; TypeORM passes it on. */
const UNIQUE_VIOLATION =
	/unique constraint|SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)|duplicate (key|entry)|\b23505\b|ER_DUP_ENTRY/i;

/** Whether an error of n8n's database means that somebody else was faster. */
export function isUniqueViolation(error: unknown): boolean {
	const { message = '', code = '' } = error as Partial<Record<'message' | 'code', string>>;
	return UNIQUE_VIOLATION.test(`${message} ${code}`);
}
