import { refuse, success, type Answer } from '../answers';
import { OWN_REFUSALS } from '../ownAnswers';
import type { World } from '../world';

/** Largest pageSize (API document: esimDataplanListPage). */
const LARGEST_PAGE = 500;

/** esimDataplanList: everything, also what is not on sale. */
export const wholeList = (world: World): Answer =>
	writtenOnce(world, 'all', () => success([...world.plans]));

/** esimDataplanListPage: one page of the list as it is now; past the end an empty one. The hook runs after the cut. */
export function onePage(world: World, query: Record<string, string>): Answer {
	const pageNo = Number(query.pageNo ?? 1);
	const pageSize = Number(query.pageSize ?? LARGEST_PAGE);
	if (
		!Number.isInteger(pageNo) ||
		pageNo < 1 ||
		!Number.isInteger(pageSize) ||
		pageSize < 1 ||
		pageSize > LARGEST_PAGE
	) {
		return refuse(OWN_REFUSALS.badPage);
	}
	const total = world.plans.length;
	const answer = writtenOnce(world, `${pageNo}/${pageSize}`, () =>
		success({
			pageNo,
			pageSize,
			total,
			totalPages: Math.ceil(total / pageSize),
			list: world.plans.slice((pageNo - 1) * pageSize, pageNo * pageSize),
		}),
	);
	world.onPage?.(pageNo);
	return answer;
}

function writtenOnce(world: World, asked: string, write: () => Answer): Answer {
	const answer = world.written.get(asked) ?? write();
	if (world.settings.fixedPlans) world.written.set(asked, answer);
	return answer;
}
