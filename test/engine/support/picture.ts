import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** What a camera sees of a QR code. */
export interface Picture {
	width: number;
	height: number;
	text: string | undefined;
	/** Pixels per module. */
	module: number;
	/** White modules on the left, top, right and bottom. */
	margins: number[];
	/** L, M, Q or H, as the picture itself says. */
	level: string | undefined;
	/** Pixels that are neither opaque black nor opaque white. */
	otherPixels: number;
}

/** The first two bits of the format information (ISO/IEC 18004, 7.9), once its mask 10… is taken off. */
const LEVELS: Record<string, string> = { '01': 'L', '00': 'M', '11': 'Q', '10': 'H' };

export function look(file: Buffer): Picture {
	const { width, height, data } = PNG.sync.read(file);
	const isDark = (x: number, y: number) => data[(y * width + x) * 4] === 0;
	let [left, right, top, bottom] = [width, 0, height, 0];
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if (!isDark(x, y)) continue;
			[left, right] = [Math.min(left, x), Math.max(right, x)];
			[top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
		}
	}
	let run = 0;
	while (isDark(left + run, top)) run++;
	const module = run / 7;
	const centre = (start: number, index: number) => start + Math.floor((index + 0.5) * module);
	const bit = (column: number) => Number(isDark(centre(left, column), centre(top, 8)));
	const level = `${bit(0) ^ 1}${bit(1) ^ 0}`;
	let otherPixels = 0;
	for (let i = 0; i < data.length; i += 4) {
		const [red, green, blue, alpha] = [data[i], data[i + 1], data[i + 2], data[i + 3]];
		if (alpha !== 255 || red !== green || red !== blue || (red !== 0 && red !== 255)) otherPixels++;
	}
	return {
		width,
		height,
		text: jsQR(new Uint8ClampedArray(data), width, height)?.data,
		module,
		margins: [left, top, width - 1 - right, height - 1 - bottom].map((pixels) => pixels / module),
		level: LEVELS[level],
		otherPixels,
	};
}
