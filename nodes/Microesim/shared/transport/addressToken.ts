import type { MicroesimCredential } from '../../../../credentials/shared/credentialData';

/** An address that asks for the token: nothing stands behind it. */
const OPEN_END = /^https?:\/\/[^\s#?]+\?(?:[^\s#]*&)?token=$/i;

/** Fields in which an address is only a text. */
const TEXTS: ReadonlySet<string> = new Set(['custom_order_no', 'remark']);

/**
 * Puts the URL Token of the credential behind a callback address that ends with `?token=` or `&token=`. So it need not
 * stand in a parameter, which n8n saves in plain with every execution.
 *
 * @returns the fields as they are to be sent; they must not become part of an item or an error
 */
export function withUrlToken(
	fields: Record<string, string | number | undefined>,
	{ urlToken }: Pick<MicroesimCredential, 'urlToken'>,
): Record<string, string | number | undefined> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			typeof value === 'string' && !TEXTS.has(name) && OPEN_END.test(value)
				? value + urlToken
				: value,
		]),
	);
}

/**
 * Takes the token out of an answer that repeats the address, so that it comes into no item and no error.
 *
 * @param text of the answer
 * @returns the text with the address as the parameter has it
 */
export function withoutUrlToken(
	text: string,
	{ urlToken }: Pick<MicroesimCredential, 'urlToken'>,
): string {
	// nearly no answer has it, and a page of the catalogue is long
	if (urlToken === '' || !text.includes(urlToken)) return text;
	// letters and digits alone; "=" may be encoded, as for an address or by a JSON writer
	return text.replace(new RegExp(`(token(?:=|%3D|\\\\+u003D))${urlToken}`, 'gi'), '$1');
}
