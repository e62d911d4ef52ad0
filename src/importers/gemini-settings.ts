import type { HostTool } from '../catalog/hosts/define.ts';
import { geminiCli } from '../catalog/hosts/gemini-cli.ts';
import type { ToolFacts } from '../model/manifest.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type ImportFile, type Part, type Reading, type Said } from './define.ts';
import { examples } from './gemini-settings.examples.ts';
import { toolsIn } from './parts/gemini-tools.ts';
import { type JsonText, readJson } from './parts/jsonc.ts';
import { textsOf } from './parts/references.ts';
import { serversOf } from './parts/servers.ts';

export const importer = defineImporter({
  id: 'gemini-settings',
  since: '0.1.0',
  title: 'Settings of Gemini CLI (.gemini/settings.json)',
  about:
    'Which servers it starts and which of them it trusts, which built-in tools it has, the mode it starts in, its sandbox and its limit of turns. Not what switches at the start change.',
  files: {
    project: ['.gemini/settings.json'],
    user: ['.gemini/settings.json'],
    managed: [
      'etc/gemini-cli/settings.json',
      'Library/Application Support/GeminiCli/settings.json',
      'ProgramData/gemini-cli/settings.json',
    ],
  },
  read(source) {
    const json = readJson(source.file, source.text);
    return 'code' in json ? { parts: [], problems: [json] } : reading(source, json);
  },
  examples,
});

function reading({ folder }: ImportFile, json: JsonText): Reading {
  const { value, place } = json;
  const of = (group: string, key: string, flat: string) => at(value, group, key) ?? value[flat];
  const [allowed, excluded] = [of('mcp', 'allowed', 'allowMCPServers'), of('mcp', 'excluded', 'excludeMCPServers')];
  const servers = serversOf(some(value.mcpServers, allowed, excluded), ['mcpServers'], place);
  const mode = modeOf(of('general', 'defaultApprovalMode', 'approvalMode') ?? at(value, 'tools', 'approvalMode'));
  const tools = toolsIn({
    core: of('tools', 'core', 'coreTools'),
    allowed: textsOf(of('tools', 'allowed', 'allowedTools')),
    excluded: textsOf(of('tools', 'exclude', 'excludeTools')),
  });
  const modelName = isRecord(value.model) ? value.model.name : value.model;
  const sandbox = of('tools', 'sandbox', 'sandbox');
  const turns = Number(of('model', 'maxSessionTurns', 'maxSessionTurns'));
  const said: Said = {
    ...(typeof modelName === 'string' && /^[\w.:/-]{1,200}$/.test(modelName)
      ? { models: [{ provider: 'google', id: modelName }] }
      : {}),
    ...servers.said,
    tools: { ...tools.facts, ...servers.said.tools },
    ...(Number.isInteger(turns) && turns > 0 ? { limits: { turnsPerSession: turns } } : {}),
    ...sandboxOf(sandbox),
  };
  const defaults = mode ? defaultsOf(mode, tools.facts) : undefined;
  const notes = { ...(mode ? { '/tools': mode.note } : {}), ...tools.notes, ...servers.notes };
  const part: Part = {
    host: 'gemini-cli',
    folder,
    said,
    ...(defaults ? { defaults } : {}),
    from: { '/tools': place('tools'), ...servers.from },
    ...(Object.keys(notes).length > 0 ? { notes } : {}),
  };
  return { parts: [part], problems: servers.problems };
}

function defaultsOf(mode: (typeof geminiCli.modes)[string], facts: Said['tools'] = {}): Said {
  const lands = ([name]: [string, ToolFacts]) => {
    const tool: HostTool | undefined = geminiCli.tools[name];
    return tool !== undefined && mode.lands?.includes(tool.gate) === true;
  };
  const open = Object.entries(facts).filter(([name, { access }]) => access === undefined && lands([name, {}]));
  return {
    ...(mode.review === undefined ? {} : { autonomy: { review: mode.review } }),
    ...(open.length === 0
      ? {}
      : { tools: Object.fromEntries(open.map(([name]) => [name, { access: 'allow' } as const])) }),
  };
}

const modeOf = (mode: unknown) =>
  typeof mode === 'string' && Object.hasOwn(geminiCli.modes, mode) ? geminiCli.modes[mode] : undefined;

function sandboxOf(sandbox: unknown): Pick<Said, 'controls'> {
  if (sandbox === true) return { controls: { sandbox: { by: "Gemini CLI's own" } } };
  const kind =
    typeof sandbox === 'string' && /^[a-z-]{1,30}$/.test(sandbox) && sandbox !== 'false' ? sandbox : undefined;
  return kind === undefined ? {} : { controls: { sandbox: { by: `Gemini CLI's own (${kind})` } } };
}

/** The servers that it may start. A list without one allows none, and what is refused is refused whatever else is said. */
function some(map: unknown, allowed: unknown, excluded: unknown): unknown {
  if (!isRecord(map)) return map;
  const [only, without] = [Array.isArray(allowed) ? new Set(textsOf(allowed)) : undefined, new Set(textsOf(excluded))];
  return Object.fromEntries(Object.entries(map).filter(([name]) => (only?.has(name) ?? true) && !without.has(name)));
}

function at(value: Record<string, unknown>, group: string, key: string): unknown {
  const inner = value[group];
  return isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined;
}
