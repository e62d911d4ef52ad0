import { serverOf } from '../manifest/names.ts';
import type { Agent } from '../manifest/tree.ts';
import type { Manifest, ToolFacts } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import { isOpen } from './bound.ts';
import { UNKNOWN_SCOPE } from './facts.ts';
import type { Pair, Reach } from './reach.ts';

/** A fact nobody has stated, and the manifest once it is stated at its safest. */
export interface Unknown {
  id: string;
  agent: Agent;
  pointer: string;
  text: string;
  /** About the agent as a whole. */
  manifest?: (manifest: Manifest) => Manifest;
  /** About the class of one scope: where that stands in the manifest of the agent. Absent where there is no map of data. */
  scope?: string;
  /** About one tool. */
  tool?: string;
  facts?: (facts: ToolFacts) => ToolFacts;
}

/**
 * Which answer to `effect` is the safest where the tool is known to send data anywhere: a read brings strangers' text into
 * the session, a write makes question 1 a yes.
 */
export type Safest = 'read' | 'write';

/** Everything open in the reach: first what concerns a whole agent, then data, then single tools. */
export function unknownsOf(reach: Reach, safest: Safest): Unknown[] {
  const pairsOf = new Map(reach.agents.map((agent) => [agent, reach.pairs.filter((pair) => pair.agent === agent)]));
  const each = (about: (agent: Agent, pairs: Pair[]) => Unknown[]) =>
    [...pairsOf].flatMap(([agent, pairs]) => about(agent, pairs));
  return [...each(aboutAgent), ...each(aboutScopes), ...reach.pairs.flatMap((pair) => aboutPair(pair, safest))];
}

function aboutAgent(agent: Agent, pairs: Pair[]): Unknown[] {
  const unknowns: Unknown[] = [];
  const ask = (id: string, pointer: string, text: string, manifest: Unknown['manifest'] & object) =>
    unknowns.push({ id: `${id}:${agent.id}`, agent, pointer: `${agent.base}${pointer}`, text, manifest });
  if (pairs.some((pair) => pair.access === undefined && pair.review === undefined)) {
    const text = 'who sees an action before it lands: a person each time, a person for high-stakes ones, or nobody?';
    ask('review', '/autonomy/review', text, (m) => ({ ...m, autonomy: { ...m.autonomy, review: 'high-stakes' } }));
  }
  if (agent.manifest.inputs?.untrusted === undefined) {
    const text = 'does it read text that strangers can write (mail, tickets, web pages)?';
    ask('untrusted', '/inputs/untrusted', text, (m) => ({ ...m, inputs: { untrusted: false } }));
  }
  const pointer = hiddenPointer(agent.manifest);
  if (pointer !== undefined && pairs.some((pair) => isOpen(pair.hidden) && !pair.wildcard)) {
    const text = pointer.startsWith('/credentials')
      ? 'is every credential of this session a test credential, and which files can it read?'
      : 'which files can it read, and what sandbox holds it to them?';
    ask('hidden', pointer, text, held);
  }
  return unknowns;
}

/** Where the first thing stands that nobody has said about credentials and files; undefined when all is said. */
function hiddenPointer({ credentials, filesystem, controls }: Manifest): string | undefined {
  const [name] = Object.entries(credentials ?? {}).find(([, { mode }]) => mode === undefined) ?? [];
  if (name !== undefined) return pointerOf('credentials', name, 'mode');
  if (filesystem?.read === undefined) return '/filesystem/read';
  return controls?.sandbox?.evidence === undefined ? '/controls/sandbox' : undefined;
}

/** Test credentials wherever nobody has said, and a sandbox that holds the agent to the files it needs. */
function held(manifest: Manifest): Manifest {
  const { credentials = {}, filesystem, controls } = manifest;
  const tested = Object.entries(credentials).map(([name, facts]) => [name, { mode: 'test', ...facts }]);
  return {
    ...manifest,
    credentials: Object.fromEntries(tested),
    filesystem: { read: [], ...filesystem },
    controls: { ...controls, sandbox: { evidence: 'to be shown', ...controls?.sandbox } },
  };
}

function aboutScopes(agent: Agent, pairs: Pair[]): Unknown[] {
  const open = pairs
    .filter((pair) => !pair.wildcard)
    .flatMap(({ scopes }) => scopes.filter(({ classification }) => isOpen(classification)));
  const first = [...new Map(open.map((scope) => [scope.name, scope])).values()];
  return first.map(({ name, classification }) => {
    const mapless = agent.manifest.data === undefined;
    const unnamed = mapless || name === UNKNOWN_SCOPE;
    return {
      id: `classification:${agent.id}:${name}`,
      agent,
      pointer: `${agent.base}${unnamed ? '/data' : classification.pointer}`,
      text: unnamed
        ? 'what data can its tools reach, and how is it classified?'
        : `how is \`${name}\` classified: public, internal, confidential or regulated?`,
      ...(mapless ? {} : { scope: classification.pointer }),
      manifest: (m) => ({
        ...m,
        data: unnamed ? { ...m.data } : { ...m.data, [name]: { ...m.data?.[name], classification: 'public' } },
      }),
    };
  });
}

function aboutPair(pair: Pair, safest: Safest): Unknown[] {
  const { agent, tool, facts } = pair;
  const unknowns: Unknown[] = [];
  const ask = (field: string, text: string, answer: ToolFacts, pointer = pointerOf('tools', tool, field)) =>
    unknowns.push({
      id: `${field}:${agent.id}:${tool}`,
      agent,
      tool,
      pointer: `${agent.base}${pointer}`,
      text,
      facts: (stated) => ({ ...stated, ...answer }),
    });
  if (pair.wildcard) {
    const text = `which tools does \`${serverOf(tool)}\` have, and what does each do?`;
    ask('tools', text, {}, pointerOf('tools', tool));
    return unknowns;
  }
  // An annotation leaves the effect open too, though its floor stands.
  const unstated = isOpen(pair.writes) || pair.writes.provenance === 'annotation';
  const writing = pair.writes.best || (safest === 'write' && pair.exits.best);
  if (unstated) ask('effect', `does \`${tool}\` read or write?`, { effect: writing ? 'write' : 'read' });
  if (writing) {
    if (isOpen(pair.irreversible) && facts.reversible === undefined) {
      ask('reversible', `can \`${tool}\` be undone by the same caller?`, { reversible: true });
    }
    if (isOpen(pair.highImpact) && facts.impact === undefined) {
      ask('impact', `can one wrong call of \`${tool}\` hurt people, money or service?`, { impact: 'low' });
    }
  }
  if (isOpen(pair.exits) && facts.egress === undefined) {
    ask('egress', `can an argument of \`${tool}\` carry data to a place the caller picks?`, { egress: 'none' });
  }
  return unknowns;
}
