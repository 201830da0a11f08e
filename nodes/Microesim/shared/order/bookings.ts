import { dropOldest } from '../../../../credentials/shared/dropOldest';

/** Who waits for more orders than that at once looks at the rest right away. */
const MOST_BOOKINGS = 10_000;

const bookings = new Map<string, number>();

/** Notes that an order was booked just now, so that nobody looks at it before it can be ready. */
export function noteBooking(topupId: string): void {
	bookings.set(topupId, Date.now());
	dropOldest(bookings, MOST_BOOKINGS);
}

/**
 * When an order was booked, by this machine's own clock.
 *
 * @returns milliseconds since 1970; undefined for an order that this process did not place, or not lately
 */
export const bookedAt = (topupId: string): number | undefined => bookings.get(topupId);

/** Forgets them, as a restart would. For tests. */
export const forgetBookings = (): void => bookings.clear();
