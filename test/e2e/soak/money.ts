/** Money as hundredths, so that sums are exact; texts and numbers with more digits are no price here. */
export function cents(amount: number | string): number {
	const exact = Number(amount) * 100;
	const whole = Math.round(exact);
	if (!(Math.abs(exact - whole) < 1e-6)) throw new Error(`"${amount}" is no price.`);
	return whole;
}

/** As people write it. */
export const amountOf = (hundredths: number): string => (hundredths / 100).toFixed(2);
