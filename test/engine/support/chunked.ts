import { request } from 'node:http';

/** Posts a body in chunks, so that nothing says how long it is. @returns the status of the answer */
export async function postInChunks(url: string, type: string, chunks: string[]): Promise<number> {
	return await new Promise((resolve, reject) => {
		const sending = request(url, { method: 'POST', headers: { 'content-type': type } });
		sending.on('error', reject).on('response', (response) => {
			response.resume().on('end', () => resolve(response.statusCode ?? 0));
		});
		for (const chunk of chunks) sending.write(chunk);
		sending.end();
	});
}

/** The same as a multipart body of plain fields. */
export async function postForm(url: string, fields: Record<string, string>): Promise<number> {
	const parts = Object.entries(fields).map(
		([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
	);
	return await postInChunks(url, 'multipart/form-data; boundary=b', [...parts, '--b--\r\n']);
}
