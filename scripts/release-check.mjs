import { parseArgs } from 'node:util';
import { runMain } from './lib/failure.mjs';
import { ROOT } from './lib/paths.mjs';
import { readTree } from './lib/release-tree.mjs';
import { pointsOf } from './lib/release.mjs';

// Needs nothing installed: it runs before anything else when a release is published.
await runMain(async () => {
	const { values, positionals } = parseArgs({
		options: { root: { type: 'string', default: ROOT } },
		allowPositionals: true,
	});
	const tag = positionals[0] ?? process.env.GITHUB_REF_NAME;
	const tree = readTree(values.root, tag);
	const points = pointsOf(tree);
	for (const { name, faults } of points) {
		console.log(faults.length === 0 ? `✔ ${name}` : `✖ ${name}: ${faults.join('; ')}.`);
	}
	const open = points.filter(({ faults }) => faults.length > 0).length;
	const { version } = tree.manifest;
	console.log(
		open === 0
			? `v${version} can be released.`
			: `${open} of ${points.length} points stand in the way of v${version}.`,
	);
	return open === 0 ? 0 : 1;
});
