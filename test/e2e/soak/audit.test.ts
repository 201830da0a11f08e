import { audit } from './audit';
import { OWNER, type Books } from './books';
import type { Happening } from './journal';
import { soundBooks } from './soundBooks';

/** What the audit of the shop's books would see. */

const faultsOf = (change: (books: Books) => void): string[] => {
	const books = soundBooks();
	change(books);
	return audit(books).faults;
};

const happened = (books: Books, what: Happening, from: number, to = from, which = '') =>
	books.journal.push({ what, from, to, which });

it('finds nothing in books that agree, and says what became of each unit', () => {
	const { faults, explained, fates } = audit(soundBooks());
	expect(faults).toEqual([]);
	expect(explained).toEqual(['shopx104400u1 is in doubt (answer is lost: cutAfter)']);
	expect([...fates.values()]).toEqual(['bought', 'bought', 'refused', 'in doubt']);
});

const CHANGES: Array<[string, (books: Books) => void, RegExp[]]> = [
	[
		'a cent of the balance',
		({ microesim }) => (microesim.balance.atEnd += 1),
		[/^Opening balance and top-ups are 350\.00, orders 338\.64, and 11\.37 is left$/],
	],
	[
		'a cent of a price',
		({ ledger }) => (ledger[0]!.price! += 1),
		[/^The ledger has 112\.89 for shopx104200u1, MicroeSIM 112\.88, and nothing in the script/],
	],
	[
		'an order bought twice',
		({ microesim }) => {
			microesim.orders.push({ ...microesim.orders[0]!, topupId: 'T9', esims: [] });
			microesim.balance.atEnd -= 11_288;
		},
		[/^shopx104200u1 was bought 2 times$/, /T9 \(shopx104200u1\) costs 112\.88.*nowhere/],
	],
	[
		'an order of nobody',
		({ microesim }) => {
			microesim.orders.push({ ...microesim.orders[0]!, number: 'x', topupId: 'T9', esims: [] });
			microesim.balance.atEnd -= 11_288;
		},
		[/^Order T9 was bought for nobody/, /Order T9 \(x\).*nowhere in the ledger/],
	],
	[
		'a paid order that n8n never saw',
		({ ledger }) => ledger.splice(2, 1),
		[/^shopx104300u1 has 0 rows in the ledger$/],
	],
	['a second row', ({ ledger }) => ledger.push(ledger[2]!), [/^shopx104300u1 has 2 rows/]],
	[
		'a row that is not through',
		({ ledger }) => (ledger[0]!.state = 'bought'),
		[/^shopx104200u1 is "bought" in the ledger, and MicroeSIM has order T1 of it$/],
	],
	[
		'an order that the ledger calls refused',
		({ ledger }) => Object.assign(ledger[0]!, { state: 'refused', note: 'Insufficient balance' }),
		[
			/^The ledger says that shopx104200u1 was refused, and it was bought$/,
			/^shopx104200u1 of #1042 was refused, and the owner was not told/,
			/^shopx104200u1 is not bought, and its buyer has its eSIM$/,
			/^#1042 was fulfilled with T1, which is not its$/,
		],
	],
	[
		'the eSIM of another unit in a row',
		({ ledger }) => (ledger[0]!.deviceId = 'D2'),
		[/^The ledger has eSIM D2 for shopx104200u1/],
	],
	[
		'the buyer of another',
		({ ledger }) => (ledger[0]!.buyer = 'x@y.example'),
		[/^The ledger has x@y/],
	],
	[
		'a mail that is missing',
		({ mails }) => mails.splice(1, 1),
		[/^The eSIM of shopx104200u1 \(order T1\) was mailed to nobody$/],
	],
	[
		'a mail that came twice',
		({ mails }) => mails.push({ ...mails[1]!, at: 90_000 }),
		[/^shopx104200u1 to its buyer was mailed 2 times, and nothing in the script explains it$/],
	],
	[
		'a mail to the wrong buyer',
		({ mails }) => (mails[1]!.to = 'buyer-1043@shop.example'),
		[
			/T1\) was mailed to buyer-1043@shop\.example, and buyer-1042@shop\.example/,
			/mailed to nobody/,
		],
	],
	[
		'a mail with the code of another eSIM as text',
		({ mails }) => (mails[1]!.text = mails[2]!.text),
		[/shopx104200u2 to its buyer was mailed 2 times/, /one code as text, another as QR code/],
	],
	[
		'an eSIM that nobody sold',
		({ mails }) => mails.push({ ...mails[1]!, code: 'LPA:1$x$y', text: 'LPA:1$x$y' }),
		[/was mailed an eSIM that nobody sold/],
	],
	[
		'a bought eSIM at the owner',
		({ mails }) =>
			mails.push({ ...mails[1]!, to: OWNER, subject: 'The eSIM of order T1 was not mailed' }),
		[/^The eSIM of shopx104200u1 went to the owner, too, and nothing/],
	],
	[
		'a refusal that the owner was not told of',
		({ mails }) => mails.splice(3, 1),
		[/^shopx104300u1 of #1043 was refused, and the owner was not told/],
	],
	[
		'a refusal that only the night told of, where n8n was never ended',
		({ mails }) =>
			Object.assign(mails[3]!, {
				subject: '1 open in the order ledger',
				text: 'Number shopx104300u1 of order #1043 was refused, and nothing was bought: No',
			}),
		[/^shopx104300u1 of #1043 was refused, and the owner was not told before the night, and not/],
	],
	[
		'a refusal for the balance, where there was money',
		({ journal }) => journal.push({ what: 'top-up', which: '9000.00', from: -90_000, to: -90_000 }),
		[/^shopx104300u1 was refused for the balance, and the account held 8961.36$/],
	],
	[
		'a doubt for an answer that was only slow',
		({ microesim }) => (microesim.asked[2]!.fault = 'slow'),
		[/^shopx104400u1 is in doubt, and nothing/],
	],
	[
		'a mail that a look sends again an hour later',
		({ mails, journal }) => {
			mails.push({ ...mails[1]!, at: 500_000 });
			journal.push({ what: 'look', which: 'eSIM delivered', from: 499_000, to: 501_000 });
		},
		[/^shopx104200u1 to its buyer was mailed 2 times, and nothing/],
	],
	[
		'a mail that was noted long before a long look sends it again',
		({ mails, journal }) => {
			const { at } = mails[1]!;
			mails.push({ ...mails[1]!, at: at + 30_000 });
			journal.push({ what: 'look', which: 'eSIM delivered', from: at - 1000, to: at + 60_000 });
		},
		[/^shopx104200u1 to its buyer was mailed 2 times, and nothing/],
	],
	[
		'a second mail of a look that began after the first, while another buyer was mailed',
		({ mails, journal, runs }) => {
			const { at } = mails[1]!;
			mails.push({ ...mails[1]!, at: at + 30_000 });
			journal.push({ what: 'look', which: 'eSIM delivered', from: at - 1000, to: at + 60_000 });
			const run = { ...runs[0]!, flow: 'eSIM mail', to: at + 40_000 };
			runs.push({ ...run, id: '4', from: at, orders: ['#1044'] });
			runs.push({ ...run, id: '5', from: at + 29_000, orders: ['#1042'] });
		},
		[/^shopx104200u1 to its buyer was mailed 2 times, and nothing/],
	],
	[
		'a refusal without a reason',
		({ ledger }) => (ledger[2]!.note = 'System error'),
		[/^shopx104300u1 was refused: System error, and nothing/],
	],
	[
		'a doubt that the owner was not told of',
		({ mails }) => mails.splice(4, 1),
		[/^shopx104400u1 is in doubt, and the owner was not told$/],
	],
	[
		'a doubt without a reason',
		({ microesim }) => (microesim.asked[2]!.fault = undefined),
		[/^shopx104400u1 is in doubt, and nothing in the script explains it$/],
	],
	[
		'a paid order in doubt whose eSIM nobody has',
		({ mails }) => mails.splice(5, 1),
		[/^Order T3 is paid, and nobody has its eSIM$/],
	],
	[
		'an order that is not fulfilled',
		({ shop }) => shop.fulfilled['#1042']!.pop(),
		[/^shopx104200u2 of #1042 was fulfilled 0 times$/],
	],
	[
		'an order that is fulfilled by another',
		({ shop }) => shop.fulfilled['#1043']!.push('T1'),
		[/^#1043 was fulfilled with T1, which is not its$/],
	],
	['a note', ({ shop }) => (shop.notes['#1042'] = 'T1'), [/^The note of #1042 lacks order T2/]],
	['an execution', ({ runs }) => runs.pop(), [/^n8n took #1044 of Shopify, and has no run of it$/]],
	[
		'an execution that hangs',
		({ runs }) => (runs[0]!.status = 'running'),
		[/^Execution 1 of "Shopify order to eSIM" is "running": it hangs$/],
	],
	[
		'an execution that failed',
		({ runs }) => Object.assign(runs[0]!, { status: 'error', error: 'Something else' }),
		[/^Execution 1 of "Shopify order to eSIM" is "error": Something else/],
	],
	[
		'an execution that crashed',
		({ runs }) => (runs[0]!.status = 'crashed'),
		[/^Execution 1 .* is "crashed", and nothing in the script explains it$/],
	],
	[
		'a price that the owner was not told of',
		({ priceChanges }) => priceChanges.pop(),
		[
			/^The price of plan went from 110\.00 to 112\.88, and the owner was told: 110\.00 → 120\.00, and/,
		],
	],
	[
		'a price that was told of twice',
		({ priceChanges }) => priceChanges.push({ ...priceChanges[1]! }),
		[/^The price of plan .* told: 110\.00 → 120\.00, 120\.00 → 112\.88, 120\.00 → 112\.88, and/],
	],
	[
		'a low balance that was told of twice',
		({ mails }) => mails.push(mails[0]!),
		[/^The owner was told of the balance: low, low, and it is 11\.36, and nothing/],
	],
	[
		'a low balance that nobody was told of',
		({ mails }) => mails.shift(),
		[/^The owner was told of the balance: nothing, and it is 11\.36, and nothing/],
	],
	[
		'an alert without a reason',
		({ mails }) => (mails[0]!.subject = 'MicroeSIM balance is low: 500 HKD'),
		[/^The owner was told that 500\.00 is low$/],
	],
	[
		'something that the owner is never told',
		({ mails }) => (mails[3]!.subject = 'Hello'),
		[/owner was not told/, /^The owner was told something else: Hello$/],
	],
];

it.each(CHANGES)('finds %s', (_what, change, expected) => {
	const faults = faultsOf(change);
	expect(faults).toEqual(expected.map((words) => expect.stringMatching(words)));
});

describe('what an event explains is no fault', () => {
	const twice = (books: Books) => books.mails.push({ ...books.mails[1]!, at: 90_000 });

	it('in its moment', () => {
		const books = soundBooks();
		twice(books);
		happened(books, 'n8n is killed', 21_000);
		const { faults, explained } = audit(books);
		expect(faults).toEqual([]);
		expect(explained).toContain('shopx104200u1 to its buyer was mailed 2 times (n8n is killed)');
	});

	it('where the second had begun to be mailed before the first was noted', () => {
		const books = soundBooks();
		const { at } = books.mails[1]!;
		books.mails.push({ ...books.mails[1]!, at: at + 30_000 });
		happened(books, 'look', at - 1000, at + 60_000, 'eSIM delivered');
		const run = { ...books.runs[0]!, flow: 'eSIM mail', from: at, to: at + 40_000 };
		books.runs.push({ ...run, id: '4' });
		const { faults, explained } = audit(books);
		expect(faults).toEqual([]);
		expect(explained).toContain('shopx104200u1 to its buyer was mailed 2 times (look)');
	});

	it.each([
		['a minute later', 'n8n is killed', 80_000],
		['of another kind', 'mail server is down', 21_000],
	] as const)('but one %s explains nothing', (_when, what, at) => {
		const faults = faultsOf((books) => {
			twice(books);
			happened(books, what, at);
		});
		expect(faults).toEqual([expect.stringMatching(/mailed 2 times, and nothing/)]);
	});

	it('a price that changed on its way, by that change alone', () => {
		const changed = (which: string) =>
			faultsOf((books) => {
				books.ledger[0]!.price = 11_000;
				happened(books, 'price', 10_900, 10_900, which);
			});
		expect(changed('plan 110.00 112.88')).toEqual([]);
		expect(changed('plan 110.00 120.00')).toHaveLength(1);
	});
});
