import type { Assessment, ReachScope } from '../../../../model/assessment.ts';
import { CLASSIFICATIONS } from '../../../../model/vocabulary.ts';
import { seen } from '../../../page/text.ts';
import { count } from '../../../words.ts';
import type { GraphNode } from './model.ts';

/** The name that a disclosure path has for what no scope names. */
export const UNNAMED = 'credentials or files in reach';
const MOST = 14;

export interface Scopes {
  nodes: GraphNode[];
  /** The box of a scope that a tool of this agent names. */
  idOf: (agent: string, name: string) => string;
}

/** The same name with the same classification is the same data, whichever agent names it. */
export function scopesOf({ data, reach, disclosurePaths }: Assessment): Scopes {
  const known = new Map(data.map((scope) => [JSON.stringify([scope.agent, scope.name]), scope.classification]));
  const classOf = (agent: string, name: string) => known.get(JSON.stringify([agent, name])) ?? 'unknown';
  const used = new Map<string, { name: string; rank: number; classification: ReachScope['classification'] }>();
  const use = (agent: string, name: string, leaks: number) => {
    const classification = classOf(agent, name);
    const rank =
      leaks + (classification === 'unknown' ? CLASSIFICATIONS.length : CLASSIFICATIONS.indexOf(classification));
    const id = idIn(classification, name);
    used.set(id, { name, classification, rank: Math.max(rank, used.get(id)?.rank ?? 0) });
  };
  for (const { data: read } of disclosurePaths) if (read.scope !== UNNAMED) use(read.agent, read.scope, 100);
  for (const tool of reach) for (const name of tool.data ?? []) use(tool.agent, name, 0);
  const ordered = [...used].sort(([, a], [, b]) => b.rank - a.rank);
  const drawn = new Map(ordered.length <= MOST + 1 ? ordered : ordered.slice(0, MOST));
  const left = ordered.length - drawn.size;
  return {
    nodes: [
      ...[...drawn].map(([id, { name, classification }]) => nodeOf(id, name, classification)),
      ...(left > 0 ? [{ id: MORE, kind: 'data' as const, title: count(left, 'more scope'), note: '', rows: [] }] : []),
    ],
    idOf: (agent, name) => {
      const id = idIn(classOf(agent, name), name);
      return drawn.has(id) ? id : MORE;
    },
  };
}

const MORE = 'data more';
const idIn = (classification: string, name: string) => `data ${classification} ${name}`;

function nodeOf(id: string, name: string, classification: ReachScope['classification']): GraphNode {
  return {
    id,
    kind: 'data',
    title: seen(name, 200),
    note: classification === 'unknown' ? 'not classified' : classification,
    rows: [],
    sensitive:
      classification === 'unknown' ||
      CLASSIFICATIONS.indexOf(classification) >= CLASSIFICATIONS.indexOf('confidential'),
  };
}
