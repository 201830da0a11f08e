/**
 * Loads the files that are named after the first argument, as n8n does: require, and new of the one class that
 * each exports. Prints milliseconds and the bytes that stay. The first argument is n8n-workflow, which n8n has
 * loaded long before; so has this process.
 *
 *   node --expose-gc child.cjs <n8n-workflow> <file> …
 */
const [workflow = '', ...files] = process.argv.slice(2);
require(workflow);

const collect = globalThis.gc;
if (!collect) throw new Error('Needs --expose-gc');

/** What is in use, in the heap and beside it. */
const used = () => {
	void collect();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
};

const before = used();
const since = performance.now();
const loaded = files.map((file) => {
	const [Class] = Object.values(require(file));
	return new Class();
});
const milliseconds = performance.now() - since;
const bytes = used() - before;
const names = loaded.map(({ name, description }) => name ?? description.name);
process.stdout.write(JSON.stringify({ milliseconds, bytes, names }));
