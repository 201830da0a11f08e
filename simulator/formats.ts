const CHINA_OFFSET_MS = 8 * 3_600_000;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "2023-07-05 12:50:46" in UTC+8, from ms since 1970 (API document: system time zone). */
export function chinaTime(ms: number): string {
	return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** "Fri Aug 16 14:00:08 CST 2024", CST being UTC+8 (API document: topupDetail). */
export function chinaLongTime(ms: number): string {
	const date = new Date(ms + CHINA_OFFSET_MS);
	const day = String(date.getUTCDate()).padStart(2, '0');
	const time = date.toISOString().slice(11, 19);
	return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${day} ${time} CST ${date.getUTCFullYear()}`;
}

/** "20230816143118" in UTC+8, the head of a topup_id. */
export function chinaStamp(ms: number): string {
	return chinaTime(ms).replace(/\D/g, '');
}

/** Start of the UTC+8 day that `ms` lies in, ms. */
export function startOfChinaDay(ms: number): number {
	return Math.floor((ms + CHINA_OFFSET_MS) / 86_400_000) * 86_400_000 - CHINA_OFFSET_MS;
}

/** Reads "yyyy-MM-dd HH:mm:ss" in UTC (API document: activation_date); undefined for anything else, also for 31 June. */
export function parseUtcTime(text: string): number | undefined {
	if (!/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text)) return undefined;
	const iso = `${text.replace(' ', 'T')}.000Z`;
	const ms = Date.parse(iso);
	return Number.isFinite(ms) && new Date(ms).toISOString() === iso ? ms : undefined;
}

/** Money as hundredths, so that sums stay exact. */
export function cents(amount: string | number): number {
	return Math.round(Number(amount) * 100);
}
