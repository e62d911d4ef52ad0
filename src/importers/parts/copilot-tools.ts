import { copilot } from '../../catalog/hosts/copilot.ts';
import { builtInsOf } from '../../catalog/hosts/define.ts';
import type { ToolFacts } from '../../model/manifest.ts';
import { toolName } from './named-servers.ts';

/**
 * Names that stand for one of its tools, in lower case: aliases, what they are sets of in VS Code, and older names there.
 * Source: GitHub's reference of custom agents, and the agents of github/awesome-copilot; read on 2026-11-22.
 */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  execute: [
    'shell',
    'bash',
    'powershell',
    'runcommands',
    'runterminal',
    'runinterminal',
    'terminalcommand',
    'runtasks',
    'runtask',
    'runtests',
    'runnotebooks',
    'createandruntask',
  ],
  edit: ['multiedit', 'write', 'notebookedit', 'editfiles', 'createfile', 'createdirectory', 'new'],
  read: [
    'notebookread',
    'readfile',
    'problems',
    'terminallastcommand',
    'terminalselection',
    'testfailure',
    'getterminaloutput',
    'vscodeapi',
    'extensions',
  ],
  search: [
    'grep',
    'glob',
    'codebase',
    'usages',
    'changes',
    'searchresults',
    'findtestfiles',
    'filesearch',
    'textsearch',
    'listdirectory',
  ],
  agent: ['custom-agent', 'task', 'runsubagent'],
  web: ['websearch', 'webfetch', 'fetch', 'githubrepo', 'opensimplebrowser'],
  todo: ['todowrite', 'todos'],
};
const TOOLS = new Map(
  Object.entries(NAMES).flatMap(([tool, names]) => [tool, ...names].map((name) => [name, tool] as const)),
);

/** What the list of an agent offers it. `servers`: those that are configured, with the tools they have there. */
export function copilotTools(
  listed: readonly string[] | undefined,
  servers: Readonly<Record<string, ToolFacts>>,
): Record<string, ToolFacts> {
  // Every tool, also those of servers and extensions that are configured elsewhere.
  if (listed === undefined || listed.includes('*')) return { ...builtInsOf(copilot), ...servers, 'copilot/*': {} };
  const tools = new Map<string, ToolFacts>();
  for (const word of listed.slice(0, 1000)) {
    const [set = '', ...rest] = word.toLowerCase().split('/');
    const own = TOOLS.get(set);
    if (own !== undefined) {
      if (!copilot.tools[own]?.unlisted) tools.set(own, { ...copilot.tools[own]?.facts });
      continue;
    }
    // Commands of the editor: anything, under names that look like those of a server.
    if (set === 'vscode') tools.set('vscode', {});
    else for (const [name, facts] of named(word, rest.length > 0, servers)) tools.set(name, facts);
  }
  return Object.fromEntries(tools);
}

function named(word: string, isOfServer: boolean, servers: Readonly<Record<string, ToolFacts>>): [string, ToolFacts][] {
  const name = toolName(word);
  // What no manifest can name is some tool all the same.
  if (name === undefined) return /[^\s/]/.test(word) ? [['copilot/*', {}]] : [];
  if (Object.hasOwn(servers, name)) return [[name, servers[name] ?? {}]];
  const prefix = `${name.replace(/\/\*$/, '')}/`;
  const whole = Object.entries(servers).filter(([tool]) => tool.startsWith(prefix));
  if (whole.length > 0) return whole;
  return [[isOfServer || !name.includes('*') ? name : 'copilot/*', {}]];
}
