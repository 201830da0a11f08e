/** Names that people type, where the standard has another one. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
	AE: 'UAE, Emirates',
	CD: 'Congo DRC',
	CI: 'Ivory Coast',
	CV: 'Cape Verde',
	CZ: 'Czech Republic',
	GB: 'UK, Great Britain, England, Scotland, Wales',
	KR: 'Korea',
	MK: 'Macedonia',
	MM: 'Burma',
	MO: 'Macau',
	NL: 'Holland',
	SZ: 'Swaziland',
	TL: 'East Timor',
	TR: 'Turkey',
	US: 'USA, America',
	VA: 'Vatican',
};

let regionNames: Intl.DisplayNames | undefined;

/**
 * All names that a country is searched by.
 *
 * @param code of ISO 3166, in capitals; another text is its own name
 */
export function countryNames(code: string): string {
	if (!/^[A-Z]{2}$/.test(code)) return code;
	// Made at the first search, because n8n's start would wait for its data.
	regionNames ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
	return [code, regionNames.of(code), OTHER_NAMES[code]].filter(Boolean).join(', ');
}
