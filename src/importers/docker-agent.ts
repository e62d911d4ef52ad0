import type { ToolFacts } from '../model/manifest.ts';
import type { Place, Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type Part } from './define.ts';
import { examples } from './docker-agent.examples.ts';
import { dockerModels } from './parts/docker/models.ts';
import { notesOf } from './parts/docker/notes.ts';
import { handOver, sourcesOf } from './parts/docker/others.ts';
import { type DockerPermissions, dockerPermissions, ruled } from './parts/docker/permissions.ts';
import { serverEntries } from './parts/docker/servers.ts';
import { ownTools } from './parts/docker/tools.ts';
import { countIn } from './parts/flags.ts';
import { serversFor } from './parts/named-servers.ts';
import { textsOf } from './parts/references.ts';
import { serversOf } from './parts/servers.ts';
import { plainText } from './parts/words.ts';
import { cleaning } from './parts/written-out.ts';
import { readYaml, type YamlMap } from './parts/yaml.ts';

const HOST = 'docker-agent';
const MOST = 100;

export const importer = defineImporter({
  id: 'docker-agent',
  since: '0.1.0',
  title: 'Docker Agent, also known as cagent (cagent.yaml, *-agent.yaml)',
  about:
    'Which toolsets each agent of a team has, which calls land unasked, models, servers and who hands work to whom. Not whether it is started with `--yolo` or in a sandbox: both are flags.',
  files: {
    project: [
      ...['cagent', 'docker-agent', '*.cagent', 'agent', 'agents', '*-agent', '*_agent', '*-agents', '*-team'].flatMap(
        (name) => [`${name}.yaml`, `${name}.yml`],
      ),
    ],
  },
  named: ['*.yaml', '*.yml'],
  read({ file, folder, path, text }) {
    // Much else has these names, and is none of ours even where it is broken.
    if (!/^agents\s*:/m.test(text) || !/[\s{,]["']?(?:toolsets|instruction|sub_agents|handoffs)["']?\s*:/.test(text))
      return { parts: [], problems: [] };
    const documents = readYaml(file, text);
    if ('problems' in documents) return { parts: [], problems: documents.problems };
    const [yaml] = documents;
    const agents = yaml?.value.agents;
    if (!yaml || !isRecord(agents) || !Object.values(agents).some(isAgent)) return { parts: [], problems: [] };
    const names = Object.keys(agents).slice(0, MOST);
    const nameOf = namesIn(file, names);
    const read = names.flatMap((name) => {
      const agent = agents[name];
      return isRecord(agent) ? [agentOf(yaml, name, agent, folder, nameOf)] : [];
    });
    const problems = names
      .filter((name) => !isRecord(agents[name]))
      .map((name) => {
        const message = `the agent \`${plainText(name, 60) ?? '…'}\` is no map`;
        return { code: 'not-an-agent', message, help: 'left out', place: yaml.place('agents', name) };
      });
    return {
      parts: read.flatMap(({ parts }) => parts).map((part) => ({ ...part, apart: path })),
      problems: [...problems, ...once(read.flatMap(({ problems: found }) => found))],
    };
  },
  examples,
});

/** What several agents share is told once. */
const once = (problems: readonly Problem[]) => [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];

const isAgent = (agent: unknown) =>
  isRecord(agent) && (typeof agent.instruction === 'string' || Array.isArray(agent.toolsets));

type NameOf = (agent: string) => string | undefined;

/** The one that is started has no name but the file's. */
function namesIn(file: string, agents: readonly string[]): NameOf {
  const stem = (file.split('/').at(-1) ?? '').replace(/(?:^|[-_.])(?:cagent|agents?|team)?\.ya?ml$/, '');
  const first = agents.includes('root') ? 'root' : agents[0];
  return (agent) => {
    const steps = [...(stem === '' || stem === 'docker' ? [] : [stem]), ...(agent === first ? [] : [agent])];
    return steps.length === 0 ? undefined : steps.join('/');
  };
}

function agentOf(
  { value, place }: YamlMap,
  name: string,
  agent: Record<string, unknown>,
  folder: string,
  nameOf: NameOf,
): { parts: Part[]; problems: Problem[] } {
  const toolsets = (Array.isArray(agent.toolsets) ? agent.toolsets : []).filter(isRecord).slice(0, MOST);
  const at = () => place('agents', name, 'toolsets');
  const rules = dockerPermissions(value.permissions);
  const into = cleaning(`the agent \`${plainText(name, 60) ?? '…'}\``, (...path) =>
    place('agents', name, 'toolsets', ...path),
  );
  const entries = serverEntries(toolsets, value.mcps);
  const map = Object.fromEntries([...entries].map(([server, { entry }]) => [server, entry]));
  const servers = serversOf(map, [], (server, ...path) => {
    const [first, ...rest] = entries.get(String(server))?.path ?? [];
    return first === 'mcps' ? place(first, ...rest, ...path) : place('agents', name, 'toolsets', first ?? 0, ...path);
  });
  const agents = isRecord(value.agents) ? value.agents : {};
  const others = [...new Set([...textsOf(agent.sub_agents), ...textsOf(agent.handoffs)])].slice(0, MOST);
  const away = others.filter((other) => !Object.hasOwn(agents, other));
  const found = {
    ...ownTools(toolsets, into),
    ...sourcesOf(agent),
    ...servers.said.tools,
    ...handOver(agent, away.length > 0),
  };
  const tools = Object.fromEntries(
    Object.entries(found).map(([tool, facts]) => [tool, underRules(tool, facts, rules, agent)]),
  );
  const mcpServers = serversFor(tools, servers.said.mcpServers ?? {});
  const credentials = { ...servers.said.credentials };
  for (const variable of into.references) credentials[variable] ??= {};
  const turns = countIn(agent.max_iterations);
  const models = dockerModels(agent, value.models);
  const description = plainText(agent.description, 300);
  const { tools: _, ...given } = servers.said;
  const said: Part['said'] = {
    agent: { name: plainText(name, 100) ?? 'agent', ...(description ? { description } : {}) },
    ...(models.length > 0 ? { models } : {}),
    ...given,
    ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
    tools,
    ...(Object.keys(credentials).length > 0 ? { credentials } : {}),
    ...(turns === undefined ? {} : { limits: { turnsPerSession: turns } }),
  };
  const own = nameOf(name);
  const here = others.filter((other) => Object.hasOwn(agents, other) && other !== name);
  const notes = { ...servers.notes, ...notesOf(agent, toolsets, rules, away) };
  const from: Record<string, Place> = { ...servers.from, '/agent': place('agents', name) };
  for (const tool of Object.keys(tools)) from[pointerOf('tools', tool)] = at();
  const part: Part = { host: HOST, folder, ...(own === undefined ? {} : { name: own }), said, from, notes };
  const under = here.map((other): Part => {
    const below = nameOf(other);
    return {
      host: HOST,
      folder,
      ...(below === undefined ? {} : { name: below }),
      under: own ?? '',
      said: {},
      from: {},
    };
  });
  return { parts: [part, ...under], problems: [...into.problems, ...servers.problems] };
}

/** A server's tool goes by several names in rules. One script may call all tools, and is asked for once. */
function underRules(
  tool: string,
  facts: ToolFacts,
  rules: DockerPermissions,
  agent: Record<string, unknown>,
): ToolFacts {
  const at = tool.indexOf('/');
  const [server, own] = [tool.slice(0, Math.max(at, 0)), tool.slice(at + 1)];
  const names = at < 0 ? [tool] : [`mcp:${server}:${own}`, ...(own === '*' ? [] : [own, `${server}_${own}`])];
  const { access, ...others } = ruled(facts, names, rules);
  return agent.code_mode_tools === true || access === undefined ? others : { ...others, access };
}
