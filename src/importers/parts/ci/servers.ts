import type { ToolFacts } from '../../../model/manifest.ts';
import { pointerOf } from '../../../source/pointer.ts';
import { isRecord } from '../../../source/record.ts';
import { serversOf } from '../servers.ts';
import { type AgentRun, type Step, tell } from './run.ts';

interface Granted {
  tools: Record<string, ToolFacts>;
  /** Tools that only some calls of are let through. */
  partly?: ReadonlyMap<string, string[]>;
  /** Nothing is held back. */
  everything: boolean;
}

/** The servers that a step configures, and the tools of theirs that it lets through beside the host's own. */
export function withServers(
  step: Step,
  maps: readonly Record<string, unknown>[],
  { tools, partly = new Map(), everything }: Granted,
): Pick<AgentRun, 'tools' | 'servers' | 'notes' | 'problems'> {
  const found = maps.map((map) => serversOf(isRecord(map.mcpServers) ? map.mcpServers : map, [], () => step.place()));
  const mcpServers = Object.assign({}, ...found.map(({ said }) => said.mcpServers ?? {}));
  const credentials = Object.assign({}, ...found.map(({ said }) => said.credentials ?? {}));
  const servers = Object.assign({}, ...found.map(({ said }) => said.servers ?? {}));
  const all: Record<string, ToolFacts> = { ...tools };
  for (const [tool, facts] of found.flatMap(({ said }) => Object.entries(said.tools ?? {}))) {
    const server = tool.slice(0, tool.indexOf('/') + 1);
    // Where rules name tools of the server, the others are refused, since nobody can be asked.
    const ruled = !everything && tool.endsWith('/*') && Object.keys(tools).some((name) => name.startsWith(server));
    if (!ruled && !Object.hasOwn(all, tool)) all[tool] = everything ? { ...facts, access: 'allow' } : facts;
  }
  const notes: AgentRun['notes'] = {};
  for (const [pointer, note] of found.flatMap((one) => Object.entries(one.notes))) tell(notes, pointer, note);
  for (const [tool, patterns] of partly) {
    notes[pointerOf('tools', tool)] = [
      `only some calls are let through: ${patterns.slice(0, 12).join(', ')}${patterns.length > 12 ? ', …' : ''}`,
    ];
  }
  return {
    tools: all,
    servers: {
      ...(found.length > 0 ? { mcpServers } : {}),
      ...(Object.keys(servers).length > 0 ? { servers } : {}),
      ...(Object.keys(credentials).length > 0 ? { credentials } : {}),
    },
    notes,
    problems: found.flatMap(({ problems }) => problems),
  };
}
