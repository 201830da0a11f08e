import { Session, type Profiler } from 'node:inspector/promises';

/** Where time can go, by the file that runs; the first that fits counts. */
const AREAS: [name: string, file: RegExp][] = [
	['this package', /\/(nodes\/Microesim|credentials)\//],
	[
		"n8n's helpers and axios",
		/node_modules\/(n8n-|@n8n\/|axios|follow-redirects|form-data|proxy-|qs\/)/,
	],
	['libraries', /node_modules\//],
	["Node's own sockets and streams", /^node:/],
];

/** Runs the work under V8's profiler. @returns shares of the time in which the processor was busy, e.g. "40 % axios" */
export async function whereTimeGoes(work: () => Promise<unknown>): Promise<string> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	await work();
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	const shares = new Map<string, number>();
	const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
	profile.samples?.forEach((id, index) => {
		const area = areaOf(nodes.get(id)!);
		if (area) shares.set(area, (shares.get(area) ?? 0) + profile.timeDeltas![index]!);
	});
	const all = [...shares.values()].reduce((sum, time) => sum + time, 0);
	return [...shares]
		.sort(([, one], [, other]) => other - one)
		.map(([area, time]) => `${Math.round((100 * time) / all)} % ${area}`)
		.join(', ');
}

function areaOf({ callFrame }: Profiler.ProfileNode): string | undefined {
	const { functionName, url } = callFrame;
	if (functionName === '(idle)') return undefined;
	if (functionName === '(garbage collector)') return 'garbage collection';
	if (url === '') return 'native code (connections, HMAC)';
	return AREAS.find(([, file]) => file.test(url))?.[0] ?? 'other';
}
