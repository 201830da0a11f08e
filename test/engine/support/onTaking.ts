import type { Engine } from '../harness';

type Answer = ReturnType<Engine['duplicates']['checkProcessedAndRecord']>;

/**
 * What n8n's database does when a name is taken; the other ways to it stay as they are.
 *
 * @param act is told how to write the row, however late, and which taking it is, counted from 1
 */
export function onTaking(
	{ duplicates }: Engine,
	act: (record: () => Answer, call: number) => Answer,
): void {
	const record = duplicates.checkProcessedAndRecord.bind(duplicates);
	let calls = 0;
	jest.spyOn(duplicates, 'checkProcessedAndRecord').mockImplementation(async (...given) => {
		const [values, scope, { workflow, node }, options] = given;
		if (!values.includes('taken')) return await record(...given);
		// The row is that of the moment of the call, however late it is written.
		const now = { workflow, node: { ...node! } };
		return await act(async () => await record(values, scope, now, options), ++calls);
	});
}
