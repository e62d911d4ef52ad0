import { givenAt } from '../manifest/given.ts';
import type { Agent } from '../manifest/tree.ts';
import type { PatchOperation } from '../model/assessment.ts';
import { CLASSIFICATIONS, type Classification } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';
import { known } from './bound.ts';
import type { Pair, Reach, Scope } from './reach.ts';

/** A change to a manifest that removes authority or risk, with its effect on the reach. */
export interface Move {
  id: string;
  /** What it costs the people who run the agent; used only to compare moves. */
  cost: number;
  /** What is changed: of two moves on the same subject the later one stands. */
  subject: string;
  /** How the move is told, with `{}` for the objects of all moves of its kind. */
  verb: string;
  object: string;
  /** Approvals a day that it adds by itself, used only to compare moves; null where the volume is not declared. */
  approvals: number | null;
  patch: PatchOperation[];
  /** The pair that is changed; absent: any of the agent may be. */
  pair?: Pair;
  /** The agent whose manifest is changed. */
  agent: string;
  /** What becomes of a pair; undefined when it is gone. */
  change(pair: Pair): Pair | undefined;
}

/** The reach after all of the moves. */
export function applied(reach: Reach, moves: readonly Move[]): Reach {
  const byTool = new Map<string, Move[]>();
  const byAgent = new Map<string, Move[]>();
  for (const move of moves) {
    const [map, key] = move.pair ? [byTool, move.pair.tool] : [byAgent, move.agent];
    const others = map.get(key);
    if (others) others.push(move);
    else map.set(key, [move]);
  }
  const pairs = reach.pairs.flatMap((pair) => {
    let now: Pair | undefined = pair;
    for (const move of [...(byTool.get(pair.tool) ?? []), ...(byAgent.get(pair.agent.id) ?? [])]) {
      if (now && (!move.pair || same(move.pair, now))) now = move.change(now);
    }
    return now ?? [];
  });
  return { ...reach, pairs };
}

/** Naming hosts costs an afternoon, a gate costs attention every day, reclassifying costs a data project, a drop costs a feature. */
export const COST = { closeEgress: 1, gate: 2, lowerStep: 3, drop: 5 } as const;

export function gate(pair: Pair): Move {
  const approvals = pair.facts.callsPerDay ?? null;
  return {
    id: `gate:${pair.agent.id}:${pair.tool}`,
    cost: COST.gate,
    subject: `access:${pair.agent.id}:${pair.tool}`,
    verb: 'set `access: ask` on {}',
    object: nameOf(pair),
    approvals,
    patch: [setFact(pair, 'access', 'ask')],
    pair,
    agent: pair.agent.id,
    change: (now) => ({ ...now, access: 'ask' }),
  };
}

export function drop(pair: Pair): Move {
  return {
    id: `drop:${pair.agent.id}:${pair.tool}`,
    cost: COST.drop,
    subject: `access:${pair.agent.id}:${pair.tool}`,
    verb: 'take {} away (`access: deny`)',
    object: nameOf(pair),
    approvals: pair.access === 'ask' && pair.facts.callsPerDay !== undefined ? -pair.facts.callsPerDay : 0,
    patch: [setFact(pair, 'access', 'deny')],
    pair,
    agent: pair.agent.id,
    change: () => undefined,
  };
}

/** Not for a wildcard, whose facts count for nothing, nor where undefended arbitrary execution implies the egress. */
export function canCloseEgress(pair: Pair): boolean {
  return pair.exits.worst && !pair.wildcard && !(pair.arbitrary.worst && pair.facts.because === undefined);
}

export function closeEgress(pair: Pair): Move {
  const pointer = pointerOf('tools', pair.tool, 'egress');
  return {
    id: `close-egress:${pair.agent.id}:${pair.tool}`,
    cost: COST.closeEgress,
    subject: `egress:${pair.agent.id}:${pair.tool}`,
    verb: 'let {} send data only to listed hosts, or nowhere (`egress`)',
    object: nameOf(pair),
    approvals: 0,
    patch: [setFact(pair, 'egress', 'none')],
    pair,
    agent: pair.agent.id,
    change: (now) => {
      const closed = known(false, pointer);
      return { ...now, exits: closed, brings: closed };
    },
  };
}

/** Only a scope that the manifest names has a class to lower, and only one that the organisation has not classed. */
export function canReclassify(reach: Reach, scope: Scope): boolean {
  const owner = ownerOf(reach, scope);
  if (owner?.manifest.data?.[scope.name] === undefined) return false;
  return givenAt(owner, pointerOf('data', scope.name, 'classification')) === undefined;
}

const owners = new WeakMap<Agent[], Map<string, Agent>>();

export function ownerOf({ agents }: Reach, scope: Scope): Agent | undefined {
  let byId = owners.get(agents);
  if (!byId) {
    // Of two agents with one id the first counts, as everywhere.
    byId = new Map(agents.toReversed().map((agent) => [agent.id, agent]));
    owners.set(agents, byId);
  }
  return byId.get(scope.agent);
}

export function reclassify(agent: Agent, scope: Scope, to: Classification): Move {
  const steps = CLASSIFICATIONS.indexOf(scope.classification.worst) - CLASSIFICATIONS.indexOf(to);
  const pointer = pointerOf('data', scope.name, 'classification');
  const after: Scope = { agent: scope.agent, name: scope.name, classification: known(to, pointer) };
  // Pairs that share a list of scopes go on sharing one.
  const done = new Map<Scope[], Scope[]>();
  const lowered = (scopes: Scope[]): Scope[] => {
    const before = done.get(scopes);
    if (before) return before;
    const now = scopes.map((other) => (sameScope(other, scope) ? after : other));
    done.set(scopes, now);
    return now;
  };
  return {
    id: `reclassify:${scope.agent}:${scope.name}:${to}`,
    cost: COST.lowerStep * steps,
    subject: `data:${scope.agent}:${scope.name}`,
    verb: `give it only ${to} data in {} (masked or synthetic)`,
    object: `\`${scope.name}\``,
    approvals: 0,
    patch: [{ agent: scope.agent, op: 'add', path: `${agent.base}${pointer}`, value: to }],
    agent: scope.agent,
    change: (pair) => ({ ...pair, scopes: lowered(pair.scopes) }),
  };
}

/** A tool that only states its effect may be written in short, and then it is a text without fields. */
function setFact(pair: Pair, field: string, value: unknown): PatchOperation {
  const tool = `${pair.agent.base}${pointerOf('tools', pair.tool)}`;
  if (Object.keys(pair.facts).every((key) => key === 'effect')) {
    return { agent: pair.agent.id, op: 'replace', path: tool, value: { ...pair.facts, [field]: value } };
  }
  return { agent: pair.agent.id, op: 'add', path: `${pair.agent.base}${pointerOf('tools', pair.tool, field)}`, value };
}

export function same(a: Pair, b: Pair): boolean {
  return a.agent === b.agent && a.tool === b.tool;
}

export function sameScope(a: Scope, b: Scope): boolean {
  return a.agent === b.agent && a.name === b.name;
}

function nameOf(pair: Pair): string {
  return `\`${pair.tool}\``;
}
