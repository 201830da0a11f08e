/**
 * What a caught value says.
 * @param {unknown} error
 */
export function messageOf(error) {
	if (typeof error === 'string') return error;
	return isRecord(error) && typeof error.message === 'string'
		? error.message
		: JSON.stringify(error);
}

/**
 * The code Node or the system gave an error, for example EADDRINUSE.
 * @param {unknown} error
 */
export function codeOf(error) {
	return isRecord(error) && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
	return typeof value === 'object' && value !== null;
}
