import type { ToolFacts } from '../../../model/manifest.ts';
import type { Loaded } from '../../../model/place.ts';
import { isRecord } from '../../../source/record.ts';
import { readJson } from '../jsonc.ts';
import { toolName } from '../named-servers.ts';
import { textsOf, variableOf } from '../references.ts';
import { functionFacts } from './functions.ts';
import { type Api, apiIn } from './openapi.ts';

/** A plugin of an agent, as a server with tools. */
export interface Plugin {
  entry: Record<string, unknown>;
  tools: [string, ToolFacts][];
  /** The variables that stand for what the vault holds. */
  credentials: string[];
  /** Where its calls go. */
  hosts: string[];
  notes: string[];
}

const MOST = 500;

/** `server`: what the manifest calls it; `beside`: a file by its path from the plugin's. */
export function pluginOf(
  plugin: Readonly<Record<string, unknown>>,
  server: string,
  beside: (path: unknown) => Loaded<string>,
): Plugin {
  const runtimes = (Array.isArray(plugin.runtimes) ? plugin.runtimes : []).filter(isRecord).slice(0, 50);
  const listed = (Array.isArray(plugin.functions) ? plugin.functions : []).filter(isRecord).slice(0, MOST);
  const written = new Map(listed.map((one) => [String(one.name ?? ''), one]));
  const found = runtimes.map((runtime) => runtimeOf(runtime, beside));
  const described = new Map(found.flatMap(({ described: tools }) => [...tools]));
  const names = [...new Set([...written.keys(), ...described.keys()])].slice(0, MOST);
  // What its descriptions hold besides, or a server lists when it runs, it has as well.
  const isOpen = names.length === 0 || runtimes.length === 0 || found.some(({ isOpen: open }) => open);
  const tools = names.flatMap((name): [string, ToolFacts][] => {
    const operation = found.map(({ api }) => api?.operations.get(name)).find((one) => one !== undefined);
    const tool = toolName(`${server}/${name.replaceAll('/', '-')}`);
    return tool === undefined ? [] : [[tool, functionFacts(written.get(name), operation, described.get(name))]];
  });
  return {
    entry: Object.assign({}, ...found.map(({ entry }) => entry)),
    tools: isOpen ? [...tools, [`${server}/*`, {}]] : tools,
    credentials: [
      ...new Set(found.flatMap(({ auth }) => (auth === undefined ? [] : [variableOf(`${server}_${auth}`)]))),
    ],
    hosts: [...new Set(found.flatMap(({ api }) => api?.host ?? []))],
    notes: found.some(({ isMissing }) => isMissing)
      ? ['the description of its API is not here, or cannot be read']
      : [],
  };
}

interface Runtime {
  entry: Record<string, unknown>;
  /** Tools that the plugin carries a description of, with their hints. */
  described: [string, unknown][];
  api?: Api;
  /** Does it have more than is listed? */
  isOpen: boolean;
  isMissing: boolean;
  /** What the vault holds for it. */
  auth?: 'oauth' | 'api_key';
}

function runtimeOf(runtime: Record<string, unknown>, beside: (path: unknown) => Loaded<string>): Runtime {
  const spec = isRecord(runtime.spec) ? runtime.spec : {};
  const only = textsOf(runtime.run_for_functions);
  const isOpen = only.length === 0 || only.some((name) => name.includes('*')) || spec.enable_dynamic_discovery === true;
  const type = isRecord(runtime.auth) ? runtime.auth.type : undefined;
  const isNone = type === 'None' || type === undefined;
  const auth: Pick<Runtime, 'auth'> = isNone ? {} : { auth: type === 'ApiKeyPluginVault' ? 'api_key' : 'oauth' };
  const plain: Runtime = { entry: {}, described: [], isOpen, isMissing: false, ...auth };
  if (runtime.type === 'RemoteMCPServer') {
    const described = describedIn(spec.mcp_tool_description, beside);
    return { ...plain, described, entry: { type: 'http', url: spec.url } };
  }
  if (runtime.type !== 'OpenApi') return { ...plain, isOpen: true };
  const api = apiIn(
    typeof spec.api_description === 'string' ? { state: 'ok', value: spec.api_description } : beside(spec.url),
  );
  return { ...plain, ...(api ? { api } : {}), isMissing: api === undefined };
}

/** As a server lists its tools, in the plugin or in a file beside it. */
function describedIn(description: unknown, beside: (path: unknown) => Loaded<string>): [string, unknown][] {
  if (!isRecord(description)) return [];
  const file = description.file === undefined ? undefined : beside(description.file);
  const json = file?.state === 'ok' ? readJson('', file.value) : undefined;
  const { tools } = json && !('code' in json) ? json.value : description;
  return (Array.isArray(tools) ? tools : [])
    .filter(isRecord)
    .slice(0, MOST)
    .flatMap((tool) => (typeof tool.name === 'string' ? [[tool.name, tool.annotations]] : []));
}
