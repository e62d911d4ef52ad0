import type { Loaded, Problem } from '../model/place.ts';
import { type Content, contentsOf } from './contents.ts';
import type { Repository } from './git.ts';
import type { Stored } from './listing.ts';

export type Reader = (stored: Pick<Stored, 'store' | 'object'>) => Content | undefined;

/** Reads what is stored. `wanted` is fetched at once, and the rest when somebody asks. */
export function readerOf(wanted: Iterable<Stored>): Loaded<Reader> {
  const known = new Map<Repository, Map<string, Content | undefined>>();
  const fetch = (store: Repository, objects: readonly string[]): Problem[] => {
    const read = contentsOf(store, objects);
    if (read.state !== 'ok') return read.problems;
    for (const object of objects) of(store).set(object, read.value.get(object));
    return [];
  };
  const of = (store: Repository): Map<string, Content | undefined> => {
    const made = known.get(store) ?? new Map<string, Content | undefined>();
    known.set(store, made);
    return made;
  };
  const first = new Map<Repository, Set<string>>();
  for (const { store, object } of wanted) first.set(store, (first.get(store) ?? new Set()).add(object));
  for (const [store, objects] of first) {
    const problems = fetch(store, [...objects]);
    if (problems.length > 0) return { state: 'unreadable', problems };
  }
  return {
    state: 'ok',
    value({ store, object }) {
      if (!of(store).has(object)) fetch(store, [object]);
      return of(store).get(object);
    },
  };
}
