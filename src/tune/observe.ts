import type { VerdictRule } from '../enforce/call.ts';
import { grantFor } from '../enforce/grant.ts';
import type { AgentPolicy, Policy } from '../model/policy.ts';
import type { IntentRecord } from '../model/record.ts';
import type { TuneStranger } from '../model/tune.ts';
import { countAt, MOST_DAYS, MOST_MINUTES, minuteOf, startDays } from './observe/day.ts';
import { startTelling } from './observe/distinct.ts';
import { addFields } from './observe/fields.ts';
import { startNaming, startRepeats } from './observe/repeats.ts';
import { startSecondThoughts } from './observe/second-thoughts.ts';
import { type AgentUse, extend, noAgent, noTerms, noTool, noTree, type ToolUse, type TreeUse } from './observe/use.ts';

/** What of a record is counted. */
export type Call = Omit<IntentRecord, 'schema' | 'kind' | 'prev' | 'reason'>;

export interface Watched {
  /** By id, the agents of the manifests, with what is granted to them now. */
  agents: ReadonlyMap<string, { now: Pick<AgentPolicy, 'tools'>; roots: readonly string[] }>;
  /** Policies that decided, by the digest of their file. */
  policies: ReadonlyMap<string, Pick<Policy, 'root'>>;
  /** RFC 3339, in UTC with milliseconds, as records have it; the first is in it, the last is not. */
  since: string;
  until: string;
}

export interface Observed {
  agents: ReadonlyMap<string, AgentUse>;
  /** By the id of the root. */
  trees: ReadonlyMap<string, TreeUse>;
  strangers: TuneStranger[];
}

export interface Observing {
  /** What follows is of this log. */
  nextLog(index: number, name: string): void;
  /** The records of a log in their order. `isSigned`: a signature covers it. */
  add(call: Call, isSigned: boolean): void;
  end(): Observed;
}

/** Names that a log may make up. */
const MOST_STRANGERS = 10_000;
const SHOWN_STRANGERS = 100;
const MOST_SERVERS = 1000;

/** Refusals by limits: what they kept back was granted, and there was too much of it. */
const LIMITS: ReadonlySet<string> = new Set([
  'session-minutes',
  'subagents',
  'calls-a-minute',
  'calls-a-day',
  'repeats',
  'tool-spend',
] satisfies VerdictRule[]);

