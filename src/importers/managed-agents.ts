import { MANAGED_TOOLS } from '../catalog/hosts/managed-agents.ts';
import type { ToolFacts } from '../model/manifest.ts';
import type { Place } from '../model/place.ts';
import type { Access } from '../model/vocabulary.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type Part } from './define.ts';
import { examples } from './managed-agents.examples.ts';
import { serverName, serversFor, toolName } from './parts/named-servers.ts';
import { serversOf } from './parts/servers.ts';
import { plainText } from './parts/words.ts';
import { readYaml, type YamlMap } from './parts/yaml.ts';

export const importer = defineImporter({
  id: 'managed-agents',
  since: '0.1.0',
  title: 'Claude Managed Agents (agent.yaml, agent.json)',
  about:
    'Which tools an agent has, which of them ask, its model and its servers. Not what starts it, nor what its environment lets it reach: both are said elsewhere.',
  files: { project: ['agent.yaml', 'agent.yml', 'agent.json'] },
  named: ['*.yaml', '*.yml', '*.json'],
  read({ file, folder, path, text }) {
    // Manifests and much else have these names, and are none of ours even where they are broken.
    if (!/agent_toolset_|mcp_toolset/.test(text)) return { parts: [], problems: [] };
    const documents = readYaml(file, text);
    if ('problems' in documents) return { parts: [], problems: documents.problems };
    const [yaml] = documents;
    const toolsets = yaml?.value.tools;
    if (!yaml || !Array.isArray(toolsets) || !toolsets.some(isToolset)) return { parts: [], problems: [] };
    const servers = serversOf(byName(yaml.value.mcp_servers), [], () => yaml.place('mcp_servers'));
    const tools = Object.fromEntries(
      toolsets.slice(0, 200).flatMap((one: unknown) => (isRecord(one) ? toolsOf(one, servers.names) : [])),
    );
    const others = [
      yaml.value.callable_agents,
      isRecord(yaml.value.multiagent) ? yaml.value.multiagent.agents : undefined,
    ];
    const starts = others.some((list) => Array.isArray(list) && list.length > 0);
    if (starts) tools['agents/*'] = {};
    const part = { ...partOf(yaml, folder, tools, servers.said, servers.notes, starts), apart: path };
    return { parts: [part], problems: servers.problems };
  },
  examples,
});

const isToolset = (one: unknown) =>
  isRecord(one) && typeof one.type === 'string' && /^(?:agent_toolset_|mcp_toolset)/.test(one.type);

function partOf(
  yaml: YamlMap,
  folder: string,
  tools: Record<string, ToolFacts>,
  given: Part['said'],
  told: Readonly<Record<string, string>>,
  starts: boolean,
): Part {
  const { value } = yaml;
  const [name, description] = [plainText(value.name, 100), plainText(value.description, 300)];
  const model = plainText(isRecord(value.model) ? value.model.id : value.model, 100);
  const { tools: _, ...servers } = given;
  const mcpServers = serversFor(tools, given.mcpServers ?? {});
  const from: Record<string, Place> = { '/agent': yaml.place('name') };
  for (const tool of Object.keys(tools)) from[pointerOf('tools', tool)] = yaml.place('tools');
  const skills = Array.isArray(value.skills) && value.skills.length > 0;
  const notes = {
    ...told,
    '/agent': `what its environment lets it reach, and what starts it, is not in this file${skills ? '; skills are loaded, which may run scripts' : ''}`,
    ...(starts ? { '/tools/agents~1*': 'it starts other agents: put them under `subagents`' } : {}),
  };
  const said: Part['said'] = {
    agent: { ...(name ? { name } : {}), ...(description ? { description } : {}) },
    ...(model ? { models: [{ provider: 'anthropic', id: model }] } : {}),
    ...servers,
    ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
    tools,
  };
  return { host: 'managed-agent', folder, said, from, notes };
}

function byName(list: unknown): Record<string, unknown> {
  const entries = Array.isArray(list)
    ? list
        .filter(isRecord)
        .map(({ name, type, ...entry }) => [String(name), type === 'url' ? entry : { ...entry, type }] as const)
    : [];
  return Object.fromEntries(entries);
}

/** Without a word on it the agent's own tools run unasked, and those of servers ask. */
function toolsOf(set: Record<string, unknown>, names: ReadonlyMap<string, string>): [string, ToolFacts][] {
  const all = isRecord(set.default_config) ? set.default_config : {};
  const each = (Array.isArray(set.configs) ? set.configs : []).filter(isRecord).slice(0, 1000);
  const own = (name: string) => each.find((one) => one.name === name) ?? {};
  const isOn = (one: Record<string, unknown>) => (one.enabled ?? all.enabled ?? true) !== false;
  if (typeof set.type === 'string' && set.type.startsWith('agent_toolset_')) {
    return Object.entries(MANAGED_TOOLS).flatMap(([name, facts]): [string, ToolFacts][] =>
      isOn(own(name)) ? [[name, { ...facts, access: accessOf(own(name), all, 'allow') }]] : [],
    );
  }
  // The application runs it, and may ask whom it likes.
  if (set.type === 'custom') return [[toolName(String(set.name ?? '')) ?? 'custom/*', {}]];
  if (set.type !== 'mcp_toolset') return [[`${serverName(String(set.type ?? ''))}/*`, {}]];
  const written = String(set.mcp_server_name ?? '');
  const server = names.get(written) ?? serverName(written);
  const named = each.flatMap((one): [string, ToolFacts][] => {
    const name = toolName(`${server}/${String(one.name ?? '')}`);
    if (name === undefined) return [];
    return [[name, { access: isOn(one) ? accessOf(one, all, 'ask') : 'deny' }]];
  });
  const rest: [string, ToolFacts][] = isOn({}) ? [[`${server}/*`, { access: accessOf({}, all, 'ask') }]] : [];
  return [...named.filter(([, { access }]) => isOn({}) || access !== 'deny'), ...rest];
}

function accessOf(one: Record<string, unknown>, all: Record<string, unknown>, otherwise: Access): Access {
  const policy = one.permission_policy ?? all.permission_policy;
  const type = isRecord(policy) ? policy.type : policy;
  if (type === undefined || type === null) return otherwise;
  // `auto` leaves it to a model, and what nobody knows may be as loose.
  return type === 'always_ask' ? 'ask' : 'allow';
}
