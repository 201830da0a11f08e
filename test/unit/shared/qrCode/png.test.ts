import fc from 'fast-check';
import { PNG } from 'pngjs';

import { writePng } from '../../../../nodes/Microesim/shared/qrCode/png';

describe('a picture as a PNG file', () => {
	it('has every pixel where it belongs, at any width, also where the last byte of a row is not full', () => {
		const pictures = fc.integer({ min: 1, max: 35 }).chain((size) =>
			fc.record({
				size: fc.constant(size),
				dark: fc.array(fc.boolean(), { minLength: size * size, maxLength: size * size }),
			}),
		);
		fc.assert(
			fc.property(pictures, ({ size, dark }) => {
				const { width, height, data } = PNG.sync.read(
					writePng(size, (x, y) => dark[y * size + x]!),
					{ checkCRC: true },
				);
				expect([width, height]).toEqual([size, size]);
				const seen = Array.from({ length: size * size }, (_, at) => data[4 * at] === 0);
				expect(seen).toEqual(dark);
			}),
		);
	});

	it('begins with the signature of PNG and ends with IEND', () => {
		const file = writePng(3, () => true);
		expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
		expect(file.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
	});
});
