import type { Manifest } from '../model/manifest.ts';
import type { Place, Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type Part } from './define.ts';
import { examples } from './kagent.examples.ts';
import { ownEnvironment } from './parts/kagent/environment.ts';
import { named, referenceTo, resolved } from './parts/kagent/references.ts';
import { type Resource, resourcesIn } from './parts/kagent/resources.ts';
import { clusterServer, SERVER_KINDS } from './parts/kagent/servers.ts';
import { agentTool, bindingsIn, boundTools, builtIns, joined } from './parts/kagent/tools.ts';
import { serverName, serversFor } from './parts/named-servers.ts';
import { serversOf } from './parts/servers.ts';
import { stubOf } from './parts/stub.ts';
import { plainText } from './parts/words.ts';

const HOST = 'kagent';
const AGENT_KINDS = ['Agent', 'SandboxAgent', 'AgentTemplate'];

export const importer = defineImporter({
  id: 'kagent',
  since: '0.1.0',
  title: 'kagent (Agent and other resources of kagent.dev)',
  about:
    'Which tools of which servers an agent has, which of them ask, its model, and the agents that it calls, as far as they are in the same file. Not what an image of your own can do, nor who may call the agent.',
  files: {
    project: [
      'agent',
      'agents',
      'kagent',
      '*-agent',
      '*-agents',
      'agent-*',
      'kagent-*',
      '*.kagent',
      'kagent/**/*',
    ].flatMap((name) => [`${name}.yaml`, `${name}.yml`]),
  },
  named: ['*.yaml', '*.yml'],
  read({ file, folder, path, text }) {
    if (!/apiVersion["']?[ \t]{0,20}:\s{0,20}["']?kagent\.dev\//.test(text)) return { parts: [], problems: [] };
    const { resources, problems } = resourcesIn(file, text);
    const agents = resources.filter(({ kind }) => [...AGENT_KINDS, 'AgentHarness'].includes(kind));
    const names = new Map<Resource, string>();
    for (const agent of agents) {
      const name = freeName(agent, new Set(names.values()));
      if (name !== nameOf(agent)) problems.push(duplicateOf(agent, name));
      names.set(agent, name);
    }
    const read = agents.map((agent) => agentOf(agent, resources, folder, names));
    return {
      parts: read.flatMap(({ parts }) => parts).map((part) => ({ ...part, apart: path })),
      problems: [...problems, ...read.flatMap(({ problems: found }) => found)],
    };
  },
  examples,
});

/** The namespace that it is installed into goes without saying. */
const nameOf = ({ name, namespace = HOST }: Resource) => (namespace === HOST ? name : `${namespace}/${name}`);

function freeName(agent: Resource, taken: ReadonlySet<string>): string {
  let name = nameOf(agent);
  for (let n = 2; taken.has(name); n++) name = `${nameOf(agent)}-${n}`;
  return name;
}

function duplicateOf({ name, place }: Resource, as: string): Problem {
  const message = `there are two agents called \`${plainText(name, 60) ?? '…'}\` here, and a cluster takes the last`;
  return {
    code: 'duplicate-agent',
    message,
    help: `this one is read as \`${plainText(as, 80) ?? '…'}\``,
    place: place('metadata'),
  };
}

type Read = { parts: Part[]; problems: Problem[] };

function agentOf(
  agent: Resource,
  resources: readonly Resource[],
  folder: string,
  names: ReadonlyMap<Resource, string>,
): Read {
  const { spec, place, kind } = agent;
  const name = names.get(agent) ?? agent.name;
  const own = isRecord(spec.byo) || spec.type === 'BYO' || kind === 'AgentHarness';
  const declared = isRecord(spec.declarative) ? spec.declarative : own && isRecord(spec.byo) ? spec.byo : spec;
  const environment = ownEnvironment(agent, declared);
  if (own) {
    const stub = stubOf({
      host: HOST,
      folder,
      name,
      title: agent.name,
      description: spec.description,
      place: place('metadata'),
      notes: environment.notes,
    });
    const { credentials } = environment;
    const said = { ...stub.said, ...(Object.keys(credentials).length > 0 ? { credentials } : {}) };
    return { parts: [{ ...stub, said }], problems: environment.problems };
  }
  const at = () => place('spec', ...(declared === spec ? [] : ['declarative']), 'tools');
  const bindings = bindingsIn(declared.tools, agent);
  const bound = bindings.flatMap((one) => ('server' in one ? [one] : []));
  const entries = new Map(
    bound.map(({ server, headers }) => [
      server.name,
      clusterServer(resolved(server, resources, SERVER_KINDS), headers),
    ]),
  );
  const map = Object.fromEntries([...entries].map(([server, { entry }]) => [server, entry]));
  const servers = serversOf(map, [], at);
  const shownAs = (server: string) => servers.names.get(server) ?? serverName(server);
  const called = bindings.flatMap((one) => {
    if (!('agent' in one)) return [];
    return [{ reference: one.agent, found: named(one.agent, resources, AGENT_KINDS) }];
  });
  const tools = joined([
    ...bound.flatMap(({ server, only, asks }) => boundTools(shownAs(server.name), only, asks)),
    ...called.map(({ reference, found }) => agentTool(reference, found.length > 0)),
    ...Object.entries(builtIns(spec, declared)),
  ]);
  const mcpServers = serversFor(tools, servers.said.mcpServers ?? {});
  const credentials = { ...environment.credentials, ...servers.said.credentials };
  const notes: Record<string, string> = { ...servers.notes };
  for (const [server, { secrets, notes: lines }] of entries) {
    for (const variable of secrets) credentials[variable] ??= { servers: [shownAs(server)] };
    const pointer = pointerOf('mcpServers', shownAs(server));
    if (lines.length > 0) notes[pointer] = [notes[pointer], ...lines].filter(Boolean).join('; ');
  }
  const models = modelsOf(agent, declared, resources);
  const description = plainText(spec.description, 300);
  const { tools: _, credentials: __, ...given } = servers.said;
  const said: Part['said'] = {
    agent: { name: plainText(agent.name, 100) ?? 'agent', ...(description ? { description } : {}) },
    ...(models.length > 0 ? { models } : {}),
    ...given,
    ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
    tools,
    ...(Object.keys(credentials).length > 0 ? { credentials } : {}),
  };
  const from: Record<string, Place> = { '/agent': place('metadata') };
  for (const tool of Object.keys(tools)) from[pointerOf('tools', tool)] = at();
  const lines = environment.notes;
  const part: Part = {
    host: HOST,
    folder,
    name,
    said,
    from,
    ...(Object.keys(notes).length + lines.length > 0
      ? { notes: { ...notes, ...(lines.length > 0 ? { '/agent': lines.join('; ') } : {}) } }
      : {}),
  };
  const under = called
    .flatMap(({ found }) => found)
    .flatMap((other): Part[] => {
      const below = names.get(other);
      return below === undefined || below === name
        ? []
        : [{ host: HOST, folder, name: below, under: name, said: {}, from: {} }];
    });
  return { parts: [part, ...under], problems: [...environment.problems, ...servers.problems] };
}

/** As its resource names it; the one that is taken without a name is seldom in the file. */
function modelsOf(
  agent: Resource,
  { modelConfig }: Readonly<Record<string, unknown>>,
  resources: readonly Resource[],
): NonNullable<Manifest['models']> {
  const to = referenceTo(modelConfig ?? 'default-model-config', agent);
  const found = to && resolved(to, resources, ['ModelConfig']);
  const [provider, id] = [plainText(found?.spec.provider, 60)?.toLowerCase(), plainText(found?.spec.model, 100)];
  return provider !== undefined && id !== undefined ? [{ provider, id }] : [];
}
