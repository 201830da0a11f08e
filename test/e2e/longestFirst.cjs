const { default: Sequencer } = require('@jest/test-sequencer');

/** What takes minutes, so that the last minutes have work for both cores; a fresh clone knows no times of its own. */
const LONGEST = [
	'soak/soak',
	'queue/esims',
	'queue/orders',
	'secrets/secrets',
	'editor/examples',
	'queue/ledger',
	'queue/kept',
	'flows/shopify',
	'e2e/watch',
	'e2e/receiving',
	'e2e/once',
];

const rank = ({ path }) => {
	const index = LONGEST.findIndex((name) => path.endsWith(`${name}.test.ts`));
	return index < 0 ? LONGEST.length : index;
};

/** Those first, then all others as jest has them. */
module.exports = class extends Sequencer {
	sort(tests) {
		return super.sort(tests).toSorted((one, other) => rank(one) - rank(other));
	}
};
