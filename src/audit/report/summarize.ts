import type { CallRow } from '../../model/audit-query.ts';
import type { AgentSummary, ApproverTally, PolicyUse, ToolTally } from '../../model/audit-summary.ts';
import { grantedTools, highStakesOf, type KnownPolicy } from './known-policies.ts';
import { byCount, entry } from './tally.ts';

interface Agent extends Omit<AgentSummary, 'tools' | 'approvals' | 'denials' | 'sessions' | 'quiet' | 'others'> {
  tools: Map<string, ToolTally>;
  approvals: Map<string, ApproverTally & { waited: number }>;
  denials: Map<string, { rule: string; calls: number }>;
  sessions: Set<string>;
  others: number;
}

export interface Summarizing {
  add(row: CallRow): void;
  end(): { calls: number; agents: AgentSummary[]; policies: PolicyUse[] };
}

const MOST_AGENTS = 200;
const MOST_SESSIONS = 10_000;
/** Agents beyond what is counted one by one; no agent has this id. */
const OTHER_AGENTS = '(other agents)';

/** Counts calls, with flat memory. Agents of policies that made none are in it, too: those that are named, or all. */
export function summarizing(policies: readonly KnownPolicy[], named: readonly string[]): Summarizing {
  const known = new Map(policies.map((each) => [each.digest, each]));
  const agents = new Map<string, Agent>();
  const uses = new Map<string, PolicyUse>(
    policies.map(({ digest, file }) => [digest, { digest, file, calls: 0 }] as const),
  );
  let calls = 0;
  return {
    add(row) {
      calls++;
      const agent =
        entry(agents, row.agent, () => nobody(row.agent), MOST_AGENTS) ??
        entry(agents, OTHER_AGENTS, () => nobody(OTHER_AGENTS), MOST_AGENTS + 1);
      const use = entry(uses, row.policy, () => ({ digest: row.policy, file: null, calls: 0 }), 10_000);
      if (use) use.calls++;
      if (agent) addCall(agent, row, highStakesOf(known, row));
    },
    end() {
      const granted = grantedTools(policies);
      for (const id of granted.keys())
        if (named.length === 0 || named.includes(id)) entry(agents, id, () => nobody(id), MOST_AGENTS);
      return {
        calls,
        agents: byCount(agents, (agent) => agent.calls).map(([, agent]) => summaryOf(agent, granted.get(agent.agent))),
        policies: byCount(uses, (use) => use.calls).map(([, use]) => use),
      };
    },
  };
}

const nobody = (agent: string): Agent => ({
  agent,
  calls: 0,
  first: null,
  last: null,
  decisions: { deny: 0, ask: 0, allow: 0 },
  outcomes: { ok: 0, error: 0, refused: 0, cancelled: 0, 'timed-out': 0, lost: 0, none: 0 },
  highStakes: { calls: 0, unknown: 0 },
  usd: { settled: 0, open: 0 },
  shadow: 0,
  tools: new Map(),
  approvals: new Map(),
  denials: new Map(),
  sessions: new Set(),
  others: 0,
});

function addCall(agent: Agent, row: CallRow, isHighStakes: boolean | null): void {
  const { tool: name, decision, rule, session, time } = row;
  agent.calls++;
  agent.decisions[decision]++;
  agent.outcomes[row.outcome ?? 'none']++;
  agent.first = agent.first === null || time < agent.first ? time : agent.first;
  agent.last = agent.last === null || time > agent.last ? time : agent.last;
  agent.usd.settled += row.settledUsd ?? 0;
  if (row.outcome === null) agent.usd.open += row.reservedUsd;
  if (row.mode === 'shadow' && decision !== 'allow') agent.shadow++;
  if (isHighStakes === null) agent.highStakes.unknown++;
  else if (isHighStakes) agent.highStakes.calls++;
  if (agent.sessions.size < MOST_SESSIONS || agent.sessions.has(session)) agent.sessions.add(session);
  else agent.others++;
  const tool = entry(agent.tools, name, () => ({
    tool: name,
    calls: 0,
    decisions: { deny: 0, ask: 0, allow: 0 },
    usd: 0,
    highStakes: null,
  }));
  if (tool) {
    tool.calls++;
    tool.decisions[decision]++;
    tool.usd += row.settledUsd ?? 0;
    // High under one of its policies is high.
    if (isHighStakes !== null) tool.highStakes = tool.highStakes === true || isHighStakes;
  } else agent.others++;
  if (decision === 'deny') {
    const denial = entry(agent.denials, rule, () => ({ rule, calls: 0 }));
    if (denial) denial.calls++;
    else agent.others++;
  }
  if (row.approval !== null) addAnswer(agent, row.approval);
}

function addAnswer(agent: Agent, { answer, by, waitedSeconds }: NonNullable<CallRow['approval']>): void {
  const one = entry(agent.approvals, by === null ? '' : `=${by}`, () => ({
    by,
    approved: 0,
    denied: 0,
    expired: 0,
    waited: 0,
    waitedMean: 0,
    waitedLongest: 0,
  }));
  if (one === undefined) {
    agent.others++;
    return;
  }
  one[answer]++;
  one.waited += waitedSeconds;
  one.waitedMean = one.waited / (one.approved + one.denied + one.expired);
  one.waitedLongest = Math.max(one.waitedLongest, waitedSeconds);
}

function summaryOf({ tools, approvals, denials, sessions, ...agent }: Agent, granted?: Set<string>): AgentSummary {
  return {
    ...agent,
    sessions: sessions.size,
    tools: byCount(tools, (tool) => tool.calls).map(([, tool]) => tool),
    approvals: byCount(approvals, ({ approved, denied, expired }) => approved + denied + expired).map(
      ([, { waited: _, ...one }]) => one,
    ),
    denials: byCount(denials, (denial) => denial.calls).map(([, denial]) => denial),
    quiet: granted === undefined ? null : [...granted].filter((tool) => !tools.has(tool)).sort(),
  };
}
