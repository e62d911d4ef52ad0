import { M365_CAPABILITIES } from '../catalog/hosts/m365-copilot.ts';
import type { CredentialFacts, DataScope, ServerReach, ToolFacts } from '../model/manifest.ts';
import type { Place, Problem } from '../model/place.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type ImportFile, type Part } from './define.ts';
import { examples } from './m365-agent.examples.ts';
import { type JsonText, readJson } from './parts/jsonc.ts';
import { besideOf, pathFrom } from './parts/m365/files.ts';
import { type Plugin, pluginOf } from './parts/m365/plugin.ts';
import { serverName, serversFor, toolName } from './parts/named-servers.ts';
import { serversOf } from './parts/servers.ts';
import { plainText } from './parts/words.ts';

const HOST = 'm365-copilot';
const MOST = 50;

export const importer = defineImporter({
  id: 'm365-agent',
  since: '0.1.0',
  title: 'Declarative agents of Microsoft 365 Copilot (declarativeAgent.json with its plugins)',
  about:
    'Which capabilities and functions an agent has, what each is attested to do, which calls a person confirms, and how it signs in. Not which documents, mails and connectors the people who use it can see: it sees all of those.',
  files: {
    project: ['appPackage/', ''].flatMap((home) =>
      ['declarativeAgent', '*DeclarativeAgent', 'declarative-agent', 'declarativeCopilot'].map(
        (name) => `${home}${name}.json`,
      ),
    ),
  },
  named: ['*.json'],
  read(source) {
    const json = readJson(source.file, source.text);
    if ('code' in json) return { parts: [], problems: [json] };
    const { name, instructions, capabilities, actions } = json.value;
    const isOurs = typeof instructions === 'string' || Array.isArray(capabilities) || Array.isArray(actions);
    if (typeof name !== 'string' || !isOurs) return { parts: [], problems: [] };
    return agentOf(source, json);
  },
  examples,
});

function agentOf(source: ImportFile, { value, place }: JsonText): { parts: Part[]; problems: Problem[] } {
  const given = capabilitiesOf(value.capabilities);
  const { plugins, problems } = pluginsOf(source, value.actions, place);
  const entries = Object.fromEntries(plugins.map(([server, { entry }]) => [server, entry]));
  const servers = serversOf(entries, [], () => place('actions'));
  const tools: Record<string, ToolFacts> = {
    ...given.tools,
    ...Object.fromEntries(plugins.flatMap(([, plugin]) => plugin.tools)),
    ...(list(value.worker_agents).length > 0 ? { 'agents/*': {} } : {}),
  };
  const mcpServers = serversFor(tools, servers.said.mcpServers ?? {});
  const credentials: Record<string, CredentialFacts> = { ...servers.said.credentials };
  const reach: Record<string, ServerReach> = { ...servers.said.servers };
  const notes: Record<string, string> = { ...servers.notes, ...notesOf(value) };
  for (const [server, plugin] of plugins) {
    for (const variable of plugin.credentials) credentials[variable] = { servers: [server] };
    if (plugin.hosts.length > 0) reach[server] = { network: { allowedHosts: plugin.hosts } };
    const pointer = pointerOf('mcpServers', server);
    if (plugin.notes.length > 0) notes[pointer] = [notes[pointer], ...plugin.notes].filter(Boolean).join('; ');
  }
  const [name, description] = [shown(value.name, 100), shown(value.description, 300)];
  const said: Part['said'] = {
    agent: { ...(name ? { name } : {}), ...(description ? { description } : {}) },
    ...(given.isUntrusted ? { inputs: { untrusted: true } } : {}),
    ...(Object.keys(given.data).length > 0 ? { data: given.data } : {}),
    ...(Object.keys(mcpServers).length > 0 ? { mcpServers } : {}),
    ...(Object.keys(reach).length > 0 ? { servers: reach } : {}),
    tools,
    ...(Object.keys(credentials).length > 0 ? { credentials } : {}),
  };
  const from: Record<string, Place> = { '/agent': place('name') };
  for (const tool of Object.keys(tools))
    from[pointerOf('tools', tool)] = place(tool.includes('/') ? 'actions' : 'capabilities');
  const stem = stemOf(source.path);
  const part: Part = {
    host: HOST,
    folder: source.folder,
    ...(stem === undefined ? {} : { name: stem }),
    apart: source.path,
    said,
    from,
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
  };
  return { parts: [part], problems: [...problems, ...servers.problems] };
}

/** What tells it from the package's other agents. */
function stemOf(path: string): string | undefined {
  const stem = (path.split('/').at(-1) ?? '').replace(/\.json$/, '').replace(/-?declarative-?(?:agent|copilot)$/i, '');
  return stem === '' ? undefined : stem;
}

interface Given {
  tools: Record<string, ToolFacts>;
  data: Record<string, DataScope>;
  isUntrusted: boolean;
}

function capabilitiesOf(capabilities: unknown): Given {
  const given: Given = { tools: {}, data: {}, isUntrusted: false };
  for (const { name } of list(capabilities)) {
    // Other models, and no tool.
    if (typeof name !== 'string' || name === 'ScenarioModels') continue;
    const known = Object.hasOwn(M365_CAPABILITIES, name) ? M365_CAPABILITIES[name] : undefined;
    const tool = toolName(name.replaceAll('/', '-'));
    if (tool !== undefined) given.tools[tool] = { ...known?.facts };
    if (known?.data !== undefined) given.data[known.data] = {};
    given.isUntrusted ||= known?.isUntrusted === true;
  }
  return given;
}

type Named = [string, Plugin];

/** Each in a file of its own, or in the agent's. */
function pluginsOf(
  source: ImportFile,
  actions: unknown,
  place: JsonText['place'],
): { plugins: Named[]; problems: Problem[] } {
  const beside = besideOf(source);
  const plugins: Named[] = [];
  const problems: Problem[] = [];
  for (const [i, action] of list(actions).entries()) {
    const path = pathFrom(source.path, action.file);
    const text = action.file === undefined ? undefined : beside(action.file);
    const json = text?.state === 'ok' ? readJson(source.file, text.value) : undefined;
    const isRead = json !== undefined && !('code' in json);
    if (text !== undefined && !isRead) {
      const message = `the plugin of this action ${text.state === 'ok' ? 'is no JSON' : 'is not in the package'}`;
      problems.push({
        code: 'no-plugin',
        message,
        help: 'all of its tools count as unknown',
        place: place('actions', i),
      });
    }
    const plugin = isRead ? json.value : action.file === undefined ? action : {};
    const wanted = serverName(String(plugin.namespace ?? action.id ?? 'plugin'));
    let server = wanted;
    for (let n = 2; plugins.some(([name]) => name === server); n++) server = `${wanted}-${n}`;
    plugins.push([server, pluginOf(plugin, server, (other) => beside(other, path))]);
  }
  return { plugins, problems };
}

function notesOf({
  sensitivity_label: label,
  worker_agents: workers,
}: Record<string, unknown>): Record<string, string> {
  return {
    ...(isRecord(label) ? { '/agent': 'its files have a sensitivity label' } : {}),
    ...(list(workers).length > 0 ? { '/tools/agents~1*': 'it starts other agents: put them under `subagents`' } : {}),
  };
}

/** Without what the toolkit fills in when it packs the agent. */
const shown = (text: unknown, longest: number) =>
  typeof text === 'string' ? plainText(text.replace(/\$\{\{[^}]{0,100}\}\}/g, ''), longest) : undefined;

const list = (value: unknown) => (Array.isArray(value) ? value : []).filter(isRecord).slice(0, MOST);
