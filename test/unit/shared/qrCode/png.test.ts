import fc from 'fast-check';
import { PNG } from 'pngjs';

import { writePng } from '../../../../nodes/Microesim/shared/qrCode/png';

/** Few rows, so that the same one often stands below itself. */
const pictures = fc.integer({ min: 1, max: 35 }).chain((size) => {
	const row = fc.array(fc.boolean(), { minLength: size, maxLength: size });
	return fc
		.array(row, { minLength: 1, maxLength: 3 })
		.chain((rows) => fc.array(fc.constantFrom(...rows), { minLength: size, maxLength: size }));
});

function packed(row: boolean[]): Uint8Array {
	const bytes = new Uint8Array(Math.ceil(row.length / 8));
	row.forEach((isDark, x) => {
		if (!isDark) bytes[x >> 3]! |= 0x80 >> (x & 7);
	});
	return bytes;
}

describe('a picture as a PNG file', () => {
	it('has every pixel where it belongs, at any width, also where the last byte of a row is not full', () => {
		fc.assert(
			fc.property(pictures, (picture) => {
				const bytes = new Map(picture.map((row) => [row, packed(row)]));
				const { width, height, data } = PNG.sync.read(
					writePng(picture.length, (y) => bytes.get(picture[y]!)!),
					{ checkCRC: true },
				);
				expect([width, height]).toEqual([picture.length, picture.length]);
				const seen = Array.from({ length: width * height }, (_, at) => data[4 * at] === 0);
				expect(seen).toEqual(picture.flat());
			}),
		);
	});

	it('begins with the signature of PNG and ends with IEND', () => {
		const file = writePng(3, () => new Uint8Array(1));
		expect(file.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
		expect(file.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
	});
});
