import { type Agent, agentsOf } from '../manifest/tree.ts';
import type { Finding } from '../model/finding.ts';
import type { AgentPair } from './pair.ts';
import { partnersOf } from './partners.ts';

/** The number of the pair for what belongs to no agent. */
export const NOBODY = -1;

export interface Subject {
  /** Index of the pair that it is told with. */
  pair: number;
  /** The same for the same agent on both sides, wherever it stands; empty: it is no agent's. */
  name: string;
}

/** Which agent a file and document hold, on each side. */
export interface Subjects {
  at(file: string, document: number, side: keyof AgentPair): Subject;
  /** The same for the same fault of the same agent on both sides. */
  keyOf(finding: Finding, side: keyof AgentPair): string;
}

const NONE: Subject = { pair: NOBODY, name: '' };

export function subjectsOf(pairs: readonly AgentPair[]): Subjects {
  const places = { base: new Map<string, Subject>(), head: new Map<string, Subject>() };
  const note = (side: keyof AgentPair, agent: Agent | undefined, subject: Subject) => {
    const place = agent && placeOf(agent.file, agent.document);
    if (place !== undefined && !places[side].has(place)) places[side].set(place, subject);
  };
  for (const [pair, { base, head }] of pairs.entries()) {
    note('base', base, { pair, name: String(pair) });
    note('head', head, { pair, name: String(pair) });
  }
  // Subagents in files that are looked at for nobody else's sake.
  for (const [pair, { base, head }] of pairs.entries()) {
    for (const agent of head ? agentsOf(head) : []) note('head', agent, { pair, name: nameOf('head', agent) });
    const now = new Map(base && head ? [...partnersOf(base, head)].map(([agent, other]) => [other, agent]) : []);
    for (const agent of base ? agentsOf(base) : []) {
      const partner = now.get(agent);
      note('base', agent, { pair, name: partner ? nameOf('head', partner) : nameOf('base', agent) });
    }
  }
  const at: Subjects['at'] = (file, document, side) => places[side].get(placeOf(file, document)) ?? NONE;
  return {
    at,
    keyOf({ rule, pointer, message, file, document }, side) {
      const { name } = at(file, document, side);
      // Beyond the agents, the pointer leads into a configuration or a baseline, where lists shift.
      return JSON.stringify([name, rule, name === '' ? message : pointer]);
    },
  };
}

const placeOf = (file: string, document: number) => JSON.stringify([file, document]);
const nameOf = (side: keyof AgentPair, { file, document }: Agent) => `${side} ${placeOf(file, document)}`;
