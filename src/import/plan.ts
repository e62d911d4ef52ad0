import { join } from 'node:path';
import { shownAs } from '../manifest/paths.ts';
import type { ImportState } from '../model/import.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import type { Change } from '../source/patch.ts';
import { isRecord } from '../source/record.ts';
import type { Draft } from './assemble.ts';
import { mergedText } from './merge.ts';
import { manifestOf, manifestText } from './write.ts';

/** What an import would do for one agent. */
export interface Planned {
  draft: Draft;
  /** Absolute. */
  path: string;
  /** As people see it. */
  shown: string;
  state: ImportState;
  before: string | undefined;
  text: string;
  applied: Change[];
  kept: Change[];
  /** What this import says, for the next one; beside the generated files. */
  memory: { path: string; text: string };
}

export interface PlanWays {
  root: string;
  cwd: string;
  /** Absent: each agent's own folder. */
  out?: string;
  from: Files;
  /** The address of the schema, as manifests name it. */
  schema: string;
}

/** The files that an agent was read from, each once. */
export function sourcesOf({ draft }: Pick<Planned, 'draft'>): string[] {
  return [...new Set(Object.values(draft.from).map(({ file }) => file))];
}

const MEMORY = 'import.json';

export function planOf(drafts: readonly Draft[], ways: PlanWays): { planned: Planned[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const planned = drafts.flatMap((draft) => {
    const plan = planFor(draft, ways);
    if (plan.state === 'ok') return [plan.value];
    problems.push(...plan.problems);
    return [];
  });
  return { planned, problems };
}

function planFor(draft: Draft, { root, cwd, out, from, schema }: PlanWays): Loaded<Planned> {
  const name = (id: string) => `${id}.agent.yaml`;
  const path = join(out ?? join(root, draft.folder), name(draft.id));
  const shown = shownAs(path, cwd);
  const manifest = manifestOf(draft, (id) => `./${name(id)}`);
  const text = manifestText(manifest, draft, schema);
  const memoryPath = join(root, '.stakes', draft.id, MEMORY);
  const files = sourcesOf({ draft });
  const memory = {
    path: memoryPath,
    text: `${JSON.stringify({ schema: 'stakes/imported@1', files, manifest }, null, 2)}\n`,
  };
  const plain = { draft, path, shown, memory, applied: [], kept: [] };
  const there = from.read(path, shown);
  if (there.state === 'missing') return { state: 'ok', value: { ...plain, state: 'new', before: undefined, text } };
  if (there.state !== 'ok') return there;
  const before = there.value;
  const last = lastOf(from.read(memoryPath, shownAs(memoryPath, cwd)));
  if (last === undefined) return { state: 'ok', value: { ...plain, state: 'yours', before, text: before } };
  const merged = mergedText(shown, before, last, manifest);
  if (!merged) {
    const message = `\`${shown}\` cannot be read, so nothing new is put into it`;
    return { state: 'invalid', problems: [{ code: 'broken-manifest', message, help: 'mend it first', file: shown }] };
  }
  const state = merged.text === before ? 'same' : 'changed';
  return { state: 'ok', value: { ...plain, ...merged, state, before } };
}

function lastOf(memory: Loaded<string>): unknown {
  if (memory.state !== 'ok') return undefined;
  try {
    const value: unknown = JSON.parse(memory.value);
    return isRecord(value) && value.schema === 'stakes/imported@1' ? value.manifest : undefined;
  } catch {
    return undefined;
  }
}
