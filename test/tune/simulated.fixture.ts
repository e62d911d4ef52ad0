import fc from 'fast-check';
import { argumentsDigest } from '../../src/audit/canonical.ts';
import { recordFields } from '../../src/audit/fields.ts';
import { digestOf } from '../../src/audit/hash.ts';
import { type Countable, counted, noCounters, usageOf } from '../../src/enforce/counters.ts';
import { decide } from '../../src/enforce/decide.ts';
import { grantFor } from '../../src/enforce/grant.ts';
import { type Agent, agentsOf } from '../../src/manifest/tree.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { ApprovalRecord } from '../../src/model/record.ts';
import { buildPolicy } from '../../src/policy/build.ts';
import type { Call } from '../../src/tune/observe.ts';

const DAY = 86_400_000;
export const BEGIN = Date.parse('2026-08-01T00:00:00Z');

/** How one tool of one agent is used, day by day. */
export interface Habit {
  perDay: number;
  /** Every so many days; 1: each. */
  every: number;
  /** Of its questions, the share that a person denies, in a hundred; and that nobody answers. */
  denied: number;
  expired: number;
  /** Amounts go from here on, in so many steps. */
  from: number;
  steps: number;
  /** One text of so many. */
  words: number;
  /** Are all calls of a day alike? */
  alike: boolean;
}

export const habits: fc.Arbitrary<Habit> = fc.record({
  perDay: fc.constantFrom(0, 0, 1, 3, 8, 45),
  every: fc.constantFrom(1, 1, 1, 3),
  denied: fc.constantFrom(0, 0, 0, 10),
  expired: fc.constantFrom(0, 0, 2, 30),
  from: fc.constantFrom(0, 1, 40, 7000, -5),
  steps: fc.constantFrom(1, 3, 90),
  words: fc.constantFrom(1, 3, 40),
  alike: fc.boolean(),
});

export interface Simulated {
  policy: Policy;
  digest: string;
  calls: Call[];
}

/** What a gate would have recorded of an agent and its subagents; undefined: the manifest has no policy. */
export function simulate(root: Agent, manners: readonly Habit[], days: number): Simulated | undefined {
  const built = buildPolicy(root);
  if (built.state !== 'ok') return undefined;
  const policy = built.value;
  const digest = digestOf(JSON.stringify(policy));
  const calls: Call[] = [];
  let counters = noCounters();
  let turn = 0;
  // By the manifests as they were, so that a tool that is taken away is still wanted as often.
  const seats = agentsOf(root).flatMap((agent) => Object.keys(agent.manifest.tools).map((tool) => ({ agent, tool })));
  for (let day = 0; day < days; day++)
    for (const [index, { agent, tool }] of seats.entries()) {
      const habit = manners[index % manners.length];
      if (habit === undefined || day % habit.every !== 0) continue;
      for (let i = 0; i < habit.perDay; i++) {
        turn++;
        const at = BEGIN + day * DAY + 3_600_000 * 6 + i * 40_000 + index * 1000;
        const name = tool.replace('/*', '/anything');
        const values = argumentsOf(habit, day, i);
        const asked = { agent: agent.id, tool: name, arguments: values };
        const key = grantFor(policy.agents[agent.id] ?? { tools: {} }, name);
        const session = `s${day}`;
        const own: Countable = {
          agent: agent.id,
          grant: key?.key ?? '',
          session,
          fingerprint: `${name} ${argumentsDigest(values)}`,
        };
        const verdict = decide(policy, asked, usageOf(counters, own, at));
        const approval = verdict.decision === 'ask' ? answerOf(habit, turn) : null;
        // A call that a person denied gives its place back.
        if (verdict.decision !== 'deny' && approval?.answer !== 'denied')
          counters = counted(counters, own, { usd: verdict.usd, startsSubagent: false }, at);
        calls.push({
          agent: agent.id,
          tool: name,
          session,
          seq: calls.length,
          time: new Date(at).toISOString(),
          arguments: argumentsDigest(values),
          fields: recordFields(values, key?.grant.record ?? []),
          decision: verdict.decision,
          rule: verdict.rule,
          policy: digest,
          mode: 'enforce',
          approval,
          reservedUsd: verdict.decision === 'deny' ? 0 : verdict.usd,
        });
      }
    }
  return { policy, digest, calls };
}

function argumentsOf({ from, steps, words, alike }: Habit, day: number, index: number): Record<string, unknown> {
  const number = alike ? day : day * 31 + index * 7;
  return { amount: from + (number % steps), to: `w${'abcdefgh'[number % Math.min(words, 8)]}`, n: alike ? 0 : index };
}

function answerOf({ denied, expired }: Habit, turn: number): ApprovalRecord {
  const roll = (turn * 37) % 100;
  const answer = roll < denied ? 'denied' : roll < denied + expired ? 'expired' : 'approved';
  return { answer, by: answer === 'expired' ? null : 'oncall', channel: 'inbox', waitedSeconds: 9, reason: null };
}
