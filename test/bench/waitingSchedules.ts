/**
 * How often and how late orders are looked at by several schedules: a simulation without a clock, over delivery
 * times of several kinds. Equal seeds make equal tables. The node's own schedule is the node's own code.
 *
 *   npm run bench -- waitingSchedules [orders]
 */
import { FirstLook, pauseAfterLook } from '../inside';

const ORDERS = Number(process.argv[2] ?? 20_000);
const SEED = 7;
/** What a look takes. */
const ANSWER_MS = 40;
const SECOND = 1000;

type Random = () => number;

/** Random numbers from 0 to 1, the same in each run (mulberry32). */
function randomFrom(seed: number): Random {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const normal = (random: Random): number =>
	Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

interface Delivery {
	name: string;
	/** When an order is ready, in seconds after it was booked. */
	seconds: (random: Random) => number;
	local?: boolean;
}

const DELIVERIES: Delivery[] = [
	{ name: 'uniform 2–30 s', seconds: (random) => 2 + 28 * random() },
	{ name: 'all at 2 s', seconds: () => 2 },
	{ name: 'around 8 s', seconds: (random) => 8 * Math.exp(0.5 * normal(random)) },
	{
		name: 'tail of minutes',
		seconds: (random) => (random() < 0.8 ? 2 + 10 * random() : 12 - 90 * Math.log(1 - random())),
	},
	{ name: 'Local 60–90 s', seconds: (random) => 60 + 30 * random(), local: true },
];

/** Ages of looks, in milliseconds. */
interface Schedule {
	name: string;
	firstMs: () => number;
	pauseMs: (ageMs: number, local: boolean, random: Random) => number;
	/** Told whether a first look found its order ready. */
	learn?: (ready: boolean) => void;
}

/** Pauses of the node differ by up to a tenth. */
const spread = (ms: number, random: Random) => ms * (0.9 + random() * 0.2);

function node(name: string, first: FirstLook, learns: boolean): Schedule {
	return {
		name,
		firstMs: () => first.ageMs,
		pauseMs: (age, local, random) => spread(pauseAfterLook(age, local, first.ageMs), random),
		...(learns && { learn: (ready) => first.learn(ready) }),
	};
}

/** Made anew for each kind of delivery: what was learned of one is not known of the next. */
const schedules = (): Schedule[] => [
	{ name: 'by hand, Wait 3 s first', firstMs: () => 3000, pauseMs: () => 3000 },
	{ name: 'by hand, a look first', firstMs: () => 0, pauseMs: () => 3000 },
	{
		name: 'before: 1.5 s, growing to 15 s',
		firstMs: () => 2000,
		pauseMs: (age, local, random) =>
			spread(
				local && age < 60_000 ? 60_000 - age : Math.min(Math.max(age * 0.08, 1500), 15_000),
				random,
			),
	},
	{
		name: '3 s, from 30 s on growing to 10 s',
		firstMs: () => 3000,
		pauseMs: (age, local, random) =>
			spread(
				local && age < 60_000 ? 60_000 - age : Math.min(Math.max(age * 0.1, 3000), 10_000),
				random,
			),
	},
	node('**the node**, first run', new FirstLook(), false),
	node('**the node**, having learned', new FirstLook(), true),
];

interface Outcome {
	looks: number;
	lateMs: number;
}

/** The life of one order under a schedule. */
function follow(schedule: Schedule, readyMs: number, local: boolean, random: Random): Outcome {
	let ageMs = schedule.firstMs();
	for (let looks = 1; ; looks++) {
		const ready = ageMs >= readyMs;
		if (looks === 1 && !local) schedule.learn?.(ready);
		if (ready) return { looks, lateMs: ageMs - readyMs };
		ageMs += ANSWER_MS + schedule.pauseMs(ageMs + ANSWER_MS, local, random);
	}
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Requests per order, then how late an order is noticed: the mean, and what 95 % are below, in seconds. */
function cell(schedule: Schedule, { seconds, local = false }: Delivery): string {
	const [times, jitter] = [randomFrom(SEED), randomFrom(SEED + 1)];
	const outcomes = Array.from({ length: ORDERS }, () =>
		follow(schedule, seconds(times) * SECOND, local, jitter),
	);
	const late = outcomes.map(({ lateMs }) => lateMs / SECOND).sort((one, other) => one - other);
	const looks = mean(outcomes.map((outcome) => outcome.looks));
	const [average, slow] = [mean(late), late[Math.floor(late.length * 0.95)] ?? NaN];
	return `${looks.toFixed(2)}; ${average.toFixed(2)} (${slow.toFixed(1)})`;
}

const print = (cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
print(['', ...DELIVERIES.map(({ name }) => name)]);
print(['---', ...DELIVERIES.map(() => '---')]);
for (const [index, { name }] of schedules().entries())
	print([name, ...DELIVERIES.map((delivery) => cell(schedules()[index]!, delivery))]);
