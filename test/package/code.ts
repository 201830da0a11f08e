import ts from 'typescript';

const parse = (text: string) =>
	ts.createSourceFile('code.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);

function walk(node: ts.Node, visit: (node: ts.Node) => 'deeper' | 'enough'): void {
	if (visit(node) === 'deeper') ts.forEachChild(node, (child) => walk(child, visit));
}

const isRequire = (called: ts.Expression) =>
	called.kind === ts.SyntaxKind.ImportKeyword ||
	(ts.isIdentifier(called) && /^(__)?require$/.test(called.text)) ||
	(ts.isPropertyAccessExpression(called) && called.expression.getText() === 'require');

/**
 * Names of the modules that JavaScript asks for, in whatever way; what is not a plain name stands in <brackets>.
 */
export function requiredBy(text: string): string[] {
	const names: string[] = [];
	const add = (from: ts.Node | undefined) =>
		names.push(from && ts.isStringLiteralLike(from) ? from.text : `<${from?.getText() ?? ''}>`);
	walk(parse(text), (node) => {
		if (ts.isCallExpression(node) && isRequire(node.expression)) add(node.arguments[0]);
		if (ts.isImportDeclaration(node)) add(node.moduleSpecifier);
		if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node.moduleSpecifier);
		return 'deeper';
	});
	return names;
}

/** Shorter ones may well be written twice. */
const LONG = 60;

/** Functions that esbuild puts into each file that needs them begin so. */
const OF_ESBUILD = /^__/;

/**
 * The functions of some JavaScript, without what differs where a bundler puts the same one into two files: blanks, the
 * numbers it adds to names, and what a name is imported from.
 */
export function functionsOf(text: string): Set<string> {
	const functions = new Set<string>();
	walk(parse(text), (node) => {
		if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return 'deeper';
		const { parent } = node;
		if (ts.isVariableDeclaration(parent) && OF_ESBUILD.test(parent.name.getText())) return 'enough';
		const bare = node
			.getText()
			.replace(/\bimport_chunk_\w+\.|\s+/g, '')
			.replace(/([A-Za-z_$])\d+\b/g, '$1');
		if (bare.length >= LONG) functions.add(bare);
		return 'deeper';
	});
	return functions;
}

/** The functions that stand in more than one of these files, each with the names of these. */
export function writtenTwice(files: Array<[name: string, text: string]>): string[] {
	const places = new Map<string, string[]>();
	for (const [name, text] of files) {
		for (const code of functionsOf(text)) places.set(code, [...(places.get(code) ?? []), name]);
	}
	return [...places]
		.filter(([, names]) => names.length > 1)
		.map(([code, names]) => `${names.join(', ')}: ${code.slice(0, 80)}`);
}
