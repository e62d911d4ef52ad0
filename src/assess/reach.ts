import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { ToolFacts } from '../model/manifest.ts';
import type { Access, Classification, Review } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';
import type { Bound } from './bound.ts';
import { known, open } from './bound.ts';
import { resolveFacts } from './facts.ts';

/** A data scope as one agent's manifest names it. */
export interface Scope {
  agent: string;
  name: string;
  classification: Bound<Classification>;
}

/** One tool in the hands of one agent, with what it can do at best and at worst. */
export interface Pair {
  agent: Agent;
  tool: string;
  facts: ToolFacts;
  /** `server/*`: stands for tools nobody has listed. */
  wildcard: boolean;
  writes: Bound;
  irreversible: Bound;
  highImpact: Bound;
  arbitrary: Bound;
  /** An argument can carry data to a place the caller picks. */
  exits: Bound;
  /** It brings text from wherever it reaches into the session. */
  brings: Bound;
  scopes: Scope[];
  /** Confidential data that no scope names: live credentials or files within its reach. */
  hidden: Bound;
  /** Declared, by the tool or a change under consideration. */
  access: Access | undefined;
  review: Review | undefined;
}

export interface Reach {
  agents: Agent[];
  /** Every pair that is not denied. */
  pairs: Pair[];
  /** For each agent, whether it reads text that strangers can write. */
  untrusted: { agent: Agent; bound: Bound }[];
}

/** The (agent, tool) pairs of an agent and all its subagents, each resolved in its own manifest. */
export function reachOf(root: Agent): Reach {
  const agents = agentsOf(root);
  return {
    agents,
    pairs: agents.flatMap(pairsOf),
    untrusted: agents.map((agent) => ({ agent, bound: untrustedBound(agent) })),
  };
}

/** Every tool an agent lists, denied ones too. */
export function allPairs(agent: Agent): Pair[] {
  return Object.entries(agent.manifest.tools).map(([tool, facts]) => pairOf(agent, tool, facts));
}

export function pairOf(agent: Agent, tool: string, facts: ToolFacts): Pair {
  const { review } = agent.manifest.autonomy ?? {};
  return { agent, tool, facts, ...resolveFacts(agent, tool, facts), access: facts.access, review };
}

function pairsOf(agent: Agent): Pair[] {
  return allPairs(agent).filter((pair) => pair.access !== 'deny');
}

function untrustedBound(agent: Agent): Bound {
  const declared = agent.manifest.inputs?.untrusted;
  const pointer = pointerOf('inputs', 'untrusted');
  return declared === undefined ? open(false, true, pointer) : known(declared, pointer);
}
