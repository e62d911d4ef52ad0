import { gatedLoad } from '../assess/controls.ts';
import { disclosurePathsOf, highStakesOf, reachRows, type Walks } from '../assess/describe.ts';
import { reachOf } from '../assess/reach.ts';
import { walk } from '../assess/walk.ts';
import type { Agent } from '../manifest/tree.ts';
import type { DisclosurePath, HighStakesTool, ReachRow } from '../model/assessment.ts';
import { type AgentDiff, type Change, type NewAndGone, TOOL_FACTS, type ToolChange } from '../model/diff.ts';
import type { Tier } from '../model/tiers.ts';
import { causeOf } from './cause.ts';
import { changesOf, toolOf } from './changes.ts';
import type { AgentPair } from './pair.ts';
import { partnersOf } from './partners.ts';

interface Seen {
  tier: Tier | null;
  rows: ReachRow[];
  highStakes: HighStakesTool[];
  disclosurePaths: DisclosurePath[];
  approvalsPerDay: number | null;
}

const NOBODY: ReadonlyMap<Agent, Agent> = new Map();

const NOTHING: Seen = { tier: null, rows: [], highStakes: [], disclosurePaths: [], approvalsPerDay: null };

/** What the pair of manifests says; findings and ignores are not looked at. */
export function agentDiff({ base, head }: AgentPair, isMoved = base?.file !== head?.file): AgentDiff {
  const agent = head ?? base;
  if (!agent) throw new Error('a pair of nothing');
  const partners = base && head ? partnersOf(base, head) : NOBODY;
  const changes = base && head ? changesOf(base, head, partners) : [];
  const [before, after] = [seen(base, namesIn(partners)), seen(head)];
  const tools = toolsOf(before, after, changes, agent);
  const highStakes = newAndGone(before.highStakes, after.highStakes, ({ agent: id, tool }) => [id, tool]);
  const disclosurePaths = newAndGone(before.disclosurePaths, after.disclosurePaths, ({ data, exit }) =>
    // Which tool stands for all that read the data may change, and in another order of the keys which data for all.
    base && head && changes.length === 0 ? exit : [data.agent, data.scope, exit],
  );
  const moved = base && head && (base.id !== head.id || isMoved);
  const same = before.tier === after.tier && changes.length === 0 && tools.changed.length === 0;
  const place = agent.place('/agent/id', 'value');
  return {
    agent: agent.id,
    name: agent.manifest.agent.name ?? agent.id,
    file: agent.file,
    document: agent.document,
    change: !base ? 'added' : !head ? 'removed' : same && isEmpty(tools) ? 'same' : 'changed',
    was: moved ? { agent: base.id, file: base.file } : null,
    tier: { base: before.tier, head: after.tier },
    because: base && head ? causeOf(base, head, changes, partners) : [],
    tools,
    settings: changes.filter((change) => !isOfTool(change, agent)),
    highStakes,
    disclosurePaths,
    approvalsPerDay: { base: before.approvalsPerDay, head: after.approvalsPerDay },
    findings: { new: [], fixed: [] },
    ignores: { new: [], wider: [] },
    ...(place ? { place } : {}),
  };
}

/** What the agents of the base are called in the head: one that got another id is still the same. */
function namesIn(partners: ReadonlyMap<Agent, Agent>): ReadonlyMap<string, string> {
  return new Map([...partners].map(([agent, other]) => [other.id, agent.id]));
}

function seen(root: Agent | undefined, names: ReadonlyMap<string, string> = new Map()): Seen {
  if (!root) return NOTHING;
  const reach = reachOf(root);
  const walks: Walks = { best: walk(reach, 'best'), worst: walk(reach, 'worst') };
  const { tier } = walks.worst;
  const renamed = <T extends { agent: string }>(item: T): T => ({
    ...item,
    agent: names.get(item.agent) ?? item.agent,
  });
  return {
    tier,
    rows: reachRows(reach, walks.worst).map(renamed),
    highStakes: highStakesOf(reach, walks).map(renamed),
    disclosurePaths: disclosurePathsOf(reach).map(({ data, untrusted, exit, ...rest }) => ({
      ...rest,
      data: renamed(data),
      untrusted: renamed(untrusted),
      exit: renamed(exit),
    })),
    approvalsPerDay: gatedLoad({ reach, worst: walks.worst }),
  };
}

function toolsOf(before: Seen, after: Seen, changes: readonly Change[], agent: Agent): AgentDiff['tools'] {
  const rows = newAndGone(before.rows, after.rows, ({ agent: id, tool }) => [id, tool]);
  const old = new Map(before.rows.map((row) => [keyOf(row), row]));
  const changed = after.rows.flatMap((row): ToolChange[] => {
    const was = old.get(keyOf(row));
    if (!was) return [];
    const facts = TOOL_FACTS.filter((fact) => was[fact] !== row[fact]).map((fact) => ({
      fact,
      base: was[fact],
      head: row[fact],
    }));
    const own = changes.filter((change) => change.agent === row.agent && isOfTool(change, agent) === row.tool);
    return facts.length + own.length === 0 ? [] : [{ agent: row.agent, tool: row.tool, facts, changes: own }];
  });
  const removed = rows.gone.map(({ agent: id, tool }) => ({ agent: id, tool }));
  return { added: rows.new, removed, changed };
}

const keyOf = ({ agent, tool }: { agent: string; tool: string }) => JSON.stringify([agent, tool]);

const isEmpty = ({ added, removed, changed }: AgentDiff['tools']) =>
  added.length + removed.length + changed.length === 0;

/** The tool that a change of the agent or of one written inside it is about. */
function isOfTool(change: Change, root: Agent): string | undefined {
  const inline = /^(?:\/subagents\/[^/]+\/manifest)*/.exec(change.pointer)?.[0] ?? '';
  return toolOf(change, change.agent === root.id ? root.base : inline)?.tool;
}

function newAndGone<T>(before: readonly T[], after: readonly T[], key: (item: T) => unknown): NewAndGone<T> {
  const [old, now] = [before, after].map((items) => new Set(items.map((item) => JSON.stringify(key(item)))));
  return {
    new: after.filter((item) => !old?.has(JSON.stringify(key(item)))),
    gone: before.filter((item) => !now?.has(JSON.stringify(key(item)))),
  };
}
