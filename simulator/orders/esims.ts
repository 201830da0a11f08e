import { drawFrom, type Draw } from '../random';
import type { Esim } from './order';

/** Reserved names (RFC 2606): nothing answers there. */
const SMDP_HOSTS = [
	'rsp.simulator.example',
	'rsp-eu.simulator.example',
	'smdp-plus.simulator.example',
] as const;
const FILES_HOST = 'files.simulator.example';

const INSTALL_PATH = 'esim_qrcode_provisioning?carddata=';

/** Makes eSIM number `position` of order number `orderIndex`; the same for the same seed (API document: topupDetail). */
export function makeEsim(seed: number, orderIndex: number, position: number): Esim {
	const draw = drawFrom(seed, 'esim', orderIndex, position);
	const deviceId = `90000${draw.digits(6)}${String((orderIndex * 101 + position) % 100_000).padStart(5, '0')}`;
	const host = draw.pick(SMDP_HOSTS);
	const lpa = `LPA:1$${host}$${draw.hex(32).toUpperCase()}`;
	return {
		device_id: deviceId,
		lpa_str: lpa,
		qrcode: `https://${FILES_HOST}/files/9999-${deviceId}`,
		ios_esim_install_link: `https://esimsetup.apple.com/${INSTALL_PATH}${lpa}`,
		android_esim_install_link: `https://esimsetup.android.com/${INSTALL_PATH}${lpa}`,
		msisdn: `4822222${draw.digits(5)}`,
		cf_code: orderIndex % 3 === 0 ? `000${draw.digits(3)}` : '',
		eid: `89033023${draw.digits(24)}`,
		operator_iccid: iccid(draw),
		downloadAfterMs: draw.int(3 * 60, 10 * 60) * 1000,
		kilobytesPerHour: draw.int(20_000, 160_000),
	};
}

/** 19 digits with their Luhn check digit. */
function iccid(draw: Draw): string {
	const body = `8985203${draw.digits(11)}`;
	const sum = [...body].reverse().reduce((total, digit, i) => {
		const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return body + ((10 - (sum % 10)) % 10);
}
