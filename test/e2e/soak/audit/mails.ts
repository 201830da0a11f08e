import { OWNER, type Books, type MailSeen } from '../books';
import type { Unit } from '../customers';
import { EARLY, isEarly } from './early';
import { MOMENT, type Findings } from './findings';
import type { Fate } from './units';

/** What the owner may be told. */
const TOLD = [
	/^eSIMs of order .* need you$/,
	/^\d+ open in the order ledger$/,
	/^The eSIM of order .* was not mailed$/,
	/^MicroeSIM balance is (low|back): /,
	/^The MicroeSIM balance could not be looked at$/,
	/^MicroeSIM plans: /,
	/^MicroeSIM plans could not be looked at$/,
];

/** Each eSIM was mailed once, to the one who paid for it; what is in doubt went to the owner. */
export function auditMails(books: Books, fates: Map<string, Fate>, findings: Findings): void {
	const esims = books.microesim.orders.flatMap(({ number, topupId, esims: made }) =>
		made.map((esim) => ({ ...esim, number, topupId })),
	);
	for (const { code, number, topupId } of esims) {
		const unit = books.shop.units.find((one) => one.number === number);
		const buyer = unit?.buyer;
		const withIt = books.mails.filter((mail) => mail.code === code || mail.text.includes(code));
		const toBuyer = withIt.filter(({ to }) => to === buyer);
		const toOwner = withIt.filter(({ to }) => to === OWNER);
		for (const { to } of withIt)
			findings.demand(
				to === buyer || to === OWNER,
				`The eSIM of ${number} (order ${topupId}) was mailed to ${to}, and ${buyer} has paid for it`,
			);
		if (unit) wasOnce(unit, toBuyer, books, findings);
		ownerHasItOnce(number, toOwner, books, findings);
		if (fates.get(number) !== 'bought') {
			findings.demand(toBuyer.length === 0, `${number} is not bought, and its buyer has its eSIM`);
			findings.demand(withIt.length > 0, `Order ${topupId} is paid, and nobody has its eSIM`);
		} else if (toBuyer.length === 0 && toOwner.length === 0) {
			findings.fault(`The eSIM of ${number} (order ${topupId}) was mailed to nobody`);
		} else if (toOwner.length > 0) {
			wentToOwner(number, toOwner[0]!, books, findings);
		}
	}
	const codes = new Set(esims.map(({ code }) => code));
	for (const { to, subject, text, code } of books.mails) {
		if (to === OWNER) {
			findings.demand(
				TOLD.some((words) => words.test(subject)),
				`The owner was told something else: ${subject}`,
			);
			continue;
		}
		findings.demand(codes.has(code ?? ''), `${to} was mailed an eSIM that nobody sold: ${code}`);
		findings.demand(
			text.includes(code ?? ' '),
			`The mail to ${to} has one code as text, another as QR code`,
		);
	}
}

/** A buyer may get it twice where n8n ended between the mail and its note, or a look and a push met at that eSIM. */
function wasOnce(
	{ number, order }: Unit,
	mails: MailSeen[],
	{ runs }: Books,
	findings: Findings,
): void {
	const mailing = runs.filter(({ flow, orders }) => flow === 'eSIM mail' && orders.includes(order));
	const begunOf = (at: number): number => {
		const then = mailing.filter(({ from, to }) => from <= at && at <= to);
		// of several the last, which excuses least
		return then.length > 0 ? Math.max(...then.map(({ from }) => from)) : at;
	};
	mails.slice(1).forEach(({ at }, index) => {
		const before = mails[index]!.at;
		const ended = findings.eventOf(
			['n8n is killed', 'n8n is restarted'],
			[begunOf(before), before + MOMENT],
		);
		const look = findings.eventOf(['look'], [at - MOMENT, at], 'eSIM delivered');
		// the second had asked the ledger before the first was noted
		const met = begunOf(at) - before <= MOMENT ? look : undefined;
		findings.because(
			`${number} to its buyer was mailed ${mails.length} times`,
			(ended ?? met)?.what,
		);
	});
}

/**
 * The trigger forgets with n8n what it has handed on last, and nobody notes a mail about an eSIM of nobody: behind a
 * restart the owner may get it again.
 */
function ownerHasItOnce(
	number: string,
	mails: MailSeen[],
	{ runs }: Books,
	findings: Findings,
): void {
	mails.slice(1).forEach(({ at }, index) => {
		const before = mails[index]!.at;
		const mailing = runs.find(
			({ flow, from, to }) => flow === 'eSIM delivered' && from <= before && before <= to,
		);
		const between: [number, number] = [mailing?.from ?? before, at];
		findings.byEvent(
			`The eSIM of ${number} was mailed to the owner ${mails.length} times`,
			['n8n is killed', 'n8n is restarted'],
			between,
		);
	});
}

/** Nobody knew then whose it was, or the mail server came back in that moment. */
function wentToOwner(number: string, { at }: MailSeen, books: Books, findings: Findings): void {
	const sentence = `The eSIM of ${number} went to the owner, too`;
	const event =
		findings.eventOf(['doubt decided'], [0, Infinity], number) ??
		findings.eventOf(['mail server is down'], [at - MOMENT, at]);
	findings.because(sentence, event?.what ?? (isEarly(number, at, books) ? EARLY : undefined));
}
