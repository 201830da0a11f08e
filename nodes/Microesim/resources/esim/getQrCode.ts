import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { parseActivationCode, type ActivationCode } from '../../shared/answers/activationCode';
import { flat } from '../../shared/answers/flat';
import { asText, kindOf } from '../../shared/answers/text';
import { refusal } from '../../shared/errors/refusal';
import { onOrOff, optionText, optionsOf, requiredText, wholeNumber } from '../../shared/parameters';
import { drawQrCode, type ErrorCorrection } from '../../shared/qrCode/draw';
import { isVersion1 } from '../../shared/versions';
import type { Operation } from '../operation';

const DEFAULT_SIZE = 400;
const SIZES: [number, number] = [100, 2000];
const LEVELS: readonly string[] = ['L', 'M', 'Q', 'H'];

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Error Correction',
			name: 'errorCorrection',
			type: 'options',
			options: [
				{ name: 'High (30%)', value: 'H', description: 'For a picture with a logo or on paper' },
				{ name: 'Low (7%)', value: 'L' },
				{ name: 'Medium (15%)', value: 'M', description: 'Right for screens and mails' },
				{ name: 'Quartile (25%)', value: 'Q' },
			],
			default: 'M',
			description: 'How much of the picture may be damaged before it can no longer be read',
		},
		{
			displayName: 'File Name',
			name: 'fileName',
			type: 'string',
			default: 'esim.png',
			description: 'Name of the PNG file',
		},
		{
			displayName: 'Include Input Fields',
			name: 'includeInputFields',
			type: 'boolean',
			default: true,
			description:
				'Whether to keep the fields and files of the input item beside the picture, such as the address to mail it to',
		},
		{
			displayName: 'Put Output File in Field',
			name: 'outputField',
			type: 'string',
			default: 'data',
			hint: 'The name of the output binary field to put the file in',
			description: 'The binary field that mail nodes attach',
		},
		{
			displayName: 'Size',
			name: 'size',
			type: 'number',
			typeOptions: { minValue: SIZES[0], maxValue: SIZES[1] },
			default: DEFAULT_SIZE,
			description: 'Width and height of the picture in pixels',
		},
	],
};

export const getQrCode: Operation = {
	name: 'Get QR Code',
	value: 'getQrCode',
	action: 'Get eSIM QR code',
	subtitle: 'Draw QR code',
	description:
		'Draw the QR code of an activation code as a PNG picture. It is drawn here; nothing is sent anywhere.',
	fields: [
		{
			displayName: 'Activation Code',
			name: 'activationCode',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. LPA:1$smdp.example.com$ABCD-1234',
			description: 'The lpa_str of the eSIM, from Order → Get',
		},
		optionsField,
	],
	async execute(context, itemIndex) {
		const code = readCode(context, itemIndex);
		const options = optionsOf(context, itemIndex);
		const { outputField, fileName } = options;
		const field = optionText(context, outputField, 'Put Output File in Field', itemIndex) ?? 'data';
		const name = optionText(context, fileName, 'File Name', itemIndex) ?? 'esim.png';
		const picture = draw(context, code.lpa_string, options, itemIndex);
		const file = await context.helpers.prepareBinaryData(picture, name, 'image/png');
		const nested = { lpa_str: code.lpa_string, activation_code: code as unknown as IDataObject };
		const drawn = isVersion1(context) ? nested : flat(nested);
		const { includeInputFields = false } = options;
		const keeps = onOrOff(context, includeInputFields, 'Include Input Fields', itemIndex);
		if (!keeps) return [{ json: drawn, binary: { [field]: file } }];
		const { json, binary } = context.getInputData()[itemIndex]!;
		return [{ json: { ...json, ...drawn }, binary: { ...binary, [field]: file } }];
	},
};

function readCode(context: IExecuteFunctions, itemIndex: number): ActivationCode {
	const text = requiredText(context, 'activationCode', 'Activation Code', itemIndex);
	try {
		return parseActivationCode(text);
	} catch (error) {
		throw refusal(
			context,
			itemIndex,
			`The field "Activation Code" cannot be used. ${(error as Error).message}`,
			'Pass the lpa_str of the eSIM as it came from Order → Get.',
		);
	}
}

function draw(
	context: IExecuteFunctions,
	text: string,
	options: IDataObject,
	itemIndex: number,
): Buffer {
	const { size = DEFAULT_SIZE, errorCorrection = 'M' } = options;
	const pixels = wholeNumber(context, size, 'Size', SIZES, itemIndex);
	if (!LEVELS.includes(asText(errorCorrection))) {
		throw refusal(
			context,
			itemIndex,
			`The option "Error Correction" must be one of ${LEVELS.join(', ')}, but is "${kindOf(errorCorrection)}"`,
		);
	}
	try {
		return drawQrCode(text, pixels, errorCorrection as ErrorCorrection);
	} catch (error) {
		throw refusal(context, itemIndex, (error as Error).message);
	}
}
