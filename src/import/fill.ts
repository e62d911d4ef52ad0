import type { ToolFacts } from '../model/manifest.ts';
import type { ManifestDifference, ScannedTool } from '../model/scan-report.ts';
import type { Change } from '../source/patch.ts';
import { pointerOf } from '../source/pointer.ts';
import { redactSource } from '../source/secrets.ts';
import { addedTo, scannedFacts } from './scanned.ts';

/** A server's tools as they were judged, with what the server says of each. */
export interface Listed {
  server: string;
  tools: readonly { judged: Omit<ScannedTool, 'pin'>; annotations: unknown }[];
}

/** What a scan would change in the tools of one manifest. */
export interface Filling {
  changes: Change[];
  /** What is to stand at an entry as a comment, by pointer. */
  comments: Map<string, string>;
  /** Tools that the manifest did not list. */
  added: string[];
  /** Tools of which it says more. */
  filled: string[];
  /** Is `server/*` taken out? */
  closed: boolean;
  differs: ManifestDifference[];
  /** Tools that it lists and the server does not. */
  unlisted: string[];
  /** Tools whose names no manifest can have; they keep `server/*` where it is. */
  unnamed: number;
}

/** Without what cannot be seen, which makes one name look like another. */
const NAME = /^(?!\/)[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]+$/u;
const MOST_NAME = 200;

/** What the list of a server says beyond what a manifest says itself. `base`: where the manifest stands in its document. */
export function fillingOf(
  manifestTools: Readonly<Record<string, ToolFacts>>,
  { server, tools }: Listed,
  { base, raw }: { base: string; raw(pointer: string): unknown },
): Filling {
  const at = (tool: string) => base + pointerOf('tools', tool);
  const rest = `${server}/*`;
  const said = new Map(Object.entries(manifestTools));
  const open = said.get(rest);
  const isOpen = open !== undefined && open.access !== 'deny';
  const filling: Filling = {
    changes: [],
    comments: new Map(),
    added: [],
    filled: [],
    closed: false,
    differs: [],
    unlisted: [],
    unnamed: 0,
  };
  for (const { judged, annotations } of tools) {
    const tool = `${server}/${judged.name}`;
    const own = said.get(tool) ?? (isOpen ? open : undefined);
    if (own === undefined) continue;
    if (!isNameable(judged.name, tool)) {
      filling.unnamed++;
      continue;
    }
    const { added, differs } = addedTo(own, scannedFacts(judged, annotations));
    filling.differs.push(...differs.map((differing) => ({ tool, ...differing })));
    const facts = Object.keys(added);
    if (said.has(tool)) {
      if (facts.length === 0) continue;
      filling.filled.push(tool);
      filling.changes.push(...amended(at(tool), own, added, raw(at(tool))));
    } else {
      filling.added.push(tool);
      // What was said of all of them was said of each.
      filling.changes.push({ op: 'add', path: at(tool), value: { ...added, ...own } });
    }
    if (facts.length > 0) filling.comments.set(at(tool), commentOf(facts));
  }
  const listed = new Set(tools.map(({ judged }) => `${server}/${judged.name}`));
  filling.unlisted = [...said.keys()].filter(
    (tool) => tool.startsWith(`${server}/`) && tool !== rest && !listed.has(tool) && !tool.startsWith(`${server}/@`),
  );
  filling.closed = isOpen && filling.unnamed === 0 && tools.length > 0;
  if (filling.closed) filling.changes.push({ op: 'remove', path: at(rest) });
  return filling;
}

/** Whoever reads the manifest is to see that nobody vouches for it. */
function commentOf(facts: readonly string[]): string {
  const found = facts.filter((fact) => fact !== 'annotations');
  return [
    ...(found.length > 0 ? [`${found.join(', ')}: classified by stakes scan, not declared`] : []),
    ...(facts.length > found.length ? ['annotations: what the server says of itself'] : []),
  ].join('; ');
}

/** `tool: read` becomes a map. */
function amended(path: string, own: ToolFacts, added: ToolFacts, raw: unknown): Change[] {
  if (typeof raw !== 'object' || raw === null) return [{ op: 'replace', path, value: { ...own, ...added } }];
  return Object.entries(added).map(([fact, value]) => ({ op: 'add', path: path + pointerOf(fact), value }));
}

/** `*` and `@resources` mean something else in a manifest, and a name may be made to look like them. */
function isNameable(name: string, tool: string): boolean {
  const isSpecial = name.startsWith('@') || name.includes('*');
  return NAME.test(name) && !isSpecial && tool.length <= MOST_NAME && redactSource(name) === name;
}
