import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Call } from '../../../enforce/call.ts';
import { type Countable, type Counters, counted, noCounters, usageOf } from '../../../enforce/counters.ts';
import { decide } from '../../../enforce/decide.ts';
import { grantFor } from '../../../enforce/grant.ts';
import type { Policy } from '../../../model/policy.ts';
import { canonicalJson } from '../../../source/record.ts';
import type { Machine } from '../../../source/state-folder.ts';
import { readBundle } from './bundle.ts';
import { callerOf, toolOf } from './callers.ts';
import { countersFolder, countersName, isExposed } from './counters-place.ts';
import type { HookWay } from './data.ts';
import { delegationRefusal, isDelegation, withDelegation } from './delegation.ts';
import { type HookCall, readCall } from './input.ts';
import { hasCounts } from './limits.ts';
import { counting, type Outcome } from './store.ts';

export interface Surroundings {
  way: HookWay;
  /** Folder of the hook's own files. */
  folder: string;
  machine: Machine;
  /** Milliseconds since 1970. */
  time: number;
}

/** Why a call must not run, in words for the model; undefined: the hook has nothing against it. */
export function refusalOf(text: string, around: Surroundings): string | undefined {
  const call = readCall(text);
  if (call === undefined)
    return 'every call is refused: Claude Code describes calls in a way that this hook does not know';
  // People work in the project with tools of the client's own; those are up to them and to the rules.
  if (around.way === 'project' && !call.tool.startsWith('mcp__')) return undefined;
  const bundle = readBundle(around.folder);
  if (!bundle.ok) return bundle.reason;
  const callers = around.way === 'launcher' ? bundle.data.launcher : bundle.data.settings;
  const caller = callerOf(callers, call);
  if (caller === undefined) return 'this subagent is not in the policy, so it may call nothing';
  const tool = toolOf(caller, call.tool);
  if (tool === undefined)
    return `\`${shown(call.tool)}\` is not in the policy of \`${caller.agent}\`; what is not listed is refused`;
  if (tool === null) return `\`${shown(call.tool)}\` is refused: the policy cannot tell it apart from another tool`;
  const refusal = delegationRefusal(tool, call.arguments, callers);
  if (refusal !== undefined) return refusal;
  const asked: Call = { agent: caller.agent, tool, arguments: call.arguments };
  return decided(withDelegation(bundle.policy, callers), asked, call, around);
}

function decided(policy: Policy, asked: Call, call: HookCall, around: Surroundings): string | undefined {
  const { agent, tool } = asked;
  const own = policy.agents[agent];
  const countable: Countable = {
    agent,
    grant: (own === undefined ? undefined : grantFor(own, tool))?.key ?? tool,
    session: call.session,
    fingerprint: fingerprintOf(asked),
  };
  const outcome = (counters: Counters): Outcome => {
    const verdict = decide(policy, asked, usageOf(counters, countable, around.time));
    if (verdict.decision === 'deny') return { reason: verdict.message };
    const spent = { usd: verdict.usd, startsSubagent: isDelegation(tool) };
    return { next: counted(counters, countable, spent, around.time) };
  };
  if (!hasCounts(policy)) {
    const alone = outcome(noCounters());
    return 'reason' in alone ? alone.reason : undefined;
  }
  const folder = countersFolder(around.machine);
  if (folder === undefined)
    return 'every call is refused, because there is no folder to count calls in; a person has to set `HOME`';
  const bundle = realpathSync(join(around.folder, '..'));
  if (isExposed(folder, bundle, around.machine.home))
    return `every call is refused, because calls are counted in \`${folder}\`, where agents of the project may write; a person has to set \`XDG_STATE_HOME\` to a folder elsewhere`;
  return counting(join(folder, countersName(policy.root, bundle)), around.time, outcome);
}

function fingerprintOf({ tool, arguments: values }: Call): string {
  return createHash('sha256')
    .update(canonicalJson([tool, values ?? {}]))
    .digest('hex')
    .slice(0, 24);
}

function shown(name: string): string {
  return name.replace(/[^\x20-\x7e]|`/g, '?').slice(0, 100);
}
