import { takeAway, useWatchDesk } from './support';

/** Which plans are watched, and what becomes of those that come into it or leave it. */

const { bench, onSale, watching } = useWatchDesk();

const idsOf = () => onSale().map(({ channel_dataplan_id }) => channel_dataplan_id);

it.each([
	[
		'name',
		{ nameContains: 'Zembla' },
		{ channel_dataplan_name: 'Zembla' },
		{ channel_dataplan_name: 'Zbl' },
	],
	['countries', { countryCodes: 'XZ' }, { code: 'JP,XZ' }, { code: 'JP' }],
] as const)(
	'a plan that leaves what is watched by %s has changed, and is not gone',
	async (watch, given, at, then) => {
		const [plan] = onSale();
		Object.assign(plan!, at);
		const watched = await watching({ watch, ...given });
		Object.assign(plan!, then);
		expect(await watched.told(3)).toEqual([['plan_changed', plan!.channel_dataplan_id]]);
	},
);

describe('a plan that is missing while an ID is added', () => {
	const events = ['plan_gone', 'plan_back', 'new_plan'];

	it('is told as gone', async () => {
		const [one, other, third] = idsOf();
		const watch = await watching({ events, watch: 'ids', planIds: `${one}\n${other}` });
		takeAway(bench.simulator, ({ channel_dataplan_id }) => channel_dataplan_id === one);
		expect(await watch.poll()).toBeNull();
		watch.change({ planIds: `${one}\n${other}\n${third}` });
		expect(await watch.told(3)).toEqual([['plan_gone', one]]);
	});

	it('is told as back, where it was gone', async () => {
		const [one, other, third] = idsOf();
		const watch = await watching({ events, watch: 'ids', planIds: `${one}\n${other}` });
		const giveBack = takeAway(
			bench.simulator,
			({ channel_dataplan_id }) => channel_dataplan_id === one,
		);
		expect(await watch.told(2)).toEqual([['plan_gone', one]]);
		watch.change({ planIds: `${one}\n${other}\n${third}` });
		expect(await watch.poll()).toBeNull();
		giveBack();
		expect(await watch.told(2)).toEqual([['plan_back', one]]);
	});
});

it.each(['Japan, 7 days', 'Asia;Pacific', 'USA | Canada', 'Japan  5GB'])(
	'a name is found as it is written: %j',
	async (nameContains) => {
		const [plan] = onSale();
		plan!.channel_dataplan_name = `X ${nameContains} Y`;
		const watch = await watching({ watch: 'name', nameContains });
		plan!.price = '1.23';
		expect(await watch.told(1)).toEqual([['plan_price', plan!.channel_dataplan_id]]);
	},
);

it('another choice of plans tells no more than Most Changes at Once', async () => {
	const watch = await watching({ options: { mostChanges: 20 } });
	for (const plan of onSale()) plan.price = '1.23';
	watch.change({
		watch: 'countries',
		countryCodes: onSale()
			.map(({ code }) => code)
			.join(),
	});
	expect(await watch.poll()).toMatchObject([{ event: 'too_many_changes' }]);
});
