import type { Books } from '../books';
import { Findings } from './findings';
import { auditMails } from './mails';
import { auditMoney } from './money';
import { auditRuns } from './runs';
import { auditShop } from './shop';
import { auditUnits, type Fate } from './units';
import { auditWatches } from './watches';

/** What the books say together. */
export interface Verdict {
	/** What does not agree, a sentence each. */
	faults: string[];
	/** What differs by design, each with what explains it. */
	explained: string[];
	/** What became of each paid unit, by its number. */
	fates: Map<string, Fate>;
}

/** Lays the books beside each other. */
export function audit(books: Books): Verdict {
	const findings = new Findings(books.journal);
	const fates = auditUnits(books, findings);
	auditMoney(books, findings);
	auditMails(books, fates, findings);
	auditShop(books, fates, findings);
	auditRuns(books, fates, findings);
	auditWatches(books, findings);
	return { faults: findings.faults, explained: findings.explained, fates };
}
