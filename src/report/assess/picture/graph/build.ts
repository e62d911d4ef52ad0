import type { Assessment } from '../../../../model/assessment.ts';
import { HOLDS } from '../../../holds.ts';
import { seen } from '../../../page/text.ts';
import { count } from '../../../words.ts';
import { type Card, cardsOf } from './cards.ts';
import { type End, endsOf } from './ends.ts';
import type { BlastGraph, GraphEdge, GraphNode, Tone } from './model.ts';
import { type Paths, pathsOf } from './paths.ts';

const AGENTS = 24;
/** More lines than this hide each other: then one stands for all from a server to the same place. */
const LINES = 48;
const MORE_AGENTS = 'agent';
const STRANGERS = 'strangers';

/** What is drawn of an assessment: agent, subagents, tools by server, data and the outside. */
export function graphOf(assessment: Assessment): BlastGraph {
  const paths = pathsOf(assessment);
  const { nodes: agents, idOf } = agentNodes(assessment);
  const cards = cardsOf(assessment, paths, idOf);
  const ends = endsOf(assessment, paths);
  const lines = merged([
    ...strangerEdges(assessment, paths, idOf),
    ...startEdges(assessment, idOf),
    ...cards.map((card) => grant(card, paths)),
    ...cards.flatMap((card) =>
      card.tools.flatMap(({ tool, hold, row }) =>
        ends.of(tool).map((end) => endEdge(card.id, row, hold ?? 'plain', end)),
      ),
    ),
  ]);
  const edges = lines.length <= LINES ? lines : merged(lines.map(({ row, ...line }) => line));
  const reached = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const strangers: GraphNode[] = reached.has(STRANGERS)
    ? [
        {
          id: STRANGERS,
          kind: 'strangers',
          title: "strangers' text",
          note: 'comes in',
          rows: [],
          ...(paths.handed.size > 0 ? { step: 2 as const } : {}),
        },
      ]
    : [];
  const cardNodes = cards.map(({ id, title, note, rows }): GraphNode => ({ id, kind: 'tools', title, note, rows }));
  const endNodes = [...ends.nodes.values()].filter(({ id }) => reached.has(id));
  return { nodes: [...strangers, ...agents, ...cardNodes, ...endNodes], edges };
}

function agentNodes({ agents }: Assessment): { nodes: GraphNode[]; idOf: (agent: string) => string } {
  const drawn = agents.length <= AGENTS + 1 ? agents : agents.slice(0, AGENTS);
  const known = new Set(drawn.map(({ agent }) => agent));
  const nodes = drawn.map(({ agent, name, startedBy }): GraphNode => {
    const kind = startedBy.length > 0 ? 'subagent' : 'agent';
    return { id: `agent ${agent}`, kind: 'agent', title: seen(name, 200), note: kind, rows: [] };
  });
  const left = agents.length - drawn.length;
  if (left > 0) nodes.push({ id: MORE_AGENTS, kind: 'agent', title: count(left, 'more subagent'), note: '', rows: [] });
  return { nodes, idOf: (agent) => (known.has(agent) || left === 0 ? `agent ${agent}` : MORE_AGENTS) };
}

function strangerEdges({ agents }: Assessment, { handed }: Paths, idOf: (id: string) => string): GraphEdge[] {
  return agents
    .filter(({ untrusted, agent }) => untrusted !== false || handed.has(agent))
    .map(({ agent, untrusted }) => ({
      from: STRANGERS,
      to: idOf(agent),
      tone: 'plain' as const,
      open: untrusted !== true,
      leaks: handed.has(agent),
      both: false,
    }));
}

function startEdges({ agents }: Assessment, idOf: (id: string) => string): GraphEdge[] {
  return agents.flatMap(({ agent, startedBy }) =>
    startedBy
      .map((starter) => ({ from: idOf(starter), to: idOf(agent) }))
      .filter(({ from, to }) => from !== to)
      .map((line) => ({ ...line, tone: 'plain' as const, open: false, leaks: false, both: false })),
  );
}

function grant({ id, agent, tools }: Card, paths: Paths): GraphEdge {
  const tone = worst(tools.map(({ hold }) => hold ?? 'plain'));
  const leaks = tools.some(({ leaks: leak }) => leak) && paths.tools.size > 0;
  return { from: agent, to: id, tone, open: false, leaks, both: false };
}

function endEdge(from: string, row: number, tone: Tone, { id, open, leaks, both }: End): GraphEdge {
  // What is not high-stakes starts at its box: a line for each would hide those that count.
  return { from, to: id, ...(tone === 'plain' && !leaks ? {} : { row }), tone, open, leaks, both };
}

/** One line where several tools of a row, or several agents in one box, lead to the same place. */
function merged(edges: readonly GraphEdge[]): GraphEdge[] {
  const lines = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.row, edge.to]);
    const known = lines.get(key);
    lines.set(
      key,
      known
        ? {
            ...known,
            tone: worst([known.tone, edge.tone]),
            open: known.open && edge.open,
            leaks: known.leaks || edge.leaks,
            both: known.both || edge.both,
          }
        : edge,
    );
  }
  return [...lines.values()];
}

function worst(tones: readonly Tone[]): Tone {
  return HOLDS.find((hold) => tones.includes(hold)) ?? 'plain';
}
