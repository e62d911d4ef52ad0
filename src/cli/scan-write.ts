import { diffOf } from '../apply/diff.ts';
import { assess } from '../assess/assess.ts';
import { type Filling, fillingOf, type Listed } from '../import/fill.ts';
import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { McpServer } from '../model/manifest.ts';
import type { Problem } from '../model/place.ts';
import type { ScannedManifest, TierSpan } from '../model/scan-report.ts';
import type { Scanned } from '../scan/scan.ts';
import { parseSource } from '../source/document.ts';
import { editText } from '../source/edit.ts';
import { withComments } from '../source/mark.ts';
import type { Change } from '../source/patch.ts';
import { tokensOf } from '../source/pointer.ts';
import { MAX_BYTES } from '../source/read.ts';
import { canonicalJson, isRecord } from '../source/record.ts';
import { type Collected, type CollectOptions, collectWith } from './collect.ts';

/** What a scan would write into the manifests. */
export interface ScanWriting {
  manifests: ScannedManifest[];
  /** Files whose text changes, with a unified diff of each. */
  changed: { file: string; text: string; diff: string }[];
  problems: Problem[];
}

export interface WriteWays {
  cwd: string;
  before: Collected;
  completion: CollectOptions['completion'];
  /** How servers are started, where that is known: another server of the same name is not the same. */
  entries: ReadonlyMap<string, McpServer>;
}

/** The manifests with what the scans found out about the tools that they have; in memory. */
export function writingOf(scans: readonly Scanned[], { cwd, before, completion, entries }: WriteWays): ScanWriting {
  const texts = new Map<string, string>();
  const told = new Map<Agent, Told>();
  const agents = [...new Set(before.agents.flatMap(agentsOf))];
  for (const agent of distinctPlaces(agents)) {
    const text = texts.get(agent.file) ?? before.texts.get(agent.file);
    if (text === undefined) continue;
    const written = agentWritten(agent, text, scans, entries);
    if (!written) continue;
    told.set(agent, written.told);
    texts.set(agent.file, written.text);
  }
  const overlay = new Map([...texts].filter(([file, text]) => text !== before.texts.get(file)));
  const after = collectWith([], cwd, { overlay, ...(completion ? { completion } : {}) });
  const problems = after.problems.filter(({ file, place }) => overlay.has(place?.file ?? file ?? ''));
  const manifests = [...told].map(([agent, { added, filled, closed, differs, left }]): ScannedManifest => {
    const root = before.agents.find((one) => agentsOf(one).includes(agent)) ?? agent;
    const same = after.agents.find(({ file, id }) => file === root.file && id === root.id) ?? root;
    const tier = { from: spanOf(root), to: spanOf(same) };
    return { file: agent.file, agent: agent.id, added, filled, closed, differs, left, tier };
  });
  const changed = [...overlay].map(([file, text]) => ({
    file,
    text,
    diff: diffOf(file, before.texts.get(file), text),
  }));
  return { manifests, changed: problems.length > 0 ? [] : changed, problems };
}

type Told = Omit<ScannedManifest, 'file' | 'agent' | 'tier'>;

/** Undefined: it has no tools of these servers. */
function agentWritten(
  agent: Agent,
  text: string,
  scans: readonly Scanned[],
  entries: WriteWays['entries'],
): { text: string; told: Told } | undefined {
  const told: Told = { added: [], filled: [], closed: [], differs: [], left: [] };
  const changes: Change[] = [];
  const comments = new Map<string, string>();
  const raw = rawIn(agent, text);
  let isConcerned = false;
  for (const scan of scans) {
    if (!Object.keys(agent.manifest.tools).some((tool) => tool.startsWith(`${scan.name}/`))) continue;
    isConcerned = true;
    if (isAnother(agent.manifest.mcpServers?.[scan.name], entries.get(scan.name))) {
      told.left.push(`\`${scan.name}\` is started in another way here than the one that was scanned`);
      continue;
    }
    const filling = fillingOf(agent.manifest.tools, listedBy(scan), { base: agent.base, raw });
    changes.push(...filling.changes);
    for (const [pointer, comment] of filling.comments) comments.set(pointer, comment);
    tell(told, scan.name, filling);
  }
  if (!isConcerned) return undefined;
  const edited = editText(text, agent.document, changes);
  if ('refused' in edited) {
    const { differs, left } = told;
    return {
      text,
      told: { added: [], filled: [], closed: [], differs, left: [...left, `nothing is written: ${edited.refused}`] },
    };
  }
  const marked = withComments(edited.text, agent.document, comments);
  if (marked === edited.text && comments.size > 0)
    told.left.push('no comment can stand here, so nothing marks what is classified');
  if (Buffer.byteLength(marked) <= MAX_BYTES) return { text: marked, told };
  return {
    text,
    told: { ...told, added: [], filled: [], closed: [], left: [...told.left, 'it would become too large to be read'] },
  };
}

function tell(told: Told, server: string, { added, filled, closed, differs, unlisted, unnamed }: Filling): void {
  told.added.push(...added);
  told.filled.push(...filled);
  told.differs.push(...differs);
  if (closed) told.closed.push(`${server}/*`);
  for (const tool of unlisted.slice(0, 20)) told.left.push(`\`${tool}\` is no longer listed by the server`);
  if (unnamed > 0)
    told.left.push(`\`${server}/*\` stays: ${unnamed} of its tools have names that no manifest can have`);
}

const listedBy = ({ name, tools }: Scanned): Listed => ({
  server: name,
  tools: tools.map(({ listed, judged }) => ({ judged, annotations: listed.annotations })),
});

function isAnother(own: McpServer | undefined, scanned: McpServer | undefined): boolean {
  if (own === undefined || scanned === undefined) return false;
  const startOf = ({ command, args, url }: McpServer) => canonicalJson({ command, args: args ?? [], url });
  return startOf(own) !== startOf(scanned);
}

/** What is written at a pointer, before shorthands are spelled out. */
function rawIn({ file, document }: Agent, text: string): (pointer: string) => unknown {
  const source = parseSource(file, text);
  const root =
    source.state === 'ok' ? source.value.documents.find(({ index }) => index === document)?.value : undefined;
  return (pointer) =>
    tokensOf(pointer).reduce<unknown>(
      (value, token) => (isRecord(value) && Object.hasOwn(value, token) ? value[token] : undefined),
      root,
    );
}

/** The same manifest reached under two configurations is written once. */
function distinctPlaces(agents: readonly Agent[]): Agent[] {
  return [
    ...new Map(agents.map((agent) => [JSON.stringify([agent.file, agent.document, agent.base]), agent])).values(),
  ];
}

function spanOf(agent: Agent): TierSpan {
  const { floor, ceiling } = assess(agent);
  return { floor, ceiling };
}
