/**
 * One file of test/bench: what it measures, and the number it takes; `small` is the number with which a smoke run sees
 * that it works. One that needs n8n's files is told the Node to run them with, and n8n's start file; one that needs it
 * with this package in it finds it as the tests of test/e2e do.
 * @typedef {{ measures: string, number: string, usual: number, small: number, nodeFlags?: string[], needs?: "n8n's files" | 'real n8n' }} Bench
 */

/** @type {Record<string, Bench>} by the name of the file */
export const BENCHES = {
	dataPlans: {
		measures: 'Get Many of the whole catalogue, against HTTP Request and Split Out',
		number: 'plans',
		usual: 50_000,
		small: 1200,
		nodeFlags: ['--expose-gc'],
	},
	planSearch: {
		measures: 'the list behind the field "Plan": first hits, first search, a further key stroke',
		number: 'plans',
		usual: 50_000,
		small: 1200,
	},
	watch: {
		measures: 'a look of the watch trigger at the whole catalogue, against reading it',
		number: 'plans',
		usual: 15_000,
		small: 1200,
	},
	orderChecks: {
		measures: 'pages that are read for an order with checks, against a flow made by hand',
		number: 'plans',
		usual: 15_000,
		small: 1200,
	},
	create: {
		measures: 'Order Create of many items, against a bare signed fetch for each',
		number: 'orders',
		usual: 300,
		small: 5,
	},
	reads: {
		measures: 'eSIM Get, Get Events and Order Get of many items, against HTTP Request',
		number: 'items',
		usual: 150,
		small: 12,
	},
	qrCodes: {
		measures: 'eSIM Get QR Code of many items',
		number: 'items',
		usual: 1000,
		small: 5,
	},
	signing: {
		measures: 'the headers of a signed request, against a bare nonce and HMAC',
		number: 'requests',
		usual: 100_000,
		small: 1000,
	},
	loading: {
		measures: 'loading the built package, against an empty node',
		number: 'processes of each',
		usual: 15,
		small: 1,
	},
	growth: {
		measures: 'what an item costs among a hundredth, a tenth and all of so many',
		number: 'items at most',
		usual: 100_000,
		small: 1000,
		nodeFlags: ['--expose-gc'],
	},
	waitForDelivery: {
		measures: 'waiting for many orders, against a loop of HTTP Request and Wait made by hand',
		number: 'orders',
		usual: 100,
		small: 3,
		nodeFlags: ['--expose-gc'],
	},
	waitingSchedules: {
		measures: 'how often and how late several schedules look at an order, simulated',
		number: 'orders',
		usual: 20_000,
		small: 100,
	},
	guardAcrossProcesses: {
		measures: "how often n8n's processes take one order number for new, on n8n's own store",
		number: 'order numbers per cell',
		usual: 10,
		small: 1,
		needs: "n8n's files",
	},
	realReads: {
		measures: 'the same as reads, in a real n8n',
		number: 'items',
		usual: 150,
		small: 12,
		needs: 'real n8n',
	},
	executions: {
		measures: 'orders a second that one n8n carries, in executions of their own',
		number: 'orders in each turn',
		usual: 100,
		small: 10,
		needs: 'real n8n',
	},
	pushes: {
		measures: "pushes a second in a real n8n, against n8n's Webhook node",
		number: 'pushes in each turn',
		usual: 100,
		small: 10,
		needs: 'real n8n',
	},
	pushFlood: {
		measures: 'orders beside a storm of forged pushes, against orders alone',
		number: 'forged pushes',
		usual: 2000,
		small: 100,
		nodeFlags: ['--expose-gc'],
	},
	pushMemory: {
		measures: 'a push to a trigger whose memory is full (10,000), against one to a new trigger',
		number: 'pushes',
		usual: 11_000,
		small: 200,
	},
};
