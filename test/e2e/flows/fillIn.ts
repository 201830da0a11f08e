import type { INode } from 'n8n-workflow';

/** What a person types into the fields of "Fill In", by name. */
export type Values = Record<string, string | number | boolean>;

/** What the examples have in the place of a shop's own words, and those of the shop in the tests. */
const PLACEHOLDERS: Array<[RegExp, string]> = [
	[/your-shop\.example/g, 'shop.example'],
	[/your-n8n\.example/g, 'n8n.shop.example'],
	[/your-shop/g, 'example-shop'],
	[/Your Shop/g, 'Example Shop'],
	[/yyyy-mm-dd/g, '2026-01-01'],
];

const withoutPlaceholders = (text: string): string =>
	PLACEHOLDERS.reduce((all, [placeholder, word]) => all.replace(placeholder, word), text);

interface Field {
	name: string;
	value: string | number | boolean;
}

interface Filled {
	parameters: { assignments: { assignments: Field[] } };
}

/**
 * An edit by which a person fills in the node "Fill In"; what he does not name gets the words of the tests' shop in
 * the place of the example's. Throws where it has no such field.
 */
export const filledIn =
	(values: Values = {}) =>
	(node: INode): INode => {
		if (node.name !== 'Fill In') return node;
		const { parameters } = structuredClone(node) as unknown as Filled;
		const fields = parameters.assignments.assignments;
		for (const field of fields) {
			if (typeof field.value === 'string') field.value = withoutPlaceholders(field.value);
		}
		for (const [name, value] of Object.entries(values)) {
			const field = fields.find((one) => one.name === name);
			if (!field) throw new Error(`"Fill In" has no field "${name}".`);
			field.value = value;
		}
		return { ...node, parameters: parameters as unknown as INode['parameters'] };
	};

/** An edit that leaves one field of "Fill In" as the example has it. */
export const notFilledIn = filledIn({ owner_address: 'owner@your-shop.example' });

/** An edit by which a person adds languages to the node "Texts". @param added their texts, by language */
export const withTexts =
	(added: Record<string, Record<string, unknown>>) =>
	(node: INode): INode => {
		if (node.name !== 'Texts') return node;
		const texts = JSON.parse(node.parameters.jsonOutput as string) as object;
		const jsonOutput = JSON.stringify({ ...texts, ...added });
		return { ...node, parameters: { ...node.parameters, jsonOutput } };
	};
