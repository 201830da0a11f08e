import { writeJson } from '../answers';
import type { PushContent } from './content';
import { formFields } from './forms';
import { writeMultipart, type Part } from './multipart';
import { SENDERS } from './senders';
import type { PushSettings } from './types';

export interface PushBody {
	/** None when the push is to have none. */
	contentType: string | undefined;
	bytes: Buffer;
	chunked: boolean;
}

/** Writes down what a push says, as its sender does. */
export function encodePush(content: PushContent, options: PushSettings): PushBody {
	const { type, bytes } = written(content, options);
	return {
		contentType: options.contentType === undefined ? type : (options.contentType ?? undefined),
		bytes,
		chunked: SENDERS[options.sender].chunked.includes(options.encoding),
	};
}

function written(content: PushContent, options: PushSettings): { type: string; bytes: Buffer } {
	const { types, urlencoded, boundary, part } = SENDERS[options.sender];
	const multipart = (parts: Part[]) => {
		const between = boundary();
		return { type: types.multipart + between, bytes: writeMultipart(parts, between, part) };
	};
	switch (options.encoding) {
		case 'json':
			return { type: types.json, bytes: Buffer.from(writeJson(content.whole)) };
		case 'multipartJson':
			return multipart([{ name: 'data', text: writeJson(content.whole), kind: 'json' }]);
		case 'multipart':
			return multipart(
				formFields(content, options).map(([name, text]) => ({ name, text, kind: 'text' })),
			);
		case 'urlencoded': {
			const form = new URLSearchParams(formFields(content, options));
			return { type: types.urlencoded, bytes: Buffer.from(urlencoded(form.toString())) };
		}
	}
}
