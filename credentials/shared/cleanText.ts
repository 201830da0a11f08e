/** Characters that come along when people copy from web pages, mails and phones, and that nobody sees. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Trims a value that a person pasted: outer spaces of every kind and invisible characters anywhere. */
export const cleanText = (value: string): string => value.replace(INVISIBLE, '').trim();
