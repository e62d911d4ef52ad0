import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Control } from '../model/controls.ts';
import type { Tier } from '../model/tiers.ts';
import { isBounded, isScoped } from './bounded.ts';
import { accessOf } from './describe.ts';
import { namesItsHosts } from './facts.ts';
import type { Pair, Reach } from './reach.ts';
import { lands, type Walk } from './walk.ts';

export interface ControlInput {
  root: Agent;
  reach: Reach;
  worst: Walk;
  tier: Tier;
  staging: boolean;
}

/** What shows a control in the manifest: a pointer or the declared evidence; undefined when nothing does. */
export function evidenceOf(id: Control, input: ControlInput): string | undefined {
  const { root, reach } = input;
  // Limits and declared controls are about the session, in which the subagents run too: those of the root count for all.
  const { limits = {}, controls } = root.manifest;
  switch (id) {
    case 'rate-limit':
      return shown(limits.callsPerMinute, '/limits/callsPerMinute');
    case 'token-budget':
      if (limits.usdPerSession !== undefined && limits.turnsPerSession !== undefined) return '/limits/usdPerSession';
      return shown(limits.tokensPerSession, '/limits/tokensPerSession');
    case 'spend-cap':
      return shown(limits.usdPerDay, '/limits/usdPerDay') ?? shown(limits.usdPerSession, '/limits/usdPerSession');
    case 'loop-limit':
      return (
        shown(limits.repeatsPerCall, '/limits/repeatsPerCall') ??
        shown(limits.turnsPerSession, '/limits/turnsPerSession')
      );
    case 'scoped-tokens':
      return reach.agents.every(({ manifest }) => Object.values(manifest.credentials ?? {}).every(isScoped))
        ? '/credentials'
        : undefined;
    case 'approval-gates':
      return gatesShown(input);
    case 'egress-allowlist':
      // Each agent has its own list, and what one may not reach another can be asked to.
      if (!reach.agents.every(hasAllowlist)) return undefined;
      return root.manifest.network?.egress === 'none' ? '/network/egress' : '/network/allowedHosts';
    default: {
      const declared = controls?.[id];
      const installed = root.installed?.get(id);
      if (!declared) return installed;
      return declared.evidence ?? installed ?? `/controls/${id} (declared without evidence)`;
    }
  }
}

function hasAllowlist(agent: Agent): boolean {
  const egress = agent.manifest.network?.egress;
  return egress === 'none' || (egress === 'listed' && namesItsHosts(agent));
}

/** Gates are shown when every tool that must ask does, and somebody is there to be asked. */
function gatesShown(input: ControlInput): string | undefined {
  const { root, reach, worst } = input;
  const asked = reach.pairs.filter((pair) => accessOf(pair, worst) === 'ask');
  if (asked.length === 0 || toGate(input).some((pair) => lands(pair, 'worst'))) return undefined;
  return asked.every(({ agent }) => hasApprover(agent, root)) ? '/approvals' : undefined;
}

/**
 * Somebody other than the agent can be asked: a named approver, or the person who starts each session. That person sits
 * with the root: who starts a subagent when it runs alone is not there.
 */
export function hasApprover(agent: Agent, root: Agent): boolean {
  return (
    approversOf(agent, root).length > 0 ||
    [agent, root].every(({ manifest }) => manifest.autonomy?.initiation === 'human')
  );
}

/** Those whom an agent names, less the agents of its tree: none of them is a person. */
export function approversOf({ manifest }: Agent, root: Agent): string[] {
  const agents = new Set(agentsOf(root).map(({ id }) => id));
  return (manifest.approvals?.approvers ?? []).filter((name) => !agents.has(name));
}

function shown(value: unknown, pointer: string): string | undefined {
  return value === undefined ? undefined : pointer;
}

/** The high-stakes tools that need a gate: at full, bounded ones do without. */
export function toGate({ worst, tier }: ControlInput): Pair[] {
  return [...worst.highStakes].filter((pair) => !(tier === 'full' && isBounded(pair, worst)));
}