/** Counts what agents did, in memory that does not grow with the records. */
export function startObserving({ agents, policies, since, until }: Watched): Observing {
  const uses = new Map([...agents.keys()].map((id) => [id, noAgent()] as const));
  const trees = new Map<string, TreeUse & { repeat: ReturnType<typeof startRepeats> }>();
  for (const root of new Set([...agents.values()].flatMap(({ roots }) => roots))) {
    const use = noTree();
    trees.set(root, { ...use, repeat: startRepeats(use.repeats) });
  }
  const strangers = new Map<string, TuneStranger>();
  const dayOf = startDays();
  const numberOf = startNaming();
  let log = { index: 0, name: '' };
  let thoughts = startSecondThoughts();
  let isFirst = { ofDay: startTelling<ToolUse>(), ofMinute: startTelling<string>() };

  function stranger(agent: string, tool: string | null, isRefused: boolean): void {
    const key = JSON.stringify([agent, tool]);
    const known = strangers.get(key) ?? { agent, tool, calls: 0, refused: 0 };
    known.calls++;
    if (isRefused) known.refused++;
    if (strangers.size < MOST_STRANGERS || strangers.has(key)) strangers.set(key, known);
  }

  function countTool(tool: ToolUse, call: Call, day: number, number: number, isSigned: boolean): void {
    const { decision, rule, approval, policy, time, seq, mode } = call;
    const isShadow = mode === 'shadow';
    const isRefused = decision === 'deny';
    const isWanted = isRefused ? LIMITS.has(rule) : approval?.answer !== 'denied';
    extend(tool, time, log.name, seq, isShadow);
    if (isWanted) {
      countAt(tool.wanted, day, MOST_DAYS);
      if (isFirst.ofDay(tool, day, number)) countAt(tool.distinct, day, MOST_DAYS);
    }
    if (rule === 'calls-a-day') countAt(tool.capped, day, MOST_DAYS);
    const by = policies.has(policy) ? policy : '';
    const terms = tool.terms.get(by) ?? noTerms();
    tool.terms.set(by, terms);
    if (isWanted) {
      terms.looked++;
      addFields(terms.fields, call.fields);
    }
    if (!isRefused) {
      extend(terms, time, log.name, seq, isShadow);
      countAt(terms.days, day, MOST_DAYS);
    }
    // What nobody has signed yet may speak against a change, and never for one.
    if (approval !== null && (isSigned || approval.answer !== 'approved')) {
      terms[approval.answer]++;
      if (approval.by !== null) terms.waited += approval.waitedSeconds;
    }
    if (isSigned) thoughts(tool, terms, call, day);
  }

  function countTree(root: string, call: Call, day: number, number: number): void {
    const tree = trees.get(root);
    if (tree === undefined) return;
    const { decision, rule, approval, time, seq, mode } = call;
    const minute = minuteOf(day, time);
    extend(tree.calls, time, log.name, seq, mode === 'shadow');
    countAt(tree.days, day, MOST_DAYS);
    if (rule === 'calls-a-minute') countAt(tree.minuteRefused, day, MOST_DAYS);
    if (rule === 'tool-spend') countAt(tree.usdRefused, day, MOST_DAYS);
    const isLimited = decision === 'deny' && LIMITS.has(rule);
    if (isLimited) tree.limited++;
    if ((decision === 'deny' && !isLimited) || approval?.answer === 'denied') return;
    countAt(tree.minutes, minute, MOST_MINUTES);
    if (isFirst.ofMinute(root, minute, number)) countAt(tree.distinct, minute, MOST_MINUTES);
    if (isLimited) return;
    if (call.reservedUsd > 0) countAt(tree.usd, day, MOST_DAYS, call.reservedUsd);
    tree.repeat(call.session, number, minute);
  }

  return {
    nextLog(index, name) {
      log = { index, name };
      thoughts = startSecondThoughts();
      isFirst = { ofDay: startTelling(), ofMinute: startTelling() };
    },
    add(call, isSigned) {
      const { agent: id, tool, time, policy, seq } = call;
      const watched = agents.get(id);
      const use = uses.get(id);
      const isIn = time >= since && time < until;
      if (watched === undefined || use === undefined) {
        if (isIn) stranger(id, null, call.decision === 'deny');
        return;
      }
      use.logs.add(log.index);
      if (time >= until) use.later++;
      if (!isIn) return;
      const day = dayOf(time);
      extend(use, time, log.name, seq, call.mode === 'shadow');
      const by = policies.get(policy);
      if (by === undefined) use.unknownPolicy++;
      const days = use.days.get(by ? policy : '') ?? new Map<number, number>();
      use.days.set(by ? policy : '', days);
      countAt(days, day, MOST_DAYS);
      const slash = tool.indexOf('/');
      const server = slash < 0 ? '' : tool.slice(0, slash);
      const span = use.servers.get(server);
      if (span !== undefined) {
        span.first = Math.min(span.first, day);
        span.last = Math.max(span.last, day);
      } else if (use.servers.size < MOST_SERVERS) use.servers.set(server, { first: day, last: day });
      const number = numberOf(call.arguments, tool);
      for (const root of by ? [by.root] : watched.roots) countTree(root, call, day, number);
      const key = grantFor(watched.now, tool)?.key;
      if (key === undefined) return stranger(id, tool, call.decision === 'deny');
      const own = use.tools.get(key) ?? noTool();
      use.tools.set(key, own);
      countTool(own, call, day, number, isSigned);
    },
    end: () => ({
      agents: uses,
      trees,
      strangers: [...strangers.values()]
        .sort((a, b) => b.calls - a.calls || (`${a.agent} ${a.tool}` < `${b.agent} ${b.tool}` ? -1 : 1))
        .slice(0, SHOWN_STRANGERS),
    }),
  };
}
