const HEADING = /^## +\[?([^\]\s]+)\]?(?: +- +(.+?))?\s*$/;
const LINK = /^\[[^\]]+\]: /;

/**
 * @param {string | undefined} text a changelog in the form of Keep a Changelog
 * @param {string} version
 * @returns {string[]} what keeps this version from being released
 */
export function changelogFaults(text, version) {
	if (text === undefined) return ['there is no CHANGELOG.md; say in it what is new'];
	const sections = sectionsOf(text);
	const faults = [];
	const section = sections.get(version);
	if (!section) faults.push(`there is no section for ${version}; add "## [${version}] - <date>"`);
	else if (!isDay(section.date))
		faults.push(`the section for ${version} needs its day, like 2026-11-25`);
	else if (!section.filled) faults.push(`the section for ${version} is empty; say what is new`);
	if (sections.get('Unreleased')?.filled) {
		faults.push(`something stands under Unreleased; move it to the section for ${version}`);
	}
	return faults;
}

/**
 * @param {string} text
 * @returns {Map<string, { date: string | undefined, filled: boolean }>} by version
 */
function sectionsOf(text) {
	const sections = new Map();
	let current;
	for (const line of text.split(/\r?\n/)) {
		const heading = HEADING.exec(line);
		if (heading) {
			current = { date: heading[2], filled: false };
			sections.set(heading[1], current);
		} else if (current && line.trim() && !line.startsWith('#') && !LINK.test(line)) {
			current.filled = true;
		}
	}
	return sections;
}

/**
 * @param {string | undefined} date
 * @returns {boolean} whether it is a day of the calendar, as 2026-11-25
 */
function isDay(date) {
	const time = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(`${date}T`);
}
