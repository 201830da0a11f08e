import type { Plan } from '../plans/plan';
import type { PushAttempt } from '../push/types';

/** One eSIM of an order; fields with an underscore are as sent. */
export interface Esim {
	device_id: string;
	lpa_str: string;
	qrcode: string;
	ios_esim_install_link: string;
	android_esim_install_link: string;
	msisdn: string;
	cf_code: string;
	eid: string;
	operator_iccid: string;
	/** When the phone downloads it, ms after delivery. */
	downloadAfterMs: number;
	/** When the phone deletes it, ms after delivery; otherwise it does not. */
	deletedAfterMs?: number;
	/** Data used while active. */
	kilobytesPerHour: number;
	/** Data used besides, all at once: simulator time, ms. */
	bursts?: Array<{ at: number; kilobytes: number }>;
	/** Simulator time of the terminate call, ms. */
	terminatedAt?: number;
}

/** One booked order. */
export interface Order {
	topup_id: string;
	custom_order_no: string;
	channel_dataplan_id: string;
	number: number;
	/** All fields of the request. */
	fields: Record<string, string>;
	/** The plan as it was when sold. */
	plan: Plan;
	/** Simulator time, ms. */
	bookedAt: number;
	readyAt: number;
	/** Activation the order asked for, ms. */
	activationAt: number | undefined;
	cost: number;
	currency: string;
	/** Where its push goes, if anywhere. */
	notifyUrl: string | undefined;
	esims: Esim[];
	/** Every attempt, oldest first. */
	pushes: PushAttempt[];
	/** Extra fields seen in the field (status, operator_iccids, apn) are in its topupDetail. */
	withExtras: boolean;
	/** topupDetail calls answered while it was being made. */
	timesAsked: number;
}
