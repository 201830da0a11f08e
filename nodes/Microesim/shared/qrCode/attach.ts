import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	IWebhookFunctions,
} from 'n8n-workflow';

import { activationCodeOrNull } from '../answers/activationCode';
import { textOrNull } from '../answers/text';
import { log } from '../log';
import { drawQrCode } from './draw';

const PIXELS = 400;

/** Wherever n8n takes files. */
type Drawing = IExecuteFunctions | IWebhookFunctions;

export const qrCodeOption: INodeProperties = {
	displayName: 'Put QR Code in Field',
	name: 'qrCodeField',
	type: 'string',
	default: 'data',
	hint: 'The name of the output binary field to put the picture in',
	description:
		'Adds the QR code of each eSIM as a PNG picture, drawn here and named esim-[device_id].png. An item with several eSIMs gets a field for each: data_0, data_1 and so on.',
};

/**
 * Adds the QR code of an eSIM to its item, where the option asks for it. An eSIM must not be lost because its
 * picture could not be made: then the item goes on without it, and n8n's log says why.
 */
export async function withQrCode(
	context: IExecuteFunctions,
	item: INodeExecutionData,
	field: string,
): Promise<INodeExecutionData> {
	if (field === '') return item;
	const picture = await pictureOf(context, item.json);
	return picture ? { ...item, binary: { ...item.binary, [field]: picture } } : item;
}

/** An item of eSIMs that may not be ready yet, with the pictures of those that are. */
export async function withQrCodes(
	context: Drawing,
	json: IDataObject,
	field: string,
): Promise<{ json: IDataObject; binary?: IBinaryKeyData }> {
	if (field === '') return { json };
	const isList = Array.isArray(json.esims);
	const esims = isList ? (json.esims as IDataObject[]) : [json];
	const binary: IBinaryKeyData = {};
	for (const [index, esim] of esims.entries()) {
		if (textOrNull(esim.lpa_str) === null) continue;
		const picture = await pictureOf(context, esim);
		if (picture) binary[isList ? `${field}_${index}` : field] = picture;
	}
	return Object.keys(binary).length > 0 ? { json, binary } : { json };
}

async function pictureOf(
	context: Drawing,
	{ lpa_str, device_id }: IDataObject,
): Promise<IBinaryData | undefined> {
	const code = activationCodeOrNull(textOrNull(lpa_str));
	const fileName = `esim-${(textOrNull(device_id) ?? '').replace(/[^\w-]/g, '')}.png`;
	try {
		if (code === null) throw new Error('its activation code does not fit the grammar');
		const picture = drawQrCode(code.lpa_string, PIXELS, 'M');
		return await context.helpers.prepareBinaryData(picture, fileName, 'image/png');
	} catch (error) {
		const { name } = context.getNode();
		const reason = (error as Error).message;
		log(context, 'warn', `"${name}" made no QR code for ${fileName}: ${reason}`);
		return undefined;
	}
}
