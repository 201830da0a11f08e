/** How a push looks. The document shows flat form fields and, beside them, a wrapped example; encoding and count per order are open. */
export interface PushOptions {
	/** `flat`, or `{code, msg, data|result: …}`; in form encodings the wrapped part is a field holding JSON. Default `flat`. */
	shape?: 'flat' | 'data' | 'result';
	/** Default `multipart` (the document's "formdata"). */
	encoding?: 'json' | 'urlencoded' | 'multipart';
	/** Every per-eSIM field as a list (form encodings repeat the field); default false. */
	lists?: boolean;
	/** Also create_time, android_esim_install_link, msisdn and cf_code; default true. */
	optionalFields?: boolean;
	/** How `number` is written in JSON; default `string`. */
	numberAs?: 'string' | 'number';
	/** One push with lists for the whole order instead of one per eSIM; default false. */
	onePushPerOrder?: boolean;
	/** Carry the four signature headers; default false. */
	signed?: boolean;
}

/** Changes to one push made by hand. */
export interface PushOverrides extends PushOptions {
	url?: string;
	/** Fields to replace or add; undefined removes one. */
	fields?: Record<string, unknown>;
	headers?: Record<string, string>;
}

export interface PushAttempt {
	/** Simulator time, ms. */
	time: number;
	url: string;
	device_ids: string[];
	/** First push, retry after 5 or 10 s, hourly compensation, or by `pushNow`. */
	cause: 'first' | 'retry' | 'hourly' | 'byHand';
	/** HTTP status answered, or null when there was none. */
	status: number | null;
	/** Why there was no status. */
	error?: string;
}
