import { AW_TOOLS, NO_OUTPUTS, NO_TOOLS, SAFE_OUTPUTS } from '../../../catalog/hosts/gh-aw.ts';
import type { ToolFacts } from '../../../model/manifest.ts';
import { isRecord } from '../../../source/record.ts';
import { holdsSecret } from '../../../source/secrets.ts';
import { toolName } from '../named-servers.ts';
import { textsOf } from '../references.ts';
import { plainText } from '../words.ts';

export interface AwTools {
  tools: Record<string, ToolFacts>;
  /** Entries that start a server, as clients write them. */
  servers: Record<string, unknown>;
  notes: Record<string, string>;
}

/** `tools` of a workflow: nobody is asked, and what stands here may be called. */
export function awTools(value: unknown): AwTools {
  const found: AwTools = { tools: {}, servers: {}, notes: {} };
  const entries = isRecord(value) ? Object.entries(value).slice(0, 200) : [];
  // Where nothing is said of them, some commands may run, and GitHub may be read.
  for (const name of ['bash', 'github']) {
    if (!isRecord(value) || !Object.hasOwn(value, name)) entries.unshift([name, undefined]);
  }
  for (const [name, entry] of entries) {
    if (NO_TOOLS.has(name) || entry === false) continue;
    if (isRecord(entry) && ['command', 'url', 'container', 'mcp'].some((key) => Object.hasOwn(entry, key))) {
      found.servers[name] = isRecord(entry.mcp) ? { ...entry.mcp, ...allowedOf(entry) } : entry;
    } else if (name === 'bash') bash(entry, found);
    else if (Object.hasOwn(AW_TOOLS, name)) found.tools[name] = { ...AW_TOOLS[name], access: 'allow' };
    else if (name === 'github') github(entry, found.tools);
    else for (const tool of namesOf(name, entry)) found.tools[tool] = { access: 'allow' };
  }
  return found;
}

function bash(entry: unknown, { tools, notes }: AwTools): void {
  const commands = Array.isArray(entry) ? textsOf(entry) : undefined;
  if (commands?.length === 0) return;
  tools.bash = { ...AW_TOOLS.bash, access: 'allow' };
  if (commands === undefined && entry !== true)
    notes['/tools/bash'] = 'only some calls are let through: those that the compiler takes for safe';
  else if (commands && !commands.some((command) => command === '*' || command === ':*')) {
    notes['/tools/bash'] =
      `only some calls are let through: ${plainText(commands.slice(0, 12).join(', '), 400) ?? '…'}`;
  }
}

/** Reads only, unless it is told otherwise: writes are for `safe-outputs`. */
function github(entry: unknown, tools: Record<string, ToolFacts>): void {
  const writes = isRecord(entry) && entry['read-only'] === false;
  for (const tool of namesOf('github', entry))
    tools[tool] = writes ? { access: 'allow' } : { effect: 'read', access: 'allow' };
}

function namesOf(server: string, entry: unknown): string[] {
  const allowed = isRecord(entry) ? textsOf(entry.allowed) : [];
  const open = allowed.length === 0 || allowed.some((name) => name.includes('*'));
  const names = open ? ['*'] : allowed.slice(0, 500);
  return names.map((name) => toolName(`${server}/${name}`) ?? 'unknown/*');
}

const allowedOf = (entry: Record<string, unknown>) => (Array.isArray(entry.allowed) ? { tools: entry.allowed } : {});

/** Servers as clients write them: `allowed` is their list of tools. */
export function clientServers(map: unknown): unknown {
  if (!isRecord(map)) return map;
  const entries = Object.entries(map).map(([name, entry]) => {
    if (!isRecord(entry)) return [name, entry];
    const { container, ...rest } = entry;
    const image = typeof container === 'string' ? { command: 'docker', args: ['run', '-i', '--rm', container] } : {};
    return [name, { ...image, ...rest, ...allowedOf(entry) }];
  });
  return Object.fromEntries(entries);
}

/** Everything that it may write outside of its own job. */
export function safeOutputs(value: unknown): Record<string, ToolFacts> {
  if (!isRecord(value)) return {};
  const { jobs, scripts, ...outputs } = value;
  const own = [jobs, scripts].flatMap((map) => (isRecord(map) ? Object.keys(map) : []));
  const names = Object.entries(outputs).flatMap(([name, entry]) =>
    NO_OUTPUTS.has(name) || entry === false ? [] : [name],
  );
  const tools = new Map<string, ToolFacts>();
  for (const name of [...names, ...own].slice(0, 200)) {
    const known =
      Object.hasOwn(SAFE_OUTPUTS, name) && !own.includes(name) ? SAFE_OUTPUTS[name] : { effect: 'write' as const };
    tools.set(toolName(`safe-outputs/${holdsSecret(name) ? name : name.replaceAll('-', '_')}`) ?? 'safe-outputs/*', {
      ...known,
      access: 'allow',
    });
  }
  return Object.fromEntries(tools);
}
