import type { Problem } from '../model/place.ts';
import { renderProblems } from '../report/problems.ts';
import { paintFor } from './color.ts';
import type { Io } from './io.ts';

/** Says why nothing was done. By itself, so that what goes well does not wait for what draws problems. */
export async function tellProblems(
  problems: readonly Problem[],
  color: string,
  io: Io,
  texts: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const context = { paint: await paintFor(color, io), columns: io.columns, texts };
  io.err(renderProblems(problems, context));
}
