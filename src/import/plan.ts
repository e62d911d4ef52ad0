import { join } from 'node:path';
import { shownAs } from '../manifest/paths.ts';
import type { ImportScopeName, ImportState } from '../model/import.ts';
import type { Loaded, Problem } from '../model/place.ts';
import type { Files } from '../source/files.ts';
import type { Change } from '../source/patch.ts';
import type { Draft } from './assemble.ts';
import { keptAs, memoryPath, memoryText, readMemory, shownOf } from './memory.ts';
import { mergedText } from './merge.ts';
import { importedFrom, manifestOf, manifestText } from './write.ts';

/** What an import would do for one agent. */
export interface Planned {
  draft: Draft;
  scope: ImportScopeName;
  /** Absolute. */
  path: string;
  /** As people see it. */
  shown: string;
  state: Exclude<ImportState, 'gone'>;
  before: string | undefined;
  text: string;
  applied: Change[];
  kept: Change[];
  /** What this import says, for the next one; beside the generated files. */
  memory: { path: string; text: string };
}

export interface PlanWays {
  /** The folder that was searched, or that agents of no folder are written to. */
  root: string;
  cwd: string;
  /** Absent: each agent's own folder. */
  out?: string;
  from: Files;
  /** The address of the schema, as manifests name it. */
  schema: string;
  scope: ImportScopeName;
}

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

function planFor(draft: Draft, { root, cwd, out, from, schema, scope }: PlanWays): Loaded<Planned> {
  const name = (id: string) => `${id}.agent.yaml`;
  const path = join(out ?? join(root, draft.folder), name(draft.id));
  const shown = shownAs(path, cwd);
  const manifest = manifestOf(draft, (id) => `./${name(id)}`);
  const text = manifestText(manifest, draft, schema);
  const files = draft.files.map((file) => keptAs(file, { root, cwd }));
  const memory = {
    path: memoryPath(root, draft.id),
    text: memoryText({ host: draft.host, scope, file: shownAs(path, root), files, manifest }),
  };
  const plain = { draft, scope, path, shown, memory, applied: [], kept: [] };
  const there = from.read(path, shown);
  if (there.state === 'missing') return { state: 'ok', value: { ...plain, state: 'new', before: undefined, text } };
  if (there.state !== 'ok') return there;
  const before = there.value;
  const last = readMemory(root, draft.id, from);
  if (last === undefined) return { state: 'ok', value: { ...plain, state: 'yours', before, text: before } };
  const merged = mergedText(shown, before, last.manifest, manifest);
  if (!merged) {
    const message = `\`${shown}\` cannot be read, so nothing new is put into it`;
    return { state: 'invalid', problems: [{ code: 'broken-manifest', message, help: 'mend it first', file: shown }] };
  }
  const isFromOthers = last.files !== undefined && last.files.join('\n') !== files.join('\n');
  if (isFromOthers) {
    const old = importedFrom((last.files ?? []).map((file) => shownOf(file, { root, cwd })));
    merged.text = withLine(merged.text, `#${old}`, `#${importedFrom(draft.files)}`);
  }
  const state = merged.text === before ? 'same' : 'changed';
  return { state: 'ok', value: { ...plain, ...merged, state, before } };
}

/** Another line in the place of one, if that is still there as it was written. */
function withLine(text: string, old: string, line: string): string {
  const lines = text.split('\n');
  const at = lines.slice(0, 20).findIndex((one) => one.replace(/\r$/, '') === old);
  if (at >= 0) lines[at] = `${line}${lines[at]?.endsWith('\r') ? '\r' : ''}`;
  return lines.join('\n');
}
