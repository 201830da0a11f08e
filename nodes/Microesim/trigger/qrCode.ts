import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { activationCodeOrNull } from '../shared/answers/activationCode';
import { textOrNull } from '../shared/answers/text';
import { drawQrCode } from '../shared/qrCode/draw';

const PIXELS = 400;

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
	const code = activationCodeOrNull(textOrNull(item.json.lpa_str));
	const fileName = `esim-${(textOrNull(item.json.device_id) ?? '').replace(/[^\w-]/g, '')}.png`;
	try {
		if (code === null) throw new Error('its activation code does not fit the grammar');
		const picture = await context.helpers.prepareBinaryData(
			drawQrCode(code.lpa_string, PIXELS, 'M'),
			fileName,
			'image/png',
		);
		return { ...item, binary: { [field]: picture } };
	} catch (error) {
		const { name } = context.getNode();
		const reason = (error as Error).message;
		context.logger.warn(`MicroeSIM Trigger "${name}" made no QR code for ${fileName}: ${reason}`);
		return item;
	}
}
