import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** Where Create has its settings: version 1 has all of them in "Options". */
const COLLECTIONS = ['options', 'checks', 'delivery'];
const FIELDS = ['waitForDelivery', 'maximumWait', 'ifNotReady'];

/** The settings of an item of Create, whatever version of the node they were saved with. */
export function orderSettings(context: IExecuteFunctions, itemIndex: number): IDataObject {
	const settings: IDataObject = {};
	for (const name of COLLECTIONS)
		Object.assign(settings, context.getNodeParameter(name, itemIndex, {}));
	for (const name of FIELDS) {
		const value = context.getNodeParameter(name, itemIndex, null) as IDataObject[string];
		if (value !== null) settings[name] = value;
	}
	return settings;
}
