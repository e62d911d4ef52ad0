import type { Assessment, ReachTool } from '../../../../model/assessment.ts';
import { HOLDS, type Hold, holdOf } from '../../../holds.ts';
import { seen } from '../../../page/text.ts';
import { count } from '../../../words.ts';
import { HOST_TOOLS, toolParts } from '../text.ts';
import type { ToolRow } from './model.ts';
import { keyOf, type Paths } from './paths.ts';

/** The tools that one agent has from one server; only the first of them are drawn by name. */
export interface Card {
  id: string;
  agent: string;
  title: string;
  note: string;
  rows: ToolRow[];
  tools: CardTool[];
}

export interface CardTool {
  tool: ReachTool;
  hold: Hold | undefined;
  leaks: boolean;
  /** Its row, or that of all those that are not drawn by name. */
  row: number;
}

/** A drawing of more boxes than this is no help; the tables name every tool. */
const CARDS = 36;
const ROWS = 40;
/** With more tools than this only those that count are drawn by name. */
const ALL = 24;

export function cardsOf(assessment: Assessment, paths: Paths, agentOf: (id: string) => string): Card[] {
  const holds = new Map(assessment.highStakes.map((each) => [keyOf(each), holdOf(each)]));
  const groups = new Map<string, { agent: string; server: string; tools: Omit<CardTool, 'row'>[] }>();
  for (const tool of assessment.reach) {
    const agent = agentOf(tool.agent);
    const server = toolParts(tool.tool).server ?? HOST_TOOLS;
    const id = JSON.stringify([agent, server]);
    const group = groups.get(id) ?? { agent, server, tools: [] };
    group.tools.push({ tool, hold: holds.get(keyOf(tool)), leaks: paths.tools.has(keyOf(tool)) });
    groups.set(id, group);
  }
  const ordered = [...groups.values()].map((group) => ({ ...group, tools: group.tools.toSorted(byStakes) }));
  const named = new Set(ordered.toSorted((a, b) => byFirst(a.tools, b.tools)).slice(0, CARDS));
  const kept = ordered.filter((group) => named.has(group));
  const most = Math.max(2, Math.floor(ROWS / Math.max(1, kept.length)));
  const all = assessment.reach.length <= ALL;
  const mostOf = (tools: readonly Omit<CardTool, 'row'>[]) =>
    all ? most : Math.min(most, tools.filter(({ hold, leaks }) => hold !== undefined || leaks).length);
  const cards = kept.map(({ agent, server, tools }) =>
    card(`tools ${agent} ${server}`, agent, server, tools, mostOf(tools)),
  );
  const left = ordered.filter((group) => !named.has(group));
  const owners = [...new Set(left.map(({ agent }) => agent))];
  return [
    ...cards,
    ...owners.map((agent) => {
      const others = left.filter((group) => group.agent === agent);
      const tools = others.flatMap((group) => group.tools).toSorted(byStakes);
      return card(`more ${agent}`, agent, `${count(others.length, 'more server')}`, tools, 2);
    }),
  ];
}

function card(id: string, agent: string, server: string, tools: Omit<CardTool, 'row'>[], most: number): Card {
  const drawn = tools.length <= most + 1 ? tools.length : most;
  const rows = tools.slice(0, drawn).map(({ tool, hold, leaks }): ToolRow => {
    return { name: rowName(tool.tool), hold, tag: tagOf(tool), leaks };
  });
  const rest = tools.slice(drawn);
  if (rest.length > 0) {
    const [worst] = rest;
    const writes = rest.filter(({ tool }) => tool.effect !== 'read').length;
    const tag = writes === 0 ? 'read' : `${writes === rest.length ? '' : `${writes} `}write`;
    rows.push({
      name: drawn === 0 ? count(rest.length, 'tool') : `and ${rest.length} more`,
      hold: worst?.hold,
      tag,
      leaks: rest.some(({ leaks }) => leaks),
    });
  }
  return {
    id,
    agent,
    title: seen(server, 200),
    note: count(tools.length, 'tool'),
    rows,
    tools: tools.map((each, index) => ({ ...each, row: Math.min(index, drawn) })),
  };
}

/** `server/*` stands for what nobody has listed. */
function rowName(tool: string): string {
  const { name } = toolParts(tool);
  return name === '*' ? '* (not listed)' : seen(name, 200);
}

/** What a tool does, in a word or two. */
export function tagOf({ effect, reversible, arbitrary }: ReachTool): string {
  if (arbitrary === true) return 'runs anything';
  if (effect !== 'write') return effect === 'read' ? 'read' : 'not known';
  return reversible === true ? 'write' : reversible === false ? 'irreversible' : 'write, undo?';
}

/** What leaks, then what is held worst, then what writes. */
function byStakes(a: Omit<CardTool, 'row'>, b: Omit<CardTool, 'row'>): number {
  return weightOf(a) - weightOf(b);
}

function weightOf({ tool, hold, leaks }: Omit<CardTool, 'row'>): number {
  const stakes = hold === undefined ? HOLDS.length + (tool.effect === 'read' ? 1 : 0) : HOLDS.indexOf(hold);
  return stakes - (leaks ? 100 : 0);
}

function byFirst(a: readonly Omit<CardTool, 'row'>[], b: readonly Omit<CardTool, 'row'>[]): number {
  const [first, other] = [a[0], b[0]];
  return first && other ? byStakes(first, other) : 0;
}
