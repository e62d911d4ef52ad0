import type { Part, Said } from '../importers/define.ts';
import type { ToolFacts } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import { ACCESSES } from '../model/vocabulary.ts';
import { isRecord } from '../source/record.ts';

/** An agent as its files tell it, before it is a manifest. */
export interface Draft {
  /** `<folder>-<host>`, and the name of a job or subagent. */
  id: string;
  host: string;
  folder: string;
  said: Said;
  from: Record<string, Place>;
  notes: Record<string, string>;
  /** Ids of its subagents. */
  subagents: string[];
  /** Is it a subagent of another? */
  isSubagent: boolean;
}

/** One agent for each host in each folder, and one for each name in it. `root`: what the root folder is called. */
export function assemble(parts: readonly Part[], root: string): Draft[] {
  const drafts = new Map<string, Draft>();
  const ids = new Set<string>();
  for (const part of parts) {
    const key = keyOf(part.host, part.folder, part.name);
    const draft = drafts.get(key) ?? { ...emptyDraft(part, root, ids) };
    drafts.set(key, draft);
    draft.said = merged(draft.said, part.said) as Said;
    draft.from = { ...part.from, ...draft.from };
    draft.notes = { ...part.notes, ...draft.notes };
    draft.isSubagent ||= part.under !== undefined;
  }
  for (const { host, folder, name, under } of parts) {
    const draft = drafts.get(keyOf(host, folder, name));
    const above = under === undefined ? undefined : drafts.get(keyOf(host, folder, under === '' ? undefined : under));
    if (draft && above && above !== draft && !above.subagents.includes(draft.id)) above.subagents.push(draft.id);
  }
  return [...drafts.values()];
}

const keyOf = (host: string, folder: string, name: string | undefined) => JSON.stringify([host, folder, name]);

function emptyDraft({ host, folder, name }: Part, root: string, ids: Set<string>): Draft {
  const place = folder === '' ? root : (folder.split('/').at(-1) ?? root);
  const wanted = kebab([place, host, name].filter((word) => word !== undefined && word !== '').join('-'));
  let id = wanted;
  for (let n = 2; ids.has(id); n++) id = `${wanted}-${n}`;
  ids.add(id);
  return { id, host, folder, said: {}, from: {}, notes: {}, subagents: [], isSubagent: false };
}

export function kebab(text: string): string {
  const id = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
  return id === '' ? 'agent' : id;
}

/** What was said first stands; maps are joined, and of two words on access the narrower holds. */
function merged(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second)) {
    return [...new Map([...first, ...second].map((item) => [JSON.stringify(item), item])).values()];
  }
  if (!isRecord(first) || !isRecord(second)) return first ?? second;
  const out: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const both = Object.hasOwn(out, key) ? merged(out[key], value) : value;
    out[key] = key === 'access' ? narrower(out[key], value) : both;
  }
  return out;
}

function narrower(first: unknown, second: unknown): unknown {
  const rank = (access: unknown) => ACCESSES.indexOf(access as NonNullable<ToolFacts['access']>);
  return first !== undefined && rank(first) <= rank(second) ? first : second;
}
