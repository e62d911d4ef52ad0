import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Call, Usage } from '../../enforce/call.ts';
import { type Countable, type Counters, counted, noCounters, usageOf } from '../../enforce/counters.ts';
import { decide } from '../../enforce/decide.ts';
import { grantFor } from '../../enforce/grant.ts';
import type { Policy } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { canonicalJson } from '../../source/record.ts';
import type { Machine } from '../../source/state-folder.ts';
import { countersFolder, countersName, isExposed } from '../claude-code/hook/counters-place.ts';
import { hasCounts } from '../claude-code/hook/limits.ts';
import { counting, type Outcome } from '../claude-code/hook/store.ts';
import { readBundle } from './bundle.ts';
import { toolOf } from './names.ts';

/** What is about to be called, in the engine's words. */
export interface Asked {
  /** A key of the policy's `agents`. */
  agent: string;
  /** The engine's name of the tool. */
  tool: string;
  arguments: unknown;
  /** The same for all calls of one session. */
  session: string;
}

export interface Surroundings {
  /** Folder of `names.json`; the policy lies above it. */
  folder: string;
  machine: Machine;
  /** Milliseconds since 1970. */
  time: number;
}

export interface Answer {
  decision: Access;
  /** In words for the model and for people. */
  message: string;
  /** The policy's name of the tool; null where it has none. */
  tool: string | null;
}

/** Whether a call may run. A call that is let through, or that asks, is counted. */
export function check(asked: Asked, around: Surroundings): Answer {
  return answerTo(asked, around, decided);
}

/** The same before anything is counted, and without counting: whether it is worth asking a person. */
export function peek(asked: Asked, around: Surroundings): Answer {
  return answerTo(asked, around, (policy, call) => decide(policy, call, NOTHING_YET));
}

const NOTHING_YET: Usage = {
  callsLastMinute: 0,
  callsToday: 0,
  repeats: 0,
  toolUsdToday: 0,
  sessionSeconds: 0,
  subagentsStarted: 0,
};

type Decide = (policy: Policy, call: Call, session: string, around: Surroundings) => Omit<Answer, 'tool'>;

function answerTo(asked: Asked, around: Surroundings, decideOn: Decide): Answer {
  const bundle = readBundle(around.folder);
  if (!bundle.ok) return denied(bundle.reason);
  const names = Object.hasOwn(bundle.data.agents, asked.agent) ? bundle.data.agents[asked.agent] : undefined;
  if (names === undefined) return denied('this agent is not in the policy, so it may call nothing');
  const tool = toolOf(names, asked.tool);
  if (tool === undefined)
    return denied(`\`${shown(asked.tool)}\` is not in the policy of \`${asked.agent}\`; what is not listed is refused`);
  if (tool === null)
    return denied(`\`${shown(asked.tool)}\` is refused: the policy cannot tell it apart from another tool`);
  const call: Call = { agent: asked.agent, tool, arguments: asked.arguments };
  const { decision, message } = decideOn(bundle.policy, call, asked.session, around);
  return { decision, message, tool };
}

function decided(policy: Policy, call: Call, session: string, around: Surroundings): Omit<Answer, 'tool'> {
  const { agent, tool } = call;
  const own = policy.agents[agent];
  const countable: Countable = {
    agent,
    grant: (own === undefined ? undefined : grantFor(own, tool))?.key ?? tool,
    session,
    fingerprint: createHash('sha256')
      .update(canonicalJson([tool, call.arguments ?? {}]))
      .digest('hex')
      .slice(0, 24),
  };
  let answer: Omit<Answer, 'tool'> = denied('every call is refused: no decision was made');
  const outcome = (counters: Counters): Outcome => {
    const { decision, message, usd } = decide(policy, call, usageOf(counters, countable, around.time));
    answer = { decision, message };
    if (decision === 'deny') return { reason: message };
    return { next: counted(counters, countable, { usd, startsSubagent: false }, around.time) };
  };
  if (!hasCounts(policy)) {
    outcome(noCounters());
    return answer;
  }
  const file = fileOf(policy, around);
  if ('reason' in file) return denied(file.reason);
  const reason = counting(file.path, around.time, outcome);
  return reason === undefined ? answer : denied(reason);
}

function fileOf(policy: Policy, { folder, machine }: Surroundings): { path: string } | { reason: string } {
  const counters = countersFolder(machine);
  if (counters === undefined)
    return {
      reason: 'every call is refused, because there is no folder to count calls in; a person has to set `HOME`',
    };
  const bundle = realpathSync(join(folder, '..'));
  if (isExposed(counters, bundle, machine.home))
    return {
      reason: `every call is refused, because calls are counted in \`${counters}\`, where agents of the project may write; a person has to set \`XDG_STATE_HOME\` to a folder elsewhere`,
    };
  return { path: join(counters, countersName(policy.root, bundle)) };
}

function denied(message: string): Answer {
  return { decision: 'deny', message, tool: null };
}

function shown(name: string): string {
  return name.replace(/[^\x20-\x7e]|`/g, '?').slice(0, 100);
}
