import { builtInsOf, type HostTool } from '../catalog/hosts/define.ts';
import { geminiCli } from '../catalog/hosts/gemini-cli.ts';
import type { ToolFacts } from '../model/manifest.ts';
import { pointerOf } from '../source/pointer.ts';
import { isRecord } from '../source/record.ts';
import { defineImporter, type ImportFile, type Part, type Reading, type Said } from './define.ts';
import { type JsonText, readJson } from './parts/jsonc.ts';
import { textsOf } from './parts/references.ts';
import { serversOf } from './parts/servers.ts';

const builtIns = builtInsOf(geminiCli);

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
  examples: [
    {
      shows: 'a trusted server, tools by name, a mode, and commands that land unasked',
      files: {
        '.gemini/settings.json': `{
  "general": { "defaultApprovalMode": "auto_edit" },
  "model": { "name": "gemini-2.5-pro", "maxSessionTurns": 40 },
  "tools": { "sandbox": "docker", "allowed": ["run_shell_command(git status)"], "exclude": ["web_fetch", "run_shell_command(rm)"] },
  "mcp": { "excluded": ["old"] },
  "mcpServers": {
    "desk": { "httpUrl": "https://desk.example/mcp", "headers": { "Authorization": "Bearer $DESK_TOKEN" }, "trust": true },
    "shop": { "command": "shop-mcp", "includeTools": ["list_orders", "refund"], "excludeTools": ["refund"] },
    "old": { "command": "old-mcp" }
  }
}`,
      },
      parts: [
        {
          host: 'gemini-cli',
          folder: '',
          said: {
            models: [{ provider: 'google', id: 'gemini-2.5-pro' }],
            mcpServers: {
              desk: { url: 'https://desk.example/mcp', headers: { Authorization: 'Bearer ${DESK_TOKEN}' } },
              shop: { command: 'shop-mcp' },
            },
            tools: {
              ...builtIns,
              run_shell_command: { ...builtIns.run_shell_command, access: 'allow' },
              web_fetch: { ...builtIns.web_fetch, access: 'deny' },
              'desk/*': { access: 'allow' },
              'shop/list_orders': {},
              'shop/refund': { access: 'deny' },
            },
            credentials: { DESK_TOKEN: { servers: ['desk'] } },
            limits: { turnsPerSession: 40 },
            controls: { sandbox: { by: "Gemini CLI's own (docker)" } },
          },
          defaults: {
            autonomy: { review: 'each-action' },
            tools: {
              list_directory: { access: 'allow' },
              read_file: { access: 'allow' },
              read_many_files: { access: 'allow' },
              glob: { access: 'allow' },
              search_file_content: { access: 'allow' },
              replace: { access: 'allow' },
              write_file: { access: 'allow' },
              google_web_search: { access: 'allow' },
            },
          },
          notes: {
            '/tools': 'approvals `auto_edit`: edits land unasked',
            '/tools/run_shell_command': 'run_shell_command(git status) land unasked; run_shell_command(rm) are refused',
          },
        },
      ],
    },
    {
      shows: 'the older, flat spelling, with the few tools that it may have',
      files: {
        'web/.gemini/settings.json':
          '{ "coreTools": ["ReadFileTool", "GrepTool", "ShellTool(ls)"], "autoAccept": true, "sandbox": false, "model": "gemini-2.5-flash", "allowMCPServers": [] }',
      },
      parts: [
        {
          host: 'gemini-cli',
          folder: 'web',
          said: {
            models: [{ provider: 'google', id: 'gemini-2.5-flash' }],
            tools: {
              read_file: builtIns.read_file ?? {},
              search_file_content: builtIns.search_file_content ?? {},
              run_shell_command: builtIns.run_shell_command ?? {},
            },
          },
        },
      ],
    },
    {
      shows: 'colours only: its own tools are there all the same, and a broken list is nothing',
      files: { '.gemini/settings.json': '{ "ui": { "theme": "Dracula" }, "mcpServers": ["x"] }' },
      parts: [{ host: 'gemini-cli', folder: '', said: { tools: builtIns } }],
      problems: ['not-a-map'],
    },
  ],
});

/** The names of the program's classes, which settings took before. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['LSTool', 'list_directory'],
  ['ReadFileTool', 'read_file'],
  ['ReadManyFilesTool', 'read_many_files'],
  ['GlobTool', 'glob'],
  ['GrepTool', 'search_file_content'],
  ['RipGrepTool', 'search_file_content'],
  ['EditTool', 'replace'],
  ['WriteFileTool', 'write_file'],
  ['ShellTool', 'run_shell_command'],
  ['WebFetchTool', 'web_fetch'],
  ['WebSearchTool', 'google_web_search'],
  ['MemoryTool', 'save_memory'],
  ['grep_search', 'search_file_content'],
]);

interface Entry {
  text: string;
  tool: string;
  /** It speaks of some calls only. */
  isPart: boolean;
}

function entriesOf(texts: readonly string[]): Entry[] {
  return texts.slice(0, 1000).flatMap((text) => {
    const parts = /^([A-Za-z_][\w-]{0,100})(?:\(([\s\S]*)\))?$/.exec(text.trim());
    if (!parts) return [];
    const [, name = '', only] = parts;
    return [{ text, tool: CLASSES.get(name) ?? name, isPart: only !== undefined }];
  });
}

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

/** The built-in tools, with what the lists say of them. Some calls that land unasked are enough for `allow`. */
function toolsIn({ core, allowed, excluded }: { core: unknown; allowed: string[]; excluded: string[] }) {
  const only = Array.isArray(core) ? new Set(entriesOf(textsOf(core)).map(({ tool }) => tool)) : undefined;
  const [free, refused] = [entriesOf(allowed), entriesOf(excluded)];
  const notes = new Map<string, string>();
  const named = Object.entries(geminiCli.tools).filter(([name, { unlisted }]) => only?.has(name) ?? !unlisted);
  const entries = named.map(([name, { facts }]): [string, ToolFacts] => {
    const mine = (list: readonly Entry[]) => list.filter(({ tool }) => tool === name);
    const access = mine(refused).some(({ isPart }) => !isPart) ? 'deny' : mine(free).length > 0 ? 'allow' : undefined;
    const told = [wordsFor(mine(free), 'land unasked'), wordsFor(mine(refused), 'are refused')].filter(
      (text) => text !== '',
    );
    if (told.length > 0 && access !== 'deny') notes.set(pointerOf('tools', name), told.join('; '));
    return [name, { ...facts, ...(access ? { access } : {}) }];
  });
  return { facts: Object.fromEntries(entries), notes: Object.fromEntries(notes) };
}

function wordsFor(entries: readonly Entry[], what: string): string {
  const parts = entries.filter(({ isPart }) => isPart).map(({ text }) => text.slice(0, 80));
  return parts.length === 0 ? '' : `${parts.slice(0, 5).join(', ')} ${what}`;
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
