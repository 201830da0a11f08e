/** Copies of files that n8n keeps of pushes that came to nothing, within an hour: some 40 MB of its disk. */
const MOST_PER_HOUR = 10_000;
const HOUR_MS = 3_600_000;

let since = 0;
let made = 0;

/** Whether so many files more may be copied. A stranger must not fill n8n's disk. */
export function mayCopy(files: number): boolean {
	if (Date.now() - since > HOUR_MS) [since, made] = [Date.now(), 0];
	if (made + files > MOST_PER_HOUR) return false;
	made += files;
	return true;
}

/** Takes back files of a push that was true. */
export const forgive = (files: number): void => {
	made = Math.max(0, made - files);
};
