import { zlibSync } from 'fflate/browser';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const GREYSCALE = 0;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
	let value = index;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Buffer {
	const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const crc = Buffer.alloc(4);
	crc.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, crc]);
}

/** What a row of pixels is told by (PNG specification, section 9): itself, or by what differs from the row above. */
const FILTER_NONE = 0;
const FILTER_UP = 2;

/**
 * A square black-and-white picture as a PNG file, one bit per pixel. Written here because the libraries
 * for it build on `node:zlib`, which community nodes may not use.
 *
 * @param size pixels per side
 * @param rowAt the pixels of row y, packed: eight in a byte, the left one highest, 1 is white. The same array for the
 *   same pixels as in the row above makes the picture small, and fast to write
 * @see PNG specification, third edition, sections 5 and 11.2
 */
export function writePng(size: number, rowAt: (y: number) => Uint8Array): Buffer {
	const rowBytes = 1 + Math.ceil(size / 8);
	const rows = new Uint8Array(rowBytes * size);
	let above: Uint8Array | undefined;
	for (let y = 0; y < size; y++) {
		const row = rowAt(y);
		rows[y * rowBytes] = row === above ? FILTER_UP : FILTER_NONE;
		// against an equal row nothing differs: zeros, as they are
		if (row !== above) rows.set(row, y * rowBytes + 1);
		above = row;
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(size, 0);
	header.writeUInt32BE(size, 4);
	header.set([1, GREYSCALE, 0, 0, 0], 8);
	return Buffer.concat([
		Buffer.from(SIGNATURE),
		chunk('IHDR', header),
		chunk('IDAT', zlibSync(rows)),
		chunk('IEND', new Uint8Array()),
	]);
}
