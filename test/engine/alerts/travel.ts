import type { Simulator } from '../../../simulator';
import { dateThatTells } from '../support/fastClock';

/**
 * Lets the whole process live in the simulator's time, whose clock is moved by hand: n8n, the node and the test. While
 * nobody moves it, time goes on as it does.
 *
 * @returns gives the computer's own time back
 */
export function liveIn({ clock }: Simulator): () => void {
	const real = Date;
	let [seen, since] = [clock.now(), performance.now()];
	const now = () => {
		if (clock.now() !== seen) [seen, since] = [clock.now(), performance.now()];
		return Math.floor(seen + performance.now() - since);
	};
	globalThis.Date = dateThatTells(now);
	return () => {
		globalThis.Date = real;
	};
}
