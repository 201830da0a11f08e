/** True for 127.0.0.0/8, ::1 (bare or in brackets) and localhost. */
export function isLoopbackHost(host: string): boolean {
	return (
		host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
	);
}

/** Why the simulator will not push to `url`, or undefined when it may: only plain http to this machine. */
export function addressProblem(url: string): string | undefined {
	if (!URL.canParse(url)) return 'not an address: nothing was sent';
	const { protocol, hostname } = new URL(url);
	if (protocol !== 'http:') return 'not an http address: nothing was sent';
	return isLoopbackHost(hostname) ? undefined : 'not a loopback address: nothing was sent';
}
