import type { Unit } from './customers';
import type { Entry } from './journal';

/** Whom the shop's flows tell what needs somebody. */
export const OWNER = 'owner@shop.example';

/** All that was written down of the shop's hours, by five who know nothing of each other. Money in cents, times in ms by the computer's clock. */
export interface Books {
	shop: ShopBook;
	microesim: MicroesimBook;
	ledger: LedgerRow[];
	/** What the catalogue watch has seen of prices, oldest first. */
	priceChanges: Array<{ plan: string; before: number; after: number }>;
	mails: MailSeen[];
	runs: Run[];
	/** What was done to them. */
	journal: Entry[];
}

/** What Shopify knows. */
export interface ShopBook {
	units: Unit[];
	/** Names of orders of which n8n has taken a call. */
	told: string[];
	/** MicroeSIM's order ID in each fulfilment of a shop order, by the name of that order. */
	fulfilled: Record<string, string[]>;
	notes: Record<string, string>;
}

export interface MicroesimBook {
	balance: { atOpening: number; toppedUp: number[]; atEnd: number };
	orders: SoldOrder[];
	/** Of the plans that the shop sells. */
	prices: Array<{ plan: string; atOpening: number; atEnd: number }>;
	/** Each request for an order, as it came in. */
	asked: Asked[];
}

/** An order that MicroeSIM has booked. */
export interface SoldOrder {
	number: string;
	topupId: string;
	plan: string;
	cost: number;
	bookedAt: number;
	esims: Array<{ deviceId: string; code: string }>;
}

/** What became of a request for an order. */
export interface Asked {
	number: string;
	at: number;
	/** How the simulator spoilt it, if it did. */
	fault: string | undefined;
	/** HTTP status of its answer, where one was sent. */
	status: number | null;
}

/** A row of the flows' order ledger. */
export interface LedgerRow {
	number: string;
	state: string;
	topupId: string;
	deviceId: string;
	price: number | undefined;
	buyer: string;
	shopOrder: string;
	note: string;
	isMailed: boolean;
}

export interface MailSeen {
	to: string;
	subject: string;
	text: string;
	/** What a phone reads in its QR code. */
	code: string | undefined;
	at: number;
}

/** An execution of n8n. */
export interface Run {
	id: string;
	flow: string;
	status: string;
	from: number;
	to: number;
	/** What it ended with, if with an error. */
	error: string;
	/** Names of shop orders that it was about. */
	orders: string[];
}
