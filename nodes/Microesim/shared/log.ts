import type { RequestContext } from './context';

/** Writes into n8n's log. A log that fails (a full disk) must not hide what was to be told: nothing is thrown. */
export function log(context: RequestContext, level: 'info' | 'warn' | 'error', text: string): void {
	try {
		context.logger[level](text);
	} catch {
		// There is no other place to say it.
	}
}
