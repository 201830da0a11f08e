/** How a push looks. The document shows flat form fields and, beside them, a wrapped example; encoding, client and count per order are open. */
export interface PushOptions {
	/** `flat`, or `{code, msg, data|result: …}`; in form encodings the wrapped part is a field holding JSON. Default `flat`. */
	shape?: 'flat' | 'data' | 'result';
	/**
	 * Default `multipart` (the document's "formdata"). `multipartJson`: one part named `data`, of type application/json,
	 * that holds the whole JSON.
	 */
	encoding?: 'json' | 'urlencoded' | 'multipart' | 'multipartJson';
	/** Every per-eSIM field as a list, written as `listsAs` says; default false. */
	lists?: boolean;
	/** Also create_time, android_esim_install_link, msisdn and cf_code; default true. */
	optionalFields?: boolean;
	/** How `number` is written in JSON; default `string`. */
	numberAs?: 'string' | 'number';
	/** One push with lists for the whole order instead of one per eSIM; default false. */
	onePushPerOrder?: boolean;
	/** Carry the four signature headers; default false. */
	signed?: boolean;
	/**
	 * Whose bytes are sent: headers and their order, boundary, parts, length or chunks. Default `plain`: as a browser's
	 * FormData, parts without a type. `restTemplate` is Spring 6.1 (typed parts; JSON and multipart come in chunks),
	 * `httpClient` Apache's 4.5 (typed parts in ISO-8859-1), `curl` PHP's (parts without a type), `okHttp` 4.12 (typed parts).
	 */
	sender?: 'plain' | 'restTemplate' | 'httpClient' | 'curl' | 'okHttp';
	/** Replaces the request's Content-Type; null sends none. Default: what the sender says for the encoding. */
	contentType?: string | null;
	/** How form encodings write a list: `a=1&a=2`, `a[]=1&a[]=2`, `a[0]=1&a[1]=2` or `a=["1","2"]`; default `repeat`. */
	listsAs?: 'repeat' | 'brackets' | 'indexed' | 'json';
	/** `plural` calls a list of device ids `device_ids`, as topupDetail does; other names stay. Default `singular`. */
	listNames?: 'singular' | 'plural';
	/**
	 * `objects`: a list with one object per eSIM, each with its topup_id and texts instead of lists. It stands bare when
	 * flat, in place of the wrapped object otherwise; a form holds it as JSON in one field, `data` when flat. Default `lists`.
	 */
	esimsAs?: 'lists' | 'objects';
}

/** Options with every default filled in; only contentType may stay open. */
export type PushSettings = Required<Omit<PushOptions, 'contentType'>> &
	Pick<PushOptions, 'contentType'>;

/** Changes to one push made by hand. */
export interface PushOverrides extends PushOptions {
	url?: string;
	/** Fields to replace or add, in each object where there are several; undefined removes one. */
	fields?: Record<string, unknown>;
	/** Headers to add; one that the sender has anyway replaces it in its place. */
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
