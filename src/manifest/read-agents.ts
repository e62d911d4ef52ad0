import type { Manifest } from '../model/manifest.ts';
import type { Loaded, Place, Problem } from '../model/place.ts';
import { parseSource, type SourceDocument } from '../source/document.ts';
import { few } from '../source/few.ts';
import { pointerOf } from '../source/pointer.ts';
import { didYouMean } from '../source/suggest.ts';
import type { Completion } from './given.ts';
import { type Fault, nameFaults } from './names.ts';
import { spellOut } from './shorthand.ts';
import type { Agent } from './tree.ts';
import { schemaProblems } from './validate.ts';

/** The agents of a text, one a document, checked as far as a file by itself can be; subagents are not resolved. */
export function readAgents(shown: string, text: string, completion?: Completion): Loaded<Agent[]> {
  const source = parseSource(shown, text);
  if (source.state !== 'ok') return source;
  const problems = source.value.documents.flatMap(schemaProblems);
  if (problems.length > 0) return { state: 'invalid', problems: few(problems, shown, (problem) => problem) };
  const agents = source.value.documents.map((document) => agentIn(document, completion));
  const offered = completion?.offered(shown) ?? [];
  const faults = agents.flatMap((agent) =>
    faultsIn(agent, agent.manifest, '', offered).map((fault) => ({ agent, fault })),
  );
  const told = few(faults, shown, ({ agent, fault }) => problemOf(agent, fault));
  const all = [...told, ...duplicates(agents)];
  return all.length > 0 ? { state: 'invalid', problems: all } : { state: 'ok', value: agents };
}

function agentIn(document: SourceDocument, completion: Completion | undefined): Agent {
  const stated = spellOut(document.value);
  const { file, index, place } = document;
  const { manifest, given } = completion?.complete(stated, file) ?? { manifest: stated };
  const agent = { id: manifest.agent.id, manifest, file, document: index, base: '', place, subagents: {} };
  return given ? { ...agent, given } : agent;
}

/** Faults of the names in a manifest and in those written inside it. */
function faultsIn(agent: Agent, manifest: Manifest, base: string, offered: Iterable<string>): Fault[] {
  const own = nameFaults(manifest, offered).map((fault) => ({ ...fault, pointer: base + fault.pointer }));
  const inner = Object.entries(manifest.subagents ?? {}).flatMap(([name, reference]) =>
    typeof reference.manifest === 'string'
      ? []
      : faultsIn(agent, reference.manifest, base + pointerOf('subagents', name, 'manifest'), offered),
  );
  return [...own, ...inner];
}

function problemOf(agent: Agent, { pointer, at, typed, help, ...fault }: Fault): Problem {
  const action = (typed && didYouMean(typed.name, [...typed.known])) ?? help;
  return { ...fault, ...(action ? { help: action } : {}), ...placed(agent.place(pointer, at)) };
}

function duplicates(agents: Agent[]): Problem[] {
  const first = new Map<string, Agent>();
  const problems: Problem[] = [];
  for (const agent of agents) {
    const other = first.get(agent.id);
    if (other) problems.push(sameId(agent, other, 'this file'));
    else first.set(agent.id, agent);
  }
  return agents[0] ? few(problems, agents[0].file, (problem) => problem) : [];
}

/** Two agents with one id: policies and bundles go by it. */
export function sameId(agent: Agent, other: Agent, where: string): Problem {
  const first = other.place('/agent/id', 'value');
  return {
    code: 'duplicate-agent',
    message: `two agents of ${where} have the id \`${agent.id}\``,
    help: 'rename one',
    ...placed(agent.place('/agent/id', 'value')),
    ...(first ? { related: [{ message: 'the other one', place: first }] } : {}),
  };
}

export function placed(place: Place | undefined): { place: Place } | Record<string, never> {
  return place ? { place } : {};
}
