import { resolve } from 'node:path';
import { shownAs } from '../manifest/paths.ts';
import type { ImportScopeName } from '../model/import.ts';
import type { Problem } from '../model/place.ts';
import type { Draft } from './assemble.ts';
import { keptAs, readMemory, remembered, shownOf } from './memory.ts';
import type { PlanWays } from './plan.ts';

/** An agent of an earlier import that no file describes any more, while its manifest is still there. */
export interface Gone {
  id: string;
  host: string;
  scope: ImportScopeName;
  /** The manifest, as people see it. */
  shown: string;
  /** What described it. */
  sources: string[];
}

/** Nothing is said of an agent one of whose files could not be read: it may still be there. */
export function goneFrom(
  drafts: readonly Draft[],
  { root, cwd, from, scope }: PlanWays,
  problems: readonly Problem[],
): Gone[] {
  const here = new Set(drafts.map(({ id }) => id));
  const broken = new Set(problems.map(({ place, file }) => keptAs(place?.file ?? file ?? '', { root, cwd })));
  return remembered(root, from).flatMap((id) => {
    if (here.has(id)) return [];
    const memory = readMemory(root, id, from);
    if (memory?.file === undefined || memory.scope !== scope) return [];
    const path = resolve(root, memory.file);
    const files = memory.files ?? [];
    if (!from.has(path) || files.some((file) => broken.has(file))) return [];
    return [
      {
        id,
        host: memory.host ?? '',
        scope,
        shown: shownAs(path, cwd),
        sources: files.map((file) => shownOf(file, { root, cwd })),
      },
    ];
  });
}
