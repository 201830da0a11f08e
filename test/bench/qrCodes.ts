/**
 * eSIM Get QR Code of many items in the real engine, each with another code, at the size and level that are preset.
 *
 *   npm run bench -- qrCodes [items]
 */
import { createEngine, type Engine } from '../engine/harness';
import { figuresOf, inWords } from './support/figures';
import { isSmoke, report } from './support/report';
import { runNode } from './support/run';
import { timed } from './support/timed';

const ITEMS = Number(process.argv[2] ?? 1000);
const REPEATS = isSmoke ? 1 : 7;
const ALLOWED_MS = 3;

const input = Array.from({ length: ITEMS }, (_, item) => ({
	json: { lpa: `LPA:1$smdp.example.com$QR-${String(item).padStart(6, '0')}-ABCDEF0123456789` },
}));

async function drawAll(engine: Engine): Promise<void> {
	const result = await runNode(
		engine,
		{},
		{ resource: 'esim', operation: 'getQrCode', activationCode: '={{ $json.lpa }}' },
		input,
	);
	const pictures = result.items().map(({ binary }) => binary?.data?.mimeType);
	if (pictures.length !== ITEMS || pictures.some((type) => type !== 'image/png'))
		throw new Error(`${pictures.length} pictures`);
}

async function main(): Promise<void> {
	const engine = await createEngine();
	await drawAll(engine);
	const each: number[] = [];
	for (let repeat = 0; repeat < REPEATS; repeat++)
		each.push((await timed(async () => await drawAll(engine))) / ITEMS);
	engine.close();
	const figures = figuresOf(each);
	report({
		work: `eSIM Get QR Code, ${ITEMS} items`,
		against: '–',
		measured: `${inWords(figures, 'ms')} each`,
		target: `≤ ${ALLOWED_MS} ms each`,
		reached: figures.median <= ALLOWED_MS,
	});
}

void main();
