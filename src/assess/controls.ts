import type { ControlEntry, Controls } from '../model/assessment.ts';
import { CONTROLS, type Control } from '../model/controls.ts';
import type { Tier } from '../model/tiers.ts';
import { accessOf } from './describe.ts';
import { type ControlInput, evidenceOf, toGate } from './evidence.ts';

/** Above this many approvals a day, people stop reading what they approve: gates on what can be undone are then too much. */
export const GATED_CALLS_A_DAY = 20;

type Standing = 'required' | 'cost-driven' | 'optional' | 'excessive' | 'excessive-when-many';

/** What each tier asks for, in the order of `TIERS`. Required sets nest upward. */
export const CONTROL_TABLE: Record<
  Exclude<Control, 'staging-boundary'>,
  readonly [Standing, Standing, Standing, Standing]
> = {
  sandbox: ['required', 'required', 'required', 'required'],
  'rate-limit': ['required', 'required', 'required', 'required'],
  'token-budget': ['required', 'required', 'required', 'required'],
  'spend-cap': ['cost-driven', 'cost-driven', 'cost-driven', 'required'],
  'loop-limit': ['cost-driven', 'cost-driven', 'cost-driven', 'required'],
  'scoped-tokens': ['optional', 'required', 'required', 'required'],
  'audit-log': ['optional', 'required', 'required', 'required'],
  'approval-gates': ['excessive', 'excessive-when-many', 'required', 'required'],
  'deny-by-default': ['optional', 'optional', 'required', 'required'],
  'egress-allowlist': ['optional', 'optional', 'required', 'required'],
  'signed-audit': ['excessive', 'optional', 'optional', 'required'],
};

const COLUMN: Record<Tier, 0 | 1 | 2 | 3> = { light: 0, medium: 1, 'medium-plus': 2, full: 3 };

/** The controls of a tier for this agent: asked for, too much, and which of them the manifest shows. */
export function controlsOf(input: ControlInput): Controls {
  const controls: Controls = { required: [], optional: [], excessive: [], present: [], missing: [] };
  for (const id of CONTROLS) {
    const standing = standingOf(id, input);
    if (!standing) continue;
    const evidence = evidenceOf(id, input);
    const entry: ControlEntry = { id, because: standing.because, evidence: evidence ?? '' };
    if (standing.is !== 'excessive') controls[standing.is].push(entry);
    else if (evidence !== undefined && hasIt(id, input)) controls.excessive.push(entry);
    if (evidence !== undefined) controls.present.push(entry);
    else if (standing.is === 'required') controls.missing.push(entry);
  }
  return controls;
}

/** The controls that a tier requires once the agent has left staging, and with it the boundary, behind. */
export function requiredAt(tier: Tier, input: ControlInput): ControlEntry[] {
  return controlsOf({ ...input, tier, staging: false }).required.filter(({ id }) => id !== 'staging-boundary');
}

function standingOf(
  id: Control,
  input: ControlInput,
): { is: 'required' | 'optional' | 'excessive'; because: string } | undefined {
  const environment = input.root.manifest.agent.environment;
  if (id === 'staging-boundary') {
    const outside = environment === 'prototype' || environment === 'staging';
    return outside ? { is: 'required', because: `the environment is ${environment}` } : undefined;
  }
  const tier = input.staging ? 'light' : input.tier;
  const why = input.staging ? 'inside the staging boundary' : `tier ${tier}`;
  const standing = CONTROL_TABLE[id][COLUMN[tier]];
  switch (standing) {
    case 'cost-driven': {
      const driver = costDriver(input);
      return driver
        ? { is: 'required', because: driver }
        : { is: 'optional', because: `${why}, and nothing drives its cost` };
    }
    case 'excessive-when-many': {
      const load = gatedLoad(input);
      const many = load !== null && load > GATED_CALLS_A_DAY;
      return many
        ? { is: 'excessive', because: `${load} approvals a day on actions that can be undone` }
        : { is: 'optional', because: why };
    }
    case 'required':
      return id === 'approval-gates'
        ? gatesNeeded(input, why)
        : { is: 'required', because: requiredBecause(id, input, why) };
    case 'excessive':
      // Inside a staging boundary a gate or a signed record is not needed, but the tier will ask for it at graduation.
      return input.staging
        ? { is: 'optional', because: 'the tier asks for it at graduation' }
        : { is: 'excessive', because: `nothing at ${why} needs it` };
    default:
      return { is: standing, because: why };
  }
}

function requiredBecause(id: Control, input: ControlInput, why: string): string {
  if (id === 'sandbox' && (input.tier === 'light' || input.staging))
    return `${why}: no writes, and no secret readable where egress is open`;
  if (id === 'sandbox') return `${why}: bounds as the manifest lists them`;
  return why;
}

/** At full, bounded tools need no gate; when every high-stakes tool is bounded, gates are optional. */
function gatesNeeded(input: ControlInput, why: string) {
  const gated = toGate(input);
  const names = gated.map((pair) => `\`${pair.tool}\``).join(', ');
  return gated.length === 0
    ? ({ is: 'optional', because: `${why}, and every high-stakes tool is bounded` } as const)
    : ({ is: 'required', because: `${why}: ${names}` } as const);
}

/** Why money or loops are a danger of their own; undefined when nothing drives cost. */
function costDriver({ root, reach }: ControlInput): string | undefined {
  const { autonomy } = root.manifest;
  const dear = reach.agents.find(({ manifest }) => manifest.concern === 'cost');
  if (dear) return dear === root ? 'the concern is cost' : `the concern of \`${dear.id}\` is cost`;
  if (reach.agents.length > 1) return 'it has subagents';
  // A subagent is started by the agent above it, whatever its own manifest says of it when it runs alone.
  if (autonomy?.initiation === undefined) return 'what starts it is not stated';
  return autonomy.initiation === 'human'
    ? undefined
    : `it is started by ${autonomy.initiation === 'event' ? 'an event' : `a${autonomy.initiation === 'agent' ? 'n agent' : ' schedule'}`}`;
}

/** Approvals a day on tools that ask; null when one of them states no volume, or when it is open whether one asks. */
export function gatedLoad({ reach, worst }: Pick<ControlInput, 'reach' | 'worst'>): number | null {
  let load = 0;
  for (const pair of reach.pairs) {
    const access = accessOf(pair, worst);
    if (access === 'unknown' && worst.highStakes.has(pair)) return null;
    if (access !== 'ask') continue;
    if (pair.facts.callsPerDay === undefined) return null;
    load += pair.facts.callsPerDay;
  }
  return load;
}

/** An excessive control is only reported when the manifest really has it. */
function hasIt(id: Control, input: ControlInput): boolean {
  // What a target does besides costs nobody anything.
  if (id !== 'approval-gates') return Object.hasOwn(input.root.manifest.controls ?? {}, id);
  return input.reach.pairs.some((pair) => accessOf(pair, input.worst) === 'ask');
}
