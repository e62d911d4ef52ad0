import { claudeCode } from '../../../catalog/hosts/claude-code.ts';
import type { CredentialFacts } from '../../../model/manifest.ts';
import type { Problem } from '../../../model/place.ts';
import { isRecord } from '../../../source/record.ts';
import type { ImportFile, Part, Said } from '../../define.ts';
import { type FrontMatter, wordsOf } from '../front-matter.ts';
import { serversOf } from '../servers.ts';
import { betraysSecret } from '../written-out.ts';
import { agentWith } from './host.ts';
import { modelsOf } from './models.ts';
import { type Project, projectOf } from './project.ts';
import { covers, type Rule, type RuleList, ruleOf } from './rules.ts';
import { type NamedTool, toolboxOf } from './tools.ts';

/** A subagent as its front matter describes it; what that leaves out it has from the agent that starts it. */
export function subagentOf(source: ImportFile, { value, place }: FrontMatter): { part: Part; problems: Problem[] } {
  const problems: Problem[] = [];
  const project = withMode(projectOf(source), value.permissionMode);
  const only = rulesIn('allow', value.tools, 'tools');
  const without = rulesIn('deny', value.disallowedTools, 'disallowedTools').filter(({ only }) => only === undefined);
  const toolbox = toolboxOf(
    project,
    only.map(({ tool }) => tool),
  );
  const isOpen = only.length === 0 || only.some(({ tool }) => tool === '*');
  const tools = toolbox.tools.filter(
    ({ name }) => (isOpen || only.some((rule) => covers(rule, name))) && !without.some((rule) => covers(rule, name)),
  );
  const { said: all, notes, defaults, from } = agentWith(project, tools, toolbox.strangers);
  // The session's limit need not be one of what it starts.
  const { limits, ...said } = all;
  const own = serversOf(serversIn(value.mcpServers), ['mcpServers'], () => place('mcpServers'));
  const models = modelsOf(value.model, (name) => project.setting('env', name)) ?? said.models;
  const turns = Number(value.maxTurns);
  const name = nameOf(source.file, value.name);
  const general = [notes['/tools'] ?? '', ...toldBy(value, isOpen)].filter((note) => note !== '').join('; ');
  const told = { ...notes, ...own.notes, ...(general === '' ? {} : { '/tools': general }) };
  const part: Part = {
    host: 'claude-code',
    folder: source.folder,
    name,
    under: '',
    said: {
      agent: { name, ...describedBy(value.description) },
      ...joined(said, borrowed(project, tools), own.said),
      ...(models ? { models } : {}),
      ...(Number.isInteger(turns) && turns > 0 ? { limits: { ...limits, turnsPerSession: turns } } : {}),
    },
    ...(Object.keys(defaults).length > 0 ? { defaults } : {}),
    from: { '/tools': place(Object.hasOwn(value, 'tools') ? 'tools' : undefined), ...from, ...own.from },
    ...(Object.keys(told).length > 0 ? { notes: told } : {}),
  };
  return { part, problems: [...problems, ...own.problems] };

  function rulesIn(list: RuleList, words: unknown, key: string): Rule[] {
    return (wordsOf(words) ?? []).slice(0, 1000).flatMap((word) => {
      const rule = ruleOf(list, word);
      if (rule) return [rule];
      const message = 'this is no name of a tool';
      problems.push({ code: 'not-a-tool', message, help: 'left out', place: place(key) });
      return [];
    });
  }
}

const LOOSE = ['bypassPermissions', 'auto', 'acceptEdits'];

/** Of two modes that ask less than the default, the one that asks least: which of them holds has changed over time. */
function withMode(project: Project, mode: unknown): Project {
  const looseness = (name: string | undefined) =>
    name !== undefined && LOOSE.includes(name) ? LOOSE.indexOf(name) : 9;
  if (typeof mode !== 'string' || !Object.hasOwn(claudeCode.modes, mode)) return project;
  if (looseness(project.mode?.name) < looseness(mode)) return project;
  const known = claudeCode.modes[mode];
  return known ? { ...project, mode: { ...known, name: mode } } : project;
}

/** The servers of the folder whose tools it has, with their credentials: names hold in each manifest by itself. */
function borrowed({ servers: { said } }: Project, tools: readonly NamedTool[]): Said {
  const used = new Set(
    tools.map(({ tool }) => tool.split('/')).flatMap(([server, tool]) => (tool === undefined ? [] : [server])),
  );
  const pick = <T>(map: Record<string, T> = {}) =>
    Object.fromEntries(Object.entries(map).filter(([name]) => used.has(name)));
  const credentials = Object.entries(said.credentials ?? {}).flatMap(([name, facts]): [string, CredentialFacts][] => {
    const servers = (facts.servers ?? []).filter((server) => used.has(server));
    return servers.length > 0 ? [[name, { ...facts, servers }]] : [];
  });
  return {
    mcpServers: pick(said.mcpServers),
    servers: pick(said.servers),
    credentials: Object.fromEntries(credentials),
  };
}

/** Maps are joined, and those that hold nothing left out. */
function joined(...all: Said[]): Said {
  const keys = ['mcpServers', 'servers', 'tools', 'credentials'] as const;
  const maps = keys.map((key) => [key, Object.assign({}, ...all.map((said) => said[key]))] as const);
  const rest = Object.fromEntries(Object.entries(all[0] ?? {}).filter(([key]) => !keys.some((map) => map === key)));
  return {
    ...rest,
    ...Object.fromEntries(maps.filter(([key, map]) => key === 'tools' || Object.keys(map).length > 0)),
  };
}

/** A map, or a list of names and of maps with one server each. Names are of servers that are configured elsewhere. */
function serversIn(value: unknown): Record<string, unknown> {
  const maps = Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : [];
  return Object.fromEntries(maps.flatMap((map) => Object.entries(map)).filter(([, entry]) => isRecord(entry)));
}

function nameOf(file: string, name: unknown): string {
  const fallback = file.split('/').at(-1)?.replace(/\.md$/, '') ?? 'agent';
  return typeof name === 'string' && name.trim() !== '' && name.length <= 200 && !betraysSecret(name)
    ? name.trim()
    : fallback;
}

/** The first line: the rest is examples for the model. */
function describedBy(text: unknown): { description?: string } {
  if (typeof text !== 'string') return {};
  const [line = ''] = text.trim().split(/\\n|\r?\n|\s+Examples?:/);
  const short = line.length > 200 ? `${line.slice(0, 199)}…` : line;
  return short === '' || betraysSecret(text) ? {} : { description: short };
}

function toldBy(value: FrontMatter['value'], isOpen: boolean): string[] {
  return [
    isOpen ? 'it lists no tools, so it has all of the agent that starts it' : '',
    value.background === true ? 'runs in the background' : '',
    value.isolation === 'worktree' ? 'works in a copy of the repository' : '',
    value.hooks === undefined ? '' : 'has hooks of its own, which were not read',
  ].filter((note) => note !== '');
}
