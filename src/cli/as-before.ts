import { relative, resolve, sep } from 'node:path';
import { pairsOf } from '../diff/pair.ts';
import type { Side } from '../diff/side.ts';
import type { Ways } from './side.ts';

/** Files that stand elsewhere than before: from the name now to the one then. */
export function movedFiles(base: Side, head: Side): Map<string, string> {
  const moved = pairsOf(base, head).flatMap((pair): [string, string][] =>
    pair.base && pair.head && base.known(pair.base.file) !== head.known(pair.head.file)
      ? [[pair.head.file, pair.base.file]]
      : [],
  );
  return new Map(moved);
}

/** The same ways, by which files that moved are looked at as if they had not. */
export function asBefore({ config, baseline, ...rest }: Ways, moved: ReadonlyMap<string, string>, cwd: string): Ways {
  const was = (file: string) => moved.get(file) ?? file;
  const { pathIn = was } = config?.organisation ?? {};
  const listed = (file: string) => relative(rest.base, resolve(cwd, file)).split(sep).join('/');
  const now = new Map([...moved].map(([file, before]) => [listed(before), listed(file)]));
  const entries = baseline?.entries.map(({ entry, place }) => ({
    entry: { ...entry, file: now.get(entry.file) ?? entry.file },
    place,
  }));
  return {
    ...rest,
    config: config && { ...config, organisation: { ...config.organisation, pathIn: (file) => pathIn(was(file)) } },
    baseline: baseline && entries && { ...baseline, entries },
  };
}
