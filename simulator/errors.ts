/** What a caught value says. Not by instanceof: under a test runner Node's own errors belong to another realm. */
export function messageOf(error: unknown): string {
	if (typeof error === 'string') return error;
	return isRecord(error) && typeof error.message === 'string'
		? error.message
		: JSON.stringify(error);
}

/** Node's error code, for example EADDRINUSE. */
export function codeOf(error: unknown): unknown {
	return isRecord(error) ? error.code : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
