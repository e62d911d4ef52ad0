import { type Texts, written } from '../lint/fix/write.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';

type Home = Pick<Agent, 'id' | 'file' | 'document'>;

/** The texts with all of these changes in them, comments and all; a text: why that cannot be done. */
export function writtenInto(texts: Texts, patch: readonly PatchOperation[], homes: readonly Home[]): Texts | string {
  const parts = new Map<string, { file: string; document: number; patch: PatchOperation[] }>();
  for (const operation of patch) {
    const home = homes.find(({ id }) => id === operation.agent);
    if (home === undefined) return `the manifest of \`${operation.agent}\` is not among the files`;
    const key = JSON.stringify([home.file, home.document]);
    const part = parts.get(key) ?? { file: home.file, document: home.document, patch: [] };
    part.patch.push(operation);
    parts.set(key, part);
  }
  return written(texts, [...parts.values()]);
}

/** What keeps one change by itself from being written. Each is tried once. */
export function obstacleIn(
  texts: Texts | undefined,
  roots: readonly Agent[],
): (patch: readonly PatchOperation[]) => string | undefined {
  const homes = roots.flatMap(agentsOf);
  const known = new Map<string, string | undefined>();
  return (patch) => {
    if (texts === undefined) return undefined;
    const key = JSON.stringify(patch);
    if (known.has(key)) return known.get(key);
    const done = writtenInto(texts, patch, homes);
    const why = typeof done === 'string' ? `it cannot be written into the file: ${done}` : undefined;
    known.set(key, why);
    return why;
  };
}
