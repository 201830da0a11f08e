/**
 * Everything the simulator says that the API document does not publish: its failure codes, their texts and a few states.
 * They are the simulator's OWN. The live service answers otherwise; no flow may depend on them.
 */
import type { SignatureVerdict } from './types';

export interface Refusal {
	code: number;
	msg: string;
}

export const OWN_REFUSALS = {
	notFound: { code: 9404, msg: 'No results were found' },
	noSuchEndpoint: { code: 9405, msg: 'No such interface' },
	wrongMethod: { code: 9406, msg: 'Request method not supported' },
	chunkedBody: { code: 9411, msg: 'Content-Length required: chunked bodies are not accepted' },
	bodyType: {
		code: 9415,
		msg: 'Body must be multipart/form-data or application/x-www-form-urlencoded',
	},
	unreadableBody: { code: 9400, msg: 'The body could not be read' },
	badPage: { code: 9421, msg: 'pageNo must be 1 or more, pageSize 1 to 500' },
	parameterMissing: { code: 9422, msg: 'Required parameter missing' },
	badNumber: { code: 9423, msg: 'number must be a whole number from 1 to 100' },
	unknownPlan: { code: 9424, msg: 'The data plan does not exist' },
	planNotOnSale: { code: 9425, msg: 'The data plan is not on sale' },
	badActivationDate: { code: 9426, msg: 'activation_date must be yyyy-MM-dd HH:mm:ss in UTC' },
	activationDatePast: { code: 9427, msg: 'activation_date is in the past' },
	activationDateTooFar: { code: 9428, msg: 'activation_date must be within 30 days' },
	balanceTooLow: { code: 9429, msg: 'Insufficient balance' },
	alreadyTerminated: { code: 9430, msg: 'The eSIM is terminated already' },
	badCallback: { code: 9431, msg: 'notify_url must be an http address' },
} as const satisfies Record<string, Refusal>;

/** One code for every refused signature; the text tells them apart. */
const SIGNATURE_CODE = 9401;

const SIGNATURE_TEXTS: Record<Exclude<SignatureVerdict, 'valid' | 'notChecked'>, string> = {
	headerMissing: 'Signature header missing',
	headerRepeated: 'Signature header repeated',
	badNonce: 'Nonce must have 6 to 32 characters',
	badTimestamp: 'Timestamp must have 13 digits',
	clockSkew: 'Timestamp expired',
	unknownAccount: 'Account does not exist',
	wrongSign: 'Signature error',
	replayedNonce: 'Nonce already used',
};

/** The refusal for a failed signature check; undefined when it passed. */
export function signatureRefusal(verdict: SignatureVerdict): Refusal | undefined {
	if (verdict === 'valid' || verdict === 'notChecked') return undefined;
	return { code: SIGNATURE_CODE, msg: SIGNATURE_TEXTS[verdict] };
}

/** Largest `number` one order may ask for. */
export const OWN_MAX_NUMBER = 100;

/** `status` of an eSIM after terminate. */
export const OWN_TERMINATED_STATUS = 'terminated';

/** Texts of the faults that carry no text of their own. */
export const OWN_FAULT_TEXTS = {
	unauthorized: { code: SIGNATURE_CODE, msg: 'Unauthorized' },
	tooMany: { code: 9429429, msg: 'Too many requests' },
	html502:
		'<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>simulator</center></body>\r\n</html>',
	html200:
		'<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>System maintenance</h1></body></html>',
	badJson: '{"code":1,"msg":"Success","result":{"topup_id":"2023',
} as const;
