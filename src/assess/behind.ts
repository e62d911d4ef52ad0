import { givenAt, statesData } from '../manifest/given.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Assessment, Because, ReachAgent, ReachScope, ReachTool } from '../model/assessment.ts';
import type { Place } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { reading } from './bound.ts';
import { reachRows } from './describe.ts';
import type { Pair, Reach } from './reach.ts';
import type { Walk } from './walk.ts';

/** The rows of the reach with the data behind each tool, and where it stands. */
export function reachTools(reach: Reach, worst: Walk): ReachTool[] {
  const rows = reachRows(reach, worst);
  return reach.pairs.flatMap((pair, index): ReachTool[] => {
    const row = rows[index];
    if (!row) return [];
    return [
      {
        ...row,
        data: dataOf(pair),
        unnamedData: reading(pair.hidden),
        arbitrary: reading(pair.arbitrary),
        untrusted: reading(pair.brings),
        ...placed(pair.agent, pointerOf('tools', pair.tool)),
      },
    ];
  });
}

/** Where nothing is stated, not every scope of the agent again for every tool: a manifest with many of both is no rarity. */
function dataOf({ agent, facts, wildcard }: Pair): string[] | null {
  if (wildcard) return null;
  if (facts.data) return facts.data;
  // An explicit empty map is an answer.
  return statesData(agent) && Object.keys(agent.manifest.data ?? {}).length === 0 ? [] : null;
}

export function reachAgents({ agents, untrusted }: Reach): ReachAgent[] {
  return agents.map((agent) => {
    const bound = untrusted.find((each) => each.agent === agent)?.bound;
    return {
      agent: agent.id,
      name: agent.manifest.agent.name ?? agent.id,
      startedBy: agents.filter(({ subagents }) => Object.values(subagents).includes(agent)).map(({ id }) => id),
      untrusted: bound ? reading(bound) : 'unknown',
      ...placed(agent, '/agent/id', 'value'),
    };
  });
}

export function reachScopes({ agents }: Reach): ReachScope[] {
  return agents.flatMap((agent) =>
    Object.entries(agent.manifest.data ?? {}).map(
      ([name, facts]): ReachScope => ({ agent: agent.id, name, classification: facts.classification ?? 'unknown' }),
    ),
  );
}

/** The trail and the questions, each fact with its file and line. */
export function withPlaces<T extends Pick<Assessment, 'trail' | 'questions'>>({ agents }: Reach, made: T): T {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  const placeOf = <F extends Pick<Because, 'agent' | 'pointer'>>(fact: F): F => ({
    ...fact,
    ...placeIn(byId.get(fact.agent), fact.pointer),
  });
  return {
    ...made,
    trail: made.trail.map((step) => ({ ...step, because: step.because.map(placeOf) })),
    questions: made.questions.map(placeOf),
  };
}

/** The pointer is one into the agent's document; what an organisation's file gave stands there. */
function placeIn(agent: Agent | undefined, pointer: string): { place?: Place } {
  if (!agent) return {};
  const own = pointer.startsWith(agent.base) ? pointer.slice(agent.base.length) : pointer;
  const place = givenAt(agent, own)?.place() ?? agent.place(pointer);
  return place ? { place } : {};
}

function placed(agent: Agent, pointer: string, at?: 'key' | 'value'): { place?: Place } {
  const place = agent.place(`${agent.base}${pointer}`, at ?? 'key');
  return place ? { place } : {};
}
