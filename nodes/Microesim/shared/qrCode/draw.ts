import { correction, generate, type Bitmap2D, type Correction } from 'lean-qr';

import { writePng } from './png';

/** How much of the picture may be damaged before it can no longer be read (ISO/IEC 18004). */
export type ErrorCorrection = 'L' | 'M' | 'Q' | 'H';

/** Modules of white around the code; scanners rely on 4 (ISO/IEC 18004, section 6.3.8). */
const QUIET_ZONE = 4;

/**
 * Draws a QR code on white, on this machine: an activation code is worth money and is sent to nobody.
 *
 * @param text what the code holds
 * @param size pixels per side; each module gets the same whole number of them, what is left over widens
 *   the quiet zone
 * @returns a PNG file
 * @throws Error with a sentence for people when the code does not fit the size
 */
export function drawQrCode(text: string, size: number, errorCorrection: ErrorCorrection): Buffer {
	const level = correction[errorCorrection];
	const code = encode(text, level);
	const scale = Math.floor(size / (code.size + 2 * QUIET_ZONE));
	if (scale < 1) {
		throw new Error(
			`This QR code needs at least ${code.size + 2 * QUIET_ZONE} pixels per side, but "Size" is ${size}. Set it to 300 or more.`,
		);
	}
	const margin = Math.floor((size - code.size * scale) / 2);
	const module = (pixel: number) => Math.floor((pixel - margin) / scale);
	const white = new Uint8Array(Math.ceil(size / 8)).fill(0xff);
	const rows = Array.from({ length: code.size }, (_, y) => {
		const row = white.slice();
		for (let x = margin; x < margin + code.size * scale; x++) {
			if (code.get(module(x), y)) row[x >> 3]! &= ~(0x80 >> (x & 7));
		}
		return row;
	});
	return writePng(size, (y) => rows[module(y)] ?? white);
}

function encode(text: string, level: Correction): Bitmap2D {
	try {
		return generate(text, { minCorrectionLevel: level, maxCorrectionLevel: level });
	} catch {
		return tooLong(text);
	}
}

function tooLong(text: string): never {
	throw new Error(
		`A QR code cannot hold ${text.length} characters. Choose a lower "Error Correction", or check the activation code.`,
	);
}
