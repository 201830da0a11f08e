/** What plans are chosen by, in Get Many and in Find Best. */

/** What starts the validity of a plan. */
export const ACTIVATION_CHOICES = [
	{
		name: 'By Device',
		value: 'ACTIVEDBYDEVICE',
		description: 'Starts when the phone first connects',
	},
	{
		name: 'By Order',
		value: 'ACTIVEDBYORDER',
		description: 'Starts at the activation date of the order',
	},
] as const;
