import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export const root = join(__dirname, '../..');

/** The tarball as npm makes it of what was built, and its files. */
export interface Packed {
	/** To be removed afterwards. */
	folder: string;
	tarball: string;
	/** Where its files are. */
	unpacked: string;
	/** Their paths, with slashes, sorted. */
	files: string[];
	read(file: string): string;
}

/** Packs what is in dist/, and unpacks it into a folder where nothing else is. */
export function pack(): Packed {
	const folder = mkdtempSync(join(tmpdir(), 'microesim-package-'));
	execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
	const tarball = join(
		folder,
		readdirSync(folder).find((name) => name.endsWith('.tgz'))!,
	);
	return unpack(tarball, folder);
}

/** Unpacks a tarball of npm into a folder. */
export function unpack(tarball: string, folder: string): Packed {
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	const unpacked = join(folder, 'package');
	return {
		folder,
		tarball,
		unpacked,
		files: filesIn(unpacked),
		read: (file) => readFileSync(join(unpacked, file), 'utf8'),
	};
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
		.sort();
}

/** "name version" of each library that the tarball's list of licences has, with what stands below. */
export function licencesOf({ read }: Pick<Packed, 'read'>): Map<string, string> {
	const [, ...parts] = read('dist/THIRD-PARTY-LICENSES.txt').split(/^-{80}$/m);
	const titles = parts.filter((_, place) => place % 2 === 0);
	return new Map(
		titles.map((title, place) => [
			/^(\S+ \S+) \(.+\)$/.exec(title.trim())![1]!,
			parts[place * 2 + 1]!,
		]),
	);
}
