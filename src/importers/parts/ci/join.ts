import type { Limits, Manifest, McpServer, ServerReach, ToolFacts } from '../../../model/manifest.ts';
import type { Access } from '../../../model/vocabulary.ts';
import type { AgentRun } from './run.ts';

export interface Joined {
  tools: Record<string, ToolFacts>;
  mcpServers: Record<string, McpServer>;
  servers: Record<string, ServerReach>;
  models?: NonNullable<Manifest['models']>;
  limits: Limits;
  notes: Record<string, string[]>;
}

/** All that one job runs, as one agent: of two words on anything the wider holds, since either may run. */
export function joined(runs: readonly AgentRun[]): Joined {
  const tools: Record<string, ToolFacts> = {};
  const said = runs.map(({ servers }) => servers);
  // Of two servers with one name the first is shown.
  const mcpServers: Record<string, McpServer> = Object.assign({}, ...said.map((one) => one.mcpServers ?? {}).reverse());
  const servers: Record<string, ServerReach> = Object.assign({}, ...said.map((one) => one.servers ?? {}).reverse());
  const notes: Record<string, string[]> = {};
  for (const run of runs) {
    for (const [name, facts] of Object.entries(run.tools)) {
      tools[name] = Object.hasOwn(tools, name) ? wider(tools[name] ?? {}, facts) : facts;
    }
    for (const [pointer, lines] of Object.entries(run.notes)) {
      notes[pointer] = [...new Set([...(notes[pointer] ?? []), ...lines])].filter((line) => line !== '');
    }
  }
  const models = runs.map((run) => run.models);
  const turns = runs.map(({ limits }) => limits?.turnsPerSession);
  const limits = turns.every((count) => count !== undefined) ? { turnsPerSession: Math.max(...turns) } : {};
  const all = models.every((list) => list !== undefined) ? models.flat() : [];
  const unique = [...new Map(all.map((model) => [JSON.stringify(model), model])).values()];
  return { tools, mcpServers, servers, ...(unique.length > 0 ? { models: unique } : {}), limits, notes };
}

/** Where two differ, nothing is known. */
function wider(first: ToolFacts, second: ToolFacts): ToolFacts {
  const shared = Object.entries(first).filter(
    ([key, value]) => key !== 'access' && JSON.stringify(value) === JSON.stringify(second[key as keyof ToolFacts]),
  );
  const risky = first.arbitrary === true || second.arbitrary === true ? { arbitrary: true } : {};
  const access = widest(first.access, second.access);
  return { ...Object.fromEntries(shared), ...risky, ...(access ? { access } : {}) };
}

function widest(first: Access | undefined, second: Access | undefined): Access | undefined {
  if (first === 'allow' || second === 'allow') return 'allow';
  if (first === undefined || second === undefined) return undefined;
  return first === 'deny' ? second : first;
}
