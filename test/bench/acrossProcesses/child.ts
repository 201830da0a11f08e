/** One process of n8n, without its server: it claims numbers in n8n's database at given moments. */
import { setTimeout as sleep } from 'node:timers/promises';

import { OrderGuard } from '../../inside';
import { claimInList, fillList } from './listGuard';
import { monotonicMs, type Numbered, type Reply, type Request, type Way } from './messages';
import { addWorkflow, executionOf, migrate, startStore } from './n8nStore';

type Claim = Extract<Request, { ask: 'claim' }>;
/** n8n's errors say the rest in their description. */
type Fault = Error & { description?: string | null };
type Fill = Extract<Request, { ask: 'fill' }>;

/** Claims that fill a workflow go side by side, as those of several executions. */
const AT_ONCE = 10;

const newExecution = (workflow: string, way: Way) => executionOf(workflow, `node of ${way}`);

async function until(moment: number): Promise<void> {
	await sleep(Math.max(0, moment - monotonicMs() - 2));
	while (monotonicMs() < moment);
}

async function claimInRows(workflow: string, number: string, at?: number): Promise<Reply> {
	const guard = new OrderGuard(newExecution(workflow, 'rows'));
	if (at !== undefined) await until(at);
	const start = monotonicMs();
	const isNew = (await guard.claim(number, 0)) === undefined;
	const milliseconds = monotonicMs() - start;
	if (isNew) await guard.settle(number, 'bought');
	return { isNew, milliseconds };
}

async function claim({ workflow, way, number, at }: Claim): Promise<Reply> {
	if (way === 'rows') return await claimInRows(workflow, number, at);
	const context = newExecution(workflow, way);
	await until(at);
	const start = monotonicMs();
	const isNew = await claimInList(context, number);
	return { isNew, milliseconds: monotonicMs() - start };
}

async function fill({ workflow, way, numbers }: Fill): Promise<void> {
	if (way === 'list') return await fillList(newExecution(workflow, way), numbers);
	const take = async () => {
		for (let number = numbers.pop(); number !== undefined; number = numbers.pop())
			await claimInRows(workflow, number);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, take));
}

async function answer(request: Request): Promise<Reply> {
	switch (request.ask) {
		case 'migrate':
			await migrate();
			return {};
		case 'workflow':
			await addWorkflow(request.workflow);
			return {};
		case 'fill':
			await fill(request);
			return {};
		case 'claim':
			return await claim(request);
	}
}

const started = startStore();

process.on('message', (request: Numbered<Request>) => {
	void started
		.then(async () => await answer(request))
		.catch(({ message, description }: Fault): Reply => ({
			error: `${message} ${description ?? ''}`,
		}))
		.then((reply) => process.send!({ ...reply, id: request.id } satisfies Numbered<Reply>));
});
process.once('disconnect', () => process.exit());
