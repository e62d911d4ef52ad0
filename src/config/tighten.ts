import type { DataScope } from '../model/manifest.ts';
import { CLASSIFICATIONS, DATA_SOURCES } from '../model/vocabulary.ts';

/** A field that is not as it was written. */
export interface Change {
  field: keyof DataScope;
  /** What was written says less, and does not hold; false: nothing was. */
  overrules: boolean;
}

/** A scope that says no less than a locked one of the same name, and where it says more itself, that. */
export function tightened(own: DataScope, locked: DataScope): { scope: DataScope; changed: Change[] } {
  const scope: DataScope = { ...own };
  const changed: Change[] = [];
  const classification = stricter(CLASSIFICATIONS, own.classification, locked.classification);
  if (classification !== undefined) {
    scope.classification = classification;
    changed.push({ field: 'classification', overrules: own.classification !== undefined });
  }
  const source = stricter(DATA_SOURCES, own.source, locked.source);
  if (source !== undefined) {
    scope.source = source;
    changed.push({ field: 'source', overrules: own.source !== undefined });
  }
  const missing = (locked.categories ?? []).filter((category) => !own.categories?.includes(category));
  if (missing.length > 0) {
    scope.categories = [...(own.categories ?? []), ...missing];
    changed.push({ field: 'categories', overrules: own.categories !== undefined });
  }
  return { scope, changed };
}

/** What the lock says, unless what is written is as much. `ranks`: from least to most at stake. */
function stricter<T extends string>(ranks: readonly T[], own: T | undefined, locked: T | undefined): T | undefined {
  if (locked === undefined || (own !== undefined && ranks.indexOf(own) >= ranks.indexOf(locked))) return undefined;
  return locked;
}
