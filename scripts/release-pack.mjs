import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Failure, runMain } from './lib/failure.mjs';
import { sha512Of } from './lib/hash.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkNodeVersion } from './lib/node-version.mjs';
import { differences, packAgain } from './lib/pack-again.mjs';
import { packProject } from './lib/pack.mjs';
import { inProject, ROOT } from './lib/paths.mjs';
import { ensureBuilt } from './lib/tools.mjs';

/** @param {number} bytes */
const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * A file's hash as npm writes it.
 * @param {string} path
 */
const integrityOf = (path) => `sha512-${Buffer.from(sha512Of(path), 'hex').toString('base64')}`;

/**
 * Puts what the build has listed beside the tarball, with the tarball's hash in it.
 * @param {string} tarball
 * @returns {{ path: string, libraries: number }}
 */
function writeSbomBeside(tarball) {
	const path = tarball.replace(/\.tgz$/, '.cdx.json');
	/** @type {{ metadata: { component: Record<string, unknown> }, components: unknown[] }} */
	const sbom = JSON.parse(readFileSync(inProject('dist', 'sbom.cdx.json'), 'utf8'));
	sbom.metadata.component.hashes = [{ alg: 'SHA-512', content: sha512Of(tarball) }];
	writeFileSync(path, `${JSON.stringify(sbom, null, '\t')}\n`);
	return { path, libraries: sbom.components.length };
}

// What a release consists of, in release/: the tarball, proven to be what any other build gives, and its list of parts.
await runMain(async () => {
	checkNodeVersion();
	await ensureInstalled();
	await ensureBuilt();
	const folder = mkdtempSync(join(tmpdir(), 'microesim-again-'));
	try {
		const tarball = await packProject(inProject('release'));
		console.log(
			`✔ ${relative(ROOT, tarball.path)}: ${kB(tarball.bytes)}; ${kB(tarball.unpackedBytes)} in ${tarball.files.length} files`,
		);
		for (const file of tarball.files.filter((path) => path.startsWith('dist/'))) {
			console.log(`  ${kB(statSync(inProject(file)).size).padStart(9)} ${file}`);
		}
		const differing = differences(tarball, await packAgain(folder), folder);
		if (differing.length > 0) {
			rmSync(dirname(tarball.path), { recursive: true });
			throw new Failure(
				`Built and packed once more, these differ: ${differing.join(', ')}. Nobody could check what such a package was made from: find what of this machine, or of the hour, gets into them.`,
			);
		}
		console.log('✔ built and packed once more, elsewhere: the same bytes');
		console.log(`  npm shows such a tarball with the integrity ${integrityOf(tarball.path)}`);
		const sbom = writeSbomBeside(tarball.path);
		console.log(`✔ ${relative(ROOT, sbom.path)}: ${sbom.libraries} bundled libraries`);
		return 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
