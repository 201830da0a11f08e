import { refuse, success, type Answer } from '../answers';
import { chinaLongTime } from '../formats';
import { OWN_REFUSALS } from '../ownAnswers';
import type { ProcessingShape } from '../types';
import { findOrder, isReady, type World } from '../world';
import type { Esim, Order } from './order';

const ROTATION = [
	'msg',
	'status',
	'emptyLists',
	'emptyStrings',
	'scalars',
	'notFound',
] as const satisfies readonly ProcessingShape[];

/** The parallel lists, in the document's order, and the eSIM field each one lists. */
const LISTS = {
	device_ids: 'device_id',
	lpa_str: 'lpa_str',
	qrcode: 'qrcode',
	ios_esim_install_link: 'ios_esim_install_link',
	android_esim_install_link: 'android_esim_install_link',
	msisdn: 'msisdn',
	cf_code: 'cf_code',
} as const satisfies Record<string, keyof Esim>;

/** topupDetail: the order's eSIMs as parallel lists, or one of the shapes seen in the field while they are being made. */
export function orderDetail(world: World, fields: Record<string, string>): Answer {
	if (!fields.topup_id) return refuse(OWN_REFUSALS.parameterMissing);
	const order = findOrder(world, fields.topup_id);
	if (!order) return refuse(OWN_REFUSALS.notFound);
	if (isReady(world, order)) return success(finished(order, world.settings.readyAs === 'scalars'));
	const wanted = world.settings.processingShape;
	const shape = wanted === 'rotate' ? ROTATION[order.timesAsked % ROTATION.length]! : wanted;
	order.timesAsked += 1;
	return processing(order, shape);
}

function finished(order: Order, scalars: boolean): Record<string, unknown> {
	const lists = mapLists((field) => {
		const values = order.esims.map((esim) => esim[field]);
		return scalars && values.length === 1 ? values[0] : values;
	});
	const extras = {
		status: 'Success',
		operator_iccids: order.esims.map((esim) => esim.operator_iccid),
		apn: order.plan.apn,
	};
	return { ...head(order, order.number), ...lists, ...(order.withExtras ? extras : {}) };
}

function processing(order: Order, shape: Exclude<ProcessingShape, 'rotate'>): Answer {
	const none = head(order, 0);
	const last = order.esims.at(-1)!;
	const withIds = (others: (field: keyof Esim) => unknown) =>
		success(
			{
				...head(order, 1),
				...mapLists((field) =>
					field === 'device_id' ? order.esims.map(({ device_id }) => device_id) : others(field),
				),
			},
			'Processing',
		);
	switch (shape) {
		case 'msg':
			return success(none, 'Processing');
		case 'status':
			return success({ ...none, status: 'Processing' });
		case 'emptyLists':
			return success({ ...none, ...mapLists(() => []) });
		case 'emptyStrings':
			return success({ ...none, ...mapLists(() => order.esims.map(() => '')) });
		case 'scalars':
			return success({ ...none, ...mapLists(() => '') });
		case 'notFound':
			return refuse(OWN_REFUSALS.notFound);
		case 'fewCodes':
			return withIds((field) => [last[field]]);
		case 'oneCode':
			return withIds((field) => last[field]);
		case 'sameCode':
			return withIds((field) => order.esims.map(() => last[field]));
		case 'partial': {
			const made = order.number - 1;
			return success({
				...head(order, made),
				...mapLists((field) =>
					order.esims.map((esim, i) => (i < made || field === 'device_id' ? esim[field] : '')),
				),
			});
		}
	}
}

function head(order: Order, successNumber: number): Record<string, unknown> {
	return {
		topup_id: order.topup_id,
		number: order.number,
		channel_dataplan_id: order.channel_dataplan_id,
		channel_dataplan_name: order.plan.channel_dataplan_name,
		success_number: successNumber,
		create_time: chinaLongTime(order.bookedAt),
		type: 'esim',
	};
}

function mapLists(
	value: (field: (typeof LISTS)[keyof typeof LISTS]) => unknown,
): Record<string, unknown> {
	return Object.fromEntries(Object.entries(LISTS).map(([list, field]) => [list, value(field)]));
}
