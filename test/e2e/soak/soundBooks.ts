import { OWNER, type Books, type MailSeen, type SoldOrder } from './books';
import type { Unit } from './customers';

/** Books of three buyers that agree: one has two eSIMs, one was refused, and of one order nobody knows. */
export function soundBooks(): Books {
	const units = [
		unit('#1042', 'Japan', 1),
		unit('#1042', 'Japan', 2),
		unit('#1043', 'Spain', 1),
		unit('#1044', 'Italy', 1),
	];
	const [first, second, refused, doubted] = units as [Unit, Unit, Unit, Unit];
	const orders = [sold(first, 1), sold(second, 2), sold(doubted, 3)];
	const row = ({ number, buyer, order }: Unit) => ({
		number,
		buyer,
		shopOrder: order,
		topupId: '',
		deviceId: '',
		price: 11_288 as number | undefined,
		note: '',
		isMailed: false,
	});
	const delivered = (one: Unit, order: SoldOrder) => ({
		...row(one),
		state: 'delivered',
		topupId: order.topupId,
		deviceId: order.esims[0]!.deviceId,
		isMailed: true,
	});
	return {
		shop: {
			units,
			told: ['#1042', '#1043', '#1044', '#1044'],
			fulfilled: {
				'#1042': orders.slice(0, 2).map(({ topupId }) => topupId),
				'#1043': [],
				'#1044': [],
			},
			notes: { '#1042': 'MicroeSIM order T1\nMicroeSIM order T2', '#1043': '', '#1044': '' },
		},
		microesim: {
			balance: { atOpening: 30_000, toppedUp: [5_000], atEnd: 1_136 },
			orders,
			prices: [{ plan: 'plan', atOpening: 11_000, atEnd: 11_288 }],
			asked: [
				...[first, second].map(({ number }) => asked(number, undefined)),
				asked(doubted.number, 'cutAfter'),
			],
		},
		ledger: [
			delivered(first, orders[0]!),
			delivered(second, orders[1]!),
			{ ...row(refused), state: 'refused', note: 'Insufficient balance' },
			{ ...row(doubted), state: 'in doubt' },
			{
				...row({ ...doubted, number: '', buyer: '', order: '' }),
				state: 'not asked',
				topupId: 'T3',
				deviceId: 'D3',
				price: undefined,
			},
		],
		priceChanges: [
			{ plan: 'plan', before: 11_000, after: 12_000 },
			{ plan: 'plan', before: 12_000, after: 11_288 },
		],
		mails: [
			toOwner('MicroeSIM balance is low: 11.36 HKD', ''),
			toBuyer(first, orders[0]!),
			toBuyer(second, orders[1]!),
			toOwner('eSIMs of order #1043 need you', 'Spain, unit 1: It was not bought.'),
			toOwner(
				'eSIMs of order #1044 need you',
				`It may have been bought. Look for ${doubted.number} at MicroeSIM`,
			),
			toOwner(
				'The eSIM of order T3 was not mailed',
				`Why: nobody asked. ${orders[2]!.esims[0]!.code}`,
			),
		],
		runs: ['#1042', '#1043', '#1044'].map((order, index) => ({
			id: String(index + 1),
			flow: 'Shopify order to eSIM',
			status: 'success',
			from: 10_000,
			to: 12_000,
			error: '',
			orders: [order],
		})),
		journal: [],
	};
}

const unit = (order: string, product: string, number: number): Unit => ({
	number: `shopx${order.slice(1)}00u${number}`,
	order,
	orderId: Number(order.slice(1)),
	product,
	unit: number,
	buyer: `buyer-${order.slice(1)}@shop.example`,
});

const sold = ({ number }: Unit, index: number): SoldOrder => ({
	number,
	topupId: `T${index}`,
	plan: 'plan',
	cost: 11_288,
	bookedAt: 11_000,
	esims: [{ deviceId: `D${index}`, code: `LPA:1$rsp.simulator.example$${index}${index}${index}` }],
});

const asked = (number: string, fault: string | undefined) => ({
	number,
	at: 11_000,
	fault,
	status: 200,
});

const toBuyer = ({ buyer }: Unit, { esims }: SoldOrder): MailSeen => ({
	to: buyer,
	subject: 'Your eSIM',
	text: `Type ${esims[0]!.code} by hand`,
	code: esims[0]!.code,
	at: 20_000,
});

const toOwner = (subject: string, text: string): MailSeen => ({
	to: OWNER,
	subject,
	text,
	code: undefined,
	at: 20_000,
});
