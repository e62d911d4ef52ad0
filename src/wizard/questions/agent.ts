import { knownBuiltIn } from '../../catalog/builtins.ts';
import { kebab } from '../../import/assemble.ts';
import { serverOf } from '../../manifest/names.ts';
import { agentsOf } from '../../manifest/tree.ts';
import type { Concern, Environment, Initiation } from '../../model/vocabulary.ts';
import { didYouMean } from '../../source/suggest.ts';
import { namesIn, type Question, UNKNOWN } from '../question.ts';
import { everyManifest, isRest, ownManifest } from '../tree.ts';

/** What `from` says when nothing that was found is meant. */
export const NEW = 'new';

export const concern: Question = {
  id: 'concern',
  kind: 'choice',
  text: 'Which failure would hurt most?',
  why: 'controls help against harm; a bill needs caps, wrong answers need tests',
  more: 'Harm: it leaks data, deletes something, sends what should not be sent. A bill: it loops, or calls something dear too often. Wrong answers: nothing breaks, and what it says is false. Each has a remedy of its own; a permission engine helps against the first.',
  options: () => [
    { value: 'security', label: 'a breach, or harm that it does' },
    { value: 'cost', label: 'a runaway bill' },
    { value: 'correctness', label: 'wrong answers' },
  ],
  otherwise: () => 'security',
  applies: ({ now }) => now.manifest.concern === undefined,
  always: () => true,
  tries: () => ['correctness', 'security', 'cost'],
  edit: (agent, answer) => ownManifest(agent, (manifest) => ({ ...manifest, concern: answer as Concern })),
};

export const from: Question = {
  id: 'from',
  kind: 'choice',
  needed: true,
  text: 'Which agent is it about?',
  why: 'files here tell of agents already, so that much need not be asked',
  more: 'These have a manifest here, or were read from the configuration of other tools, as `stakes import` reads it; nothing has been written yet. The last one starts with an empty manifest.',
  options: ({ found }) => [
    ...found.map(({ id, sources }) => ({ value: id, label: `${id}, from ${sources.slice(0, 2).join(', ')}` })),
    { value: NEW, label: 'another one, from nothing' },
  ],
  otherwise: ({ found }) => found[0]?.id ?? NEW,
  applies: ({ found }) => found.length > 0,
  always: () => true,
  tries: () => [],
  edit: (agent) => agent,
};

export const id: Question = {
  id: 'id',
  kind: 'text',
  needed: true,
  text: 'What is the agent called?',
  why: 'the manifest and the generated files go by this name',
  more: 'Small letters, digits and dashes: `refund-desk`. The manifest becomes `refund-desk.agent.yaml`.',
  otherwise: ({ base }) => base.id,
  applies: ({ base }) => base.file === '',
  always: () => true,
  tries: () => [],
  fault: (answer) =>
    kebab(answer) === answer && answer.length <= 60
      ? undefined
      : `\`${answer.slice(0, 40)}\` is not a name of small letters, digits and dashes; \`${kebab(answer)}\` is`,
  edit: (agent, answer) => ({
    ...ownManifest(agent, (manifest) => ({ ...manifest, agent: { ...manifest.agent, id: answer } })),
    id: answer,
  }),
};

