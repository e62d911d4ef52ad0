import { claudeCode } from '../../../catalog/hosts/claude-code.ts';
import type { HostTool } from '../../../catalog/hosts/define.ts';
import type { McpServer, ToolFacts } from '../../../model/manifest.ts';
import type { Place } from '../../../model/place.ts';
import { pointerOf } from '../../../source/pointer.ts';
import { accessIn, type Ruling, rulingOf } from './access.ts';
import type { Project } from './project.ts';

/** A tool of the host or of a server, under both of its names. */
export interface NamedTool {
  /** As rules and lists of tools have it: `mcp__server__tool`. */
  name: string;
  /** As manifests have it: `server/tool`. */
  tool: string;
  facts: ToolFacts;
  ruling: Ruling;
  /** What the mode says where no rule does. */
  byMode?: ToolFacts['access'];
}

export interface Toolbox {
  tools: NamedTool[];
  /** Servers that only rules name: where they are configured was not read. */
  strangers: Record<string, McpServer>;
}

const MOST_NAMED = 500;
const NAME = /^[A-Za-z0-9][^\s/()*]{0,120}$/;
/** Stands for the tools that nobody names. */
const REST = '\u0001';

/** Every tool of the host in a folder: its own, those of the servers there, and those that rules or `also` name. */
export function toolboxOf(project: Project, also: readonly string[] = []): Toolbox {
  const ruled = project.rules.filter(({ list }) => list !== 'deny').map(({ tool }) => tool);
  const named = [...new Set([...also, ...ruled])].filter((tool) => !tool.includes('*')).slice(0, MOST_NAMED);
  const own = Object.entries(claudeCode.tools)
    .filter(([name, { unlisted }]) => !unlisted || named.includes(name))
    .map(([name, tool]) => builtIn(project, name, tool));
  const unknown = named
    .filter((name) => !name.startsWith('mcp__') && !Object.hasOwn(claudeCode.tools, name) && NAME.test(name))
    .map((name) => builtIn(project, name, { facts: {}, gate: 'others', readsFiles: true }));
  const { served, strangers } = serversIn(
    project,
    named.filter((name) => name.startsWith('mcp__')),
  );
  return { tools: [...own, ...unknown, ...served], strangers };
}

function builtIn(project: Project, name: string, tool: HostTool): NamedTool {
  return withMode(project, tool, { name, tool: name, facts: { ...tool.facts }, ruling: rulingOf(project, name, tool) });
}

function withMode(project: Project, { gate }: Pick<HostTool, 'gate'>, named: NamedTool): NamedTool {
  const byMode = named.ruling.access ?? named.facts.access ?? accessIn(project, gate);
  return byMode === undefined ? named : { ...named, byMode };
}

function serversIn(
  project: Project,
  named: readonly string[],
): { served: NamedTool[]; strangers: Toolbox['strangers'] } {
  const { names, said } = project.servers;
  const servers = new Map([...names].map(([written, name]) => [normalised(written), name]));
  const strangers = new Map<string, McpServer>();
  const specific = named.flatMap((rule) => {
    const [server, tool] = splitName(rule, servers);
    if (!servers.has(server) && NAME.test(server)) {
      servers.set(server, server);
      strangers.set(server, {});
    }
    return tool !== undefined && NAME.test(tool) ? [[server, tool] as const] : [];
  });
  const served = [...servers].flatMap(([server, name]) => {
    const listed = Object.entries(said.tools ?? {}).filter(([tool]) => tool.startsWith(`${name}/`));
    const all = new Map<string, ToolFacts>(listed.map(([tool, facts]) => [tool.slice(name.length + 1), facts]));
    if (all.size === 0) all.set('*', {});
    for (const [of, tool] of specific) if (of === server && !all.has(tool)) all.set(tool, {});
    return [...all].map(([tool, facts]) => serverTool(project, server, name, tool, facts));
  });
  return { served, strangers: Object.fromEntries(strangers) };
}

function serverTool(project: Project, server: string, name: string, tool: string, facts: ToolFacts): NamedTool {
  const full = `mcp__${server}__${tool === '*' ? REST : tool}`;
  const whole = rulingOf(project, full);
  // A rule with a star lets some of the unnamed ones through, and that is enough.
  const some = (tool === '*' ? project.rules : []).find(
    (rule) => rule.list === 'allow' && rule.tool.startsWith(`mcp__${server}__`) && rule.tool.includes('*'),
  );
  const isRest = tool === '*' && some !== undefined && whole.access === undefined;
  const ruling: Ruling = isRest
    ? { access: 'allow', note: `${some.text} land unasked`, ...(some.place ? { place: some.place } : {}) }
    : whole;
  return withMode(project, { gate: 'others' }, { name: full, tool: `${name}/${tool}`, facts: { ...facts }, ruling });
}

/** As Claude Code spells the names of servers in those of tools. */
export const normalised = (server: string) => server.replace(/[^A-Za-z0-9_-]/g, '_');

/** The server that is there with the longest name, else up to the first `__`. */
export function splitName(rule: string, servers: ReadonlyMap<string, string>): [string, string | undefined] {
  const rest = rule.slice('mcp__'.length);
  const known = [...servers.keys()]
    .filter((server) => rest === server || rest.startsWith(`${server}__`))
    .sort((a, b) => b.length - a.length)[0];
  const server = known ?? rest.split('__')[0] ?? rest;
  const tool = rest.slice(server.length + 2);
  return [server, tool === '' ? undefined : tool];
}

/** Tools as manifests hold them; `from` and notes by pointer. */
export function factsOf(tools: readonly NamedTool[]) {
  const [facts, defaults] = [new Map<string, ToolFacts>(), new Map<string, ToolFacts>()];
  const [from, notes] = [new Map<string, Place>(), new Map<string, string>()];
  for (const { tool, facts: known, ruling, byMode } of tools) {
    const { access } = ruling;
    facts.set(tool, access === undefined ? known : { ...known, access });
    if (byMode !== undefined && access === undefined && known.access === undefined)
      defaults.set(tool, { access: byMode });
    if (ruling.place) from.set(pointerOf('tools', tool), ruling.place);
    if (ruling.note) notes.set(pointerOf('tools', tool), ruling.note);
  }
  return {
    tools: Object.fromEntries(facts),
    defaults: Object.fromEntries(defaults),
    from: Object.fromEntries(from),
    notes: Object.fromEntries(notes),
  };
}
