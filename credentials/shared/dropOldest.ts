/**
 * Bounds a map: what was put in first leaves first, until no more than `most` entries are left. To order by last
 * use instead, delete an entry before it is set again.
 *
 * @param mayGo entries that must stay are passed over, also where the map then keeps more than `most`
 */
export function dropOldest<Key, Value>(
	map: Map<Key, Value>,
	most: number,
	mayGo: (value: Value) => boolean = () => true,
): void {
	for (const [oldest, value] of map) {
		if (map.size <= most) return;
		if (mayGo(value)) map.delete(oldest);
	}
}
