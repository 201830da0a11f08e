import fc from 'fast-check';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

import { drawQrCode, type ErrorCorrection } from '../../../../nodes/Microesim/shared/qrCode/draw';
import { codeOf, codeParts } from '../../support/arbitraries';

const LEVELS: ErrorCorrection[] = ['L', 'M', 'Q', 'H'];
const CODE = 'LPA:1$rsp-eu.simlessly.com$580FFE02FFEE57965B6EECA132DA088D';

/** What any scanner sees: the picture, opened by a library of others. */
function open(file: Buffer) {
	const { width, height, data } = PNG.sync.read(file);
	const isDark = (x: number, y: number) => data[4 * (y * width + x)]! < 128;
	const text = jsQR(new Uint8ClampedArray(data), width, height)?.data;
	return { width, height, data, isDark, text };
}

/** The box around everything dark, and the width of one module: a finder pattern is 7 of them wide. */
function measure({ width, height, isDark }: ReturnType<typeof open>) {
	let [left, top, right, bottom] = [width, height, -1, -1];
	for (let y = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			if (!isDark(x, y)) continue;
			[left, top, right, bottom] = [
				Math.min(left, x),
				Math.min(top, y),
				Math.max(right, x),
				Math.max(bottom, y),
			];
		}
	}
	let run = 0;
	while (isDark(left + run, top)) run++;
	return { left, top, right, bottom, module: run / 7 };
}

describe('a QR code', () => {
	it('is read back by a scanner: any activation code, size and error correction', () => {
		fc.assert(
			fc.property(
				codeParts,
				fc.integer({ min: 250, max: 420 }),
				fc.constantFrom(...LEVELS),
				(parts, size, level) => {
					const picture = open(drawQrCode(codeOf(parts), size, level));
					expect([picture.width, picture.height]).toEqual([size, size]);
					expect(picture.text).toBe(codeOf(parts));
				},
			),
			{ numRuns: 20 },
		);
	});

	it('is square modules on white with at least 4 of them around it, at any size', () => {
		fc.assert(
			fc.property(fc.integer({ min: 80, max: 320 }), fc.constantFrom(...LEVELS), (size, level) => {
				const { left, top, right, bottom, module } = measure(open(drawQrCode(CODE, size, level)));
				expect(Number.isInteger(module)).toBe(true);
				expect(right - left).toBe(bottom - top);
				expect(((right - left + 1) / module - 17) % 4).toBe(0);
				for (const margin of [left, top, size - 1 - right, size - 1 - bottom]) {
					expect(margin).toBeGreaterThanOrEqual(4 * module);
				}
			}),
			{ numRuns: 25 },
		);
	});

	it('fills the size as well as whole pixels allow, and stands in the middle', () => {
		for (const size of [100, 137, 401]) {
			const { left, right, module } = measure(open(drawQrCode(CODE, size, 'M')));
			const modules = (right - left + 1) / module;
			expect((module + 1) * (modules + 8)).toBeGreaterThan(size);
			expect(Math.abs(left - (size - 1 - right))).toBeLessThanOrEqual(1);
		}
	});

	it('is black on white and opaque, nothing else', () => {
		const { data } = open(drawQrCode(CODE, 120, 'M'));
		const pixels = new Set<string>();
		for (let at = 0; at < data.length; at += 4) pixels.add([...data.subarray(at, at + 4)].join());
		expect([...pixels].sort()).toEqual(['0,0,0,255', '255,255,255,255']);
	});

	it('holds as much error correction as was asked for: it still reads with a part of it painted over', () => {
		const { width, height, data, isDark } = open(drawQrCode(CODE, 400, 'H'));
		const { left, right, module } = measure({ width, height, data, isDark, text: undefined });
		const middle = Math.round((left + right) / 2);
		const half = Math.round(((right - left) * 0.3) / 2);
		const painted = new Uint8ClampedArray(data);
		for (let y = middle - half; y <= middle + half; y++) {
			for (let x = middle - half; x <= middle + half; x++)
				painted.fill(255, 4 * (y * width + x), 4 * (y * width + x) + 3);
		}
		expect(module).toBeGreaterThan(1);
		expect(jsQR(painted, width, height)?.data).toBe(CODE);
	});

	it('is refused with the size it needs when it does not fit', () => {
		let needed = 0;
		for (let size = 1; needed === 0; size++) {
			try {
				drawQrCode(CODE, size, 'H');
				needed = size;
			} catch (error) {
				expect((error as Error).message).toMatch(
					/needs at least \d+ pixels per side, but "Size" is/,
				);
			}
		}
		expect(() => drawQrCode(CODE, needed - 1, 'H')).toThrow(`needs at least ${needed} pixels`);
		expect((needed - 8 - 17) % 4).toBe(0);
		for (const size of [0, 1, 20]) expect(() => drawQrCode(CODE, size, 'L')).toThrow('"Size"');
	});

	it('is refused with a sentence for people when no QR code holds so much', () => {
		expect(() => drawQrCode(`LPA:1$a.example$${'A'.repeat(4300)}`, 2000, 'H')).toThrow(
			expect.objectContaining({
				message: expect.not.stringContaining('lean-qr') as string,
			}) as Error,
		);
	});
});
