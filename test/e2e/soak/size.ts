export const SECOND = 1000;
export const MINUTE = 60 * SECOND;

/** How much of each there is. */
export interface Size {
	lastsMs: number;
	sales: number;
	outages: number;
	lost: number;
	mailOutages: number;
	shopOutages: number;
	restarts: number;
	prices: number;
	offSale: number;
	pushes: number;
	/** Shares of the time between which the money is gone. */
	dry: Array<[number, number]>;
	/** Minutes at which each flow looks by itself. */
	hours: { shopify: number[]; delivered: number[] };
}

/** Two hours of a small shop. */
export const WHOLE: Size = {
	lastsMs: 120 * MINUTE,
	sales: 48,
	outages: 6,
	lost: 6,
	mailOutages: 3,
	shopOutages: 2,
	restarts: 5,
	prices: 8,
	offSale: 2,
	pushes: 8,
	dry: [
		[0.3, 0.42],
		[0.68, 0.8],
	],
	hours: { shopify: [20, 80], delivered: [60, 119] },
};

/** Eight minutes of it. */
export const SHORT: Size = {
	lastsMs: 8 * MINUTE,
	sales: 12,
	outages: 1,
	lost: 1,
	mailOutages: 1,
	shopOutages: 1,
	restarts: 1,
	prices: 2,
	offSale: 1,
	pushes: 2,
	dry: [[0.4, 0.6]],
	hours: { shopify: [7], delivered: [6] },
};
