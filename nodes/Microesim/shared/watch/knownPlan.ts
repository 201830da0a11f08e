/** What is remembered of a plan between two looks at the catalogue. */
export interface KnownPlan {
	name: string;
	/** As MicroeSIM writes it. */
	price: string;
	currency: string;
	/** Of what else a buyer gets; two plans with the same have the same. */
	content: string;
	/** How many looks in a row did not find it on sale. */
	missing: number;
	/** Whether it counts as gone. */
	isGone: boolean;
}
