import { activationCode, iosLink } from './purchase.mjs';

/** Prints an eSIM as its buyer wants it; on a terminal with its QR code. */
export async function showEsim(item, out = process.stdout) {
	const code = activationCode(item);
	const rows = [
		['Plan', item.channel_dataplan_name],
		['Order (topup_id)', item.topup_id],
		['Activation code', code],
		['iOS link', iosLink(item)],
	];
	for (const [name, value] of rows) if (value) out.write(`  ${name.padEnd(18)}${value}\n`);
	if (code && out.isTTY) out.write(`\n${await terminalQr(code)}\n`);
}

/** A QR code of half blocks, black on white whatever the terminal's colours are. */
async function terminalQr(text) {
	const { generate } = await import('lean-qr');
	const qr = generate(text);
	const lines = [];
	for (let y = -4; y < qr.size + 4; y += 2) {
		let line = '';
		for (let x = -4; x < qr.size + 4; x++)
			line += ' ▄▀█'[(qr.get(x, y) ? 2 : 0) + (qr.get(x, y + 1) ? 1 : 0)];
		lines.push(`  \x1b[107;30m${line}\x1b[0m`);
	}
	return lines.join('\n');
}