export const tools: Question = {
  id: 'tools',
  kind: 'list',
  text: 'Which tools may it call? (names, with commas)',
  why: 'what a tool does decides the tier; a tool that is not named will be denied',
  whyHere: ({ base }) => {
    const servers = [...new Set(wildcards(base).map((rest) => `\`${serverOf(rest)}\``))];
    if (servers.length === 0) return undefined;
    const named = servers.length > 4 ? [...servers.slice(0, 3), `${servers.length - 3} more servers`] : servers;
    return `not every tool of ${named.join(', ')} is known; what is not named will be denied`;
  },
  more: 'A tool of an MCP server is written `server/tool`, a built-in of its host by its bare name: `stripe/create_refund, Read`. `stakes scan --start .mcp.json` asks the servers themselves. A server with tools that nobody named stays as `server/*`, which counts at its worst.',
  otherwise: () => UNKNOWN,
  applies: ({ base }) => wildcards(base).length > 0 || agentsOf(base).every(({ manifest }) => isBare(manifest.tools)),
  always: ({ reading, base }) => reading.floor !== reading.ceiling || isBare(base.manifest.tools),
  tries: () => [],
  fault: (answer, { base }) => {
    const names = namesIn(answer);
    if (names.length === 0 || answer === UNKNOWN) {
      return isBare(base.manifest.tools) ? 'an agent without tools does nothing; name at least one' : undefined;
    }
    const odd = names.find((name) => !/^[\w@.:-]+(?:\/[\w@.:*-]+)?$/.test(name));
    if (odd !== undefined) return `\`${odd.slice(0, 40)}\` is not the name of a tool (\`server/tool\`, or a bare name)`;
    const servers = base.manifest.mcpServers;
    if (!servers) return undefined;
    const strange = names.map(serverOf).find((name) => name !== undefined && !Object.hasOwn(servers, name));
    const known = Object.keys(servers);
    return strange === undefined
      ? undefined
      : `there is no server \`${strange.slice(0, 40)}\` here; ${didYouMean(strange, known) ?? 'a tool without a server goes by its bare name'}`;
  },
  edit: (agent, answer) => {
    const named = namesIn(answer);
    const servers = new Set(named.map(serverOf));
    const added = Object.fromEntries(named.map((name) => [name, { ...knownBuiltIn(name) }]));
    return everyManifest(agent, (manifest) => {
      const kept = Object.entries(manifest.tools).filter(([tool]) => !isRest(tool) || !servers.has(serverOf(tool)));
      const isHere = manifest === agent.manifest || kept.length < Object.keys(manifest.tools).length;
      return isHere ? { ...manifest, tools: { ...added, ...Object.fromEntries(kept) } } : manifest;
    });
  },
};

const isBare = (tools: Readonly<Record<string, unknown>>): boolean => Object.keys(tools).length === 0;

/** Servers of which not every tool is known. */
function wildcards(base: Parameters<typeof agentsOf>[0]): string[] {
  return agentsOf(base).flatMap(({ manifest }) =>
    Object.entries(manifest.tools).flatMap(([tool, { access }]) => (isRest(tool) && access !== 'deny' ? [tool] : [])),
  );
}

export const environment: Question = {
  id: 'environment',
  kind: 'choice',
  text: 'Where does it run?',
  why: 'away from production a boundary is enough, until it graduates',
  more: 'The tier is the same everywhere. But an agent that can reach nothing of production needs only the boundary that keeps it so, and the light controls.',
  options: () => [
    { value: 'production', label: 'in production' },
    { value: 'staging', label: 'in staging' },
    { value: 'prototype', label: 'a prototype' },
  ],
  otherwise: () => 'production',
  applies: ({ now }) => now.manifest.agent.environment === undefined,
  tries: () => ['prototype', 'staging', 'production'],
  edit: (agent, answer) =>
    ownManifest(agent, (manifest) => ({
      ...manifest,
      agent: { ...manifest.agent, environment: answer as Environment },
    })),
};

export const initiation: Question = {
  id: 'initiation',
  kind: 'choice',
  text: 'What starts it?',
  why: 'what no person starts can run up a bill with no person looking',
  more: 'A person: somebody types to it and waits. An event: a mail, a ticket, a push. A schedule: every night. Another agent: it is handed work.',
  options: () => [
    { value: 'human', label: 'a person, who waits for it' },
    { value: 'event', label: 'an event: a mail, a ticket, a push' },
    { value: 'schedule', label: 'a schedule' },
    { value: 'agent', label: 'another agent' },
  ],
  otherwise: () => 'event',
  applies: ({ now }) => now.manifest.autonomy?.initiation === undefined,
  tries: () => ['human', 'event', 'schedule', 'agent'],
  edit: (agent, answer) =>
    ownManifest(agent, (manifest) => ({
      ...manifest,
      autonomy: { ...manifest.autonomy, initiation: answer as Initiation },
    })),
};
