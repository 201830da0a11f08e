import { MicroesimApi } from '../../inside';
import { figuresOf, inWords } from './figures';
import type { SimulatorApart } from './simulatorApart';
import { timed } from './timed';

/**
 * Measures what neither side can do without: having the full list, which is one answer, and parsing it.
 *
 * @param ours seconds that the node takes for all
 * @returns the limit, in words
 */
export async function fullListAlone(
	{ url, credential }: SimulatorApart,
	plans: number,
	repeats: number,
	ours: number,
): Promise<string> {
	const fetchAndParse = async () => {
		// signed each time: MicroeSIM takes a nonce once
		const { headers } = await new MicroesimApi().authenticate(credential, { url: '', headers: {} });
		const response = await fetch(`${url}/allesim/v1/esimDataplanList`, {
			headers: headers as Record<string, string>,
		});
		const { result } = (await response.json()) as { result: unknown[] };
		if (result.length < plans) throw new Error(`The full list has ${result.length} plans`);
	};
	const alone: number[] = [];
	await fetchAndParse();
	for (let repeat = 0; repeat < repeats; repeat++) alone.push((await timed(fetchAndParse)) / 1000);
	const figures = figuresOf(alone);
	return `both wait for one answer: to have and parse it takes a bare fetch ${inWords(figures, 's')}, all that the node does beside that ${(ours - figures.median).toFixed(2)} s`;
}
