import type { Part, Said } from '../importers/define.ts';
import { serversFor } from '../importers/parts/named-servers.ts';
import type { ToolFacts } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import { ACCESSES } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';

/** An agent as its files tell it, before it is a manifest. */
export interface Draft {
  /** `<folder>-<host>`, and the name of a job or subagent. */
  id: string;
  host: string;
  folder: string;
  said: Said;
  from: Record<string, Place>;
  /** Every file that said something of it, as people see them. */
  files: string[];
  notes: Record<string, string>;
  /** Ids of its subagents. */
  subagents: string[];
  /** Is it a subagent of another? */
  isSubagent: boolean;
}

/** A part with the file that says it, and those that were read with it. */
export type SourcedPart = Part & { files?: readonly string[] };

/** One agent for each host in each folder, and one for each name in it. `root`: what the root folder is called. */
export function assemble(all: readonly SourcedPart[], root: string): Draft[] {
  const parts = withoutHints(all);
  const drafts = new Map<string, Draft>();
  const ids = new Set<string>();
  const defaults = new Map<Draft, unknown>();
  for (const part of parts) {
    const key = keyOf(part, part.name);
    const draft = drafts.get(key) ?? { ...emptyDraft(part, root, ids) };
    drafts.set(key, draft);
    draft.said = merged(draft.said, part.said, narrower) as Said;
    draft.from = { ...part.from, ...draft.from };
    draft.files = [...new Set([...draft.files, ...(part.files ?? [])])];
    draft.notes = bothNotes(draft.notes, part.notes ?? {});
    draft.isSubagent ||= part.under !== undefined;
    defaults.set(draft, merged(defaults.get(draft), part.defaults, first));
  }
  for (const [draft, otherwise] of defaults) draft.said = merged(draft.said, otherwise, first) as Said;
  for (const part of parts) {
    const draft = drafts.get(keyOf(part, part.name));
    const above = part.under === undefined ? undefined : drafts.get(keyOf(part, part.under || undefined));
    if (!draft || !above || above === draft || above.subagents.includes(draft.id)) continue;
    // A manifest whose subagents lead back to it cannot be assessed.
    if (leadsTo(draft, above, drafts)) {
      const note = `starts \`${draft.id}\`, too, which starts this agent: what that one can do is not counted here`;
      above.notes = bothNotes(above.notes, { '/agent': note });
    } else above.subagents.push(draft.id);
  }
  return [...drafts.values()].map(withDoubt).map(withServers);
}

/** Where other files tell of an agent, in this folder or above it, that one is meant. */
function withoutHints<P extends Part>(parts: readonly P[]): P[] {
  const told = new Set(parts.filter(({ isHint }) => !isHint).map(({ folder }) => folder));
  const hinted = new Set(parts.filter(({ isHint }) => isHint).map(({ folder }) => folder));
  return parts.filter(({ folder, isHint }) => {
    const above = foldersAbove(folder);
    return !isHint || !(told.has(folder) || above.some((one) => told.has(one) || hinted.has(one)));
  });
}

function foldersAbove(folder: string): string[] {
  const steps = folder === '' ? [] : folder.split('/');
  return steps.map((_, i) => steps.slice(0, i).join('/'));
}

/** Files seldom tell all, and an agent that can do nothing needs no control: that must be a person's word. */
function withDoubt(draft: Draft): Draft {
  const tools = draft.said.tools ?? {};
  if (Object.values(tools).some(({ access }) => access !== 'deny')) return draft;
  const rest = `${draft.host}/*`;
  const note = `these files name no tool that it may call; if it has none, remove \`${rest}\``;
  const notes = bothNotes(draft.notes, { [pointerOf('tools', rest)]: note });
  return { ...draft, said: { ...draft.said, tools: { ...tools, [rest]: {} } }, notes };
}

/** A manifest that lists servers lists all that its tools are named after. */
function withServers(draft: Draft): Draft {
  const { mcpServers, tools = {} } = draft.said;
  if (mcpServers === undefined) return draft;
  return { ...draft, said: { ...draft.said, mcpServers: serversFor(tools, mcpServers) } };
}

function leadsTo(from: Draft, to: Draft, drafts: ReadonlyMap<string, Draft>): boolean {
  const byId = new Map([...drafts.values()].map((draft) => [draft.id, draft]));
  const seen = new Set<string>();
  const waiting = [from.id];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (id === to.id) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(byId.get(id)?.subagents ?? []));
  }
  return false;
}

const keyOf = ({ host, folder, apart }: Part, name: string | undefined) =>
  JSON.stringify([host, folder, name ?? null, apart ?? null]);

function emptyDraft({ host, folder, name }: Part, root: string, ids: Set<string>): Draft {
  const place = folder === '' ? root : (folder.split('/').at(-1) ?? root);
  const wanted = kebab([place, host, name].filter((word) => word !== undefined && word !== '').join('-'));
  let id = wanted;
  for (let n = 2; ids.has(id); n++) id = `${wanted}-${n}`;
  ids.add(id);
  return { id, host, folder, said: {}, from: {}, files: [], notes: {}, subagents: [], isSubagent: false };
}

export function kebab(text: string): string {
  const id = text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return id === '' ? 'agent' : id;
}

/** Files of one host may say the same, or more. */
function bothNotes(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) {
  const both: Record<string, string> = { ...one };
  for (const [pointer, note] of Object.entries(other)) {
    const there = Object.hasOwn(both, pointer) ? both[pointer] : undefined;
    if (there === undefined) both[pointer] = note;
    else if (!there.includes(note)) both[pointer] = `${there}; ${note}`;
  }
  return both;
}

/** What was said first stands, and maps are joined; `access` decides between two words on that. */
function merged(one: unknown, other: unknown, access: (one: unknown, other: unknown) => unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) {
    return [...new Map([...one, ...other].map((item) => [JSON.stringify(item), item])).values()];
  }
  if (!isRecord(one) || !isRecord(other)) return one ?? other;
  const out = new Map(Object.entries(one));
  for (const [key, value] of Object.entries(other)) {
    const both = out.has(key) ? merged(out.get(key), value, access) : value;
    out.set(key, key === 'access' ? access(out.get(key), value) : both);
  }
  return Object.fromEntries(out);
}

const first = (one: unknown, other: unknown) => one ?? other;

/** Rules of several files hold together. */
function narrower(one: unknown, other: unknown): unknown {
  const rank = (access: unknown) => ACCESSES.indexOf(access as NonNullable<ToolFacts['access']>);
  return one !== undefined && rank(one) <= rank(other) ? one : other;
}
