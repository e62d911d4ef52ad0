import type { Assessment, ReachTool } from '../../../../model/assessment.ts';
import type { GraphNode } from './model.ts';
import { keyOf, type Paths } from './paths.ts';
import { scopesOf, UNNAMED } from './scopes.ts';

/** Where calls of a tool end: data and the outside. */
export interface End {
  id: string;
  /** It is there only if an open fact turns out so. */
  open: boolean;
  leaks: boolean;
  /** Text comes back that strangers may have written. */
  both: boolean;
}

export interface Ends {
  of: (tool: ReachTool) => End[];
  nodes: ReadonlyMap<string, GraphNode>;
}

const box = (id: string, kind: GraphNode['kind'], title: string, note: string): GraphNode => ({
  id,
  kind,
  title,
  note,
  rows: [],
});

const ANY = box('data any', 'data', 'data not stated', 'may be any in reach');
const HIDDEN = { ...box('data unnamed', 'data', 'credentials, files', 'named by no scope'), sensitive: true };
const OUTSIDE = box('outside', 'outside', 'the outside', 'any place a caller picks');
const LISTED = box('outside listed', 'outside', 'listed hosts', 'only those');

export function endsOf(assessment: Assessment, paths: Paths): Ends {
  const scopes = scopesOf(assessment);
  const idOf = (agent: string, name: string) => (name === UNNAMED ? HIDDEN.id : scopes.idOf(agent, name));
  const nodes = new Map([...scopes.nodes, ANY, HIDDEN, OUTSIDE, LISTED].map((node) => [node.id, node]));
  const mark = (id: string, step: 1 | 3) => {
    const node = nodes.get(id);
    if (node) nodes.set(id, { ...node, step });
  };
  for (const { data } of assessment.disclosurePaths) mark(idOf(data.agent, data.scope), 1);
  if (paths.exits.size > 0) mark(OUTSIDE.id, 3);
  return { nodes, of: (tool) => [...dataEnds(tool, paths, idOf), ...wayOut(tool, paths)] };
}

function dataEnds(tool: ReachTool, paths: Paths, idOf: (agent: string, name: string) => string): End[] {
  const read = paths.reads.get(keyOf(tool)) ?? [];
  const hidden = tool.unnamedData === true ? [UNNAMED] : [];
  const names = new Set([...(tool.data ?? []), ...hidden, ...read]);
  const ends = [...names].map((name) => ({
    id: idOf(tool.agent, name),
    open: tool.data?.includes(name) !== true && !(name === UNNAMED && tool.unnamedData === true),
    leaks: read.includes(name),
    both: false,
  }));
  return tool.data === null ? [...ends, { id: ANY.id, open: true, leaks: false, both: false }] : ends;
}

function wayOut(tool: ReachTool, { exits, sources }: Paths): End[] {
  const source = sources.has(keyOf(tool));
  const leaks = source || exits.has(keyOf(tool));
  if (tool.egress === 'open' || tool.egress === 'unknown' || leaks)
    return [{ id: OUTSIDE.id, open: tool.egress !== 'open', leaks, both: source || tool.untrusted === true }];
  return tool.egress === 'listed' ? [{ id: LISTED.id, open: false, leaks: false, both: false }] : [];
}
