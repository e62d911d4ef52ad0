/** Names that are counted one by one; whoever writes a log to be read by us must not fill the memory. */
export const MOST_NAMES = 1000;

/** Finds or makes the entry of a name. Undefined: there are too many names already. */
export function entry<T>(map: Map<string, T>, name: string, make: () => T, most = MOST_NAMES): T | undefined {
  const known = map.get(name);
  if (known !== undefined || map.size >= most) return known;
  const made = make();
  map.set(name, made);
  return made;
}

/** Names in the order of their numbers, the largest first; equal ones by their names. */
export function byCount<T>(map: ReadonlyMap<string, T>, of: (value: T) => number): [string, T][] {
  return [...map].sort(([a, one], [b, other]) => of(other) - of(one) || (a < b ? -1 : 1));
}
