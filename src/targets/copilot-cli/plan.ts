import type { AgentPolicy, Grant, Loss, Policy } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { byName } from '../../source/order.ts';
import type { ToolNames } from '../checker/names.ts';
import { READERS } from './readers.ts';

/** The agent that a session starts with, as Copilot will know it; it can hold no other to rights of its own. */
export interface Plan {
  id: string;
  policy: AgentPolicy;
  /** Copilot's name of each server. */
  aliases: ReadonlyMap<string, string>;
  /** Tools of the policy that may run or ask, by Copilot's name. */
  granted: ReadonlyMap<string, { tool: string; decision: Access }>;
  /** For the checker: denied ones too, so that it can say why. */
  names: ToolNames;
  losses: Loss[];
}

/** Kinds of rules that a server of that name would be taken for: `shell(…)` is a rule about a shell. */
const KINDS = ['custom', 'hook', 'mcp', 'memory', 'read', 'shell', 'url', 'write'];

/** Characters of a tool's whole name; providers refuse longer ones. */
const LONGEST = 64;

export function planOf(policy: Policy): Plan {
  const own = policy.agents[policy.root];
  if (own === undefined) throw new Error(`the policy has no agent \`${policy.root}\``);
  const aliases = aliasesOf(Object.keys(own.servers));
  const losses: Loss[] = [];
  const granted = new Map<string, { tool: string; decision: Access }>();
  const names: Record<string, string | null> = {};
  for (const [tool, grant] of Object.entries(own.tools).sort(byName)) {
    const lose = (what: string, message: string, instead: string) =>
      losses.push({ what, agent: policy.root, tool, message, instead });
    const found = tool.includes('/') ? serverTool(tool, aliases, own) : ownTool(tool, grant, own);
    if ('why' in found) {
      if (grant.decision !== 'deny') lose(found.what, `stricter: denied, because ${found.why}`, found.instead);
      continue;
    }
    const twins = Object.keys(own.tools).filter((other) => {
      const one = other.includes('/') ? serverTool(other, aliases, own) : undefined;
      return one !== undefined && 'name' in one && one.name === found.name;
    });
    if (twins.length > 1) {
      names[found.name] = null;
      const same = twins.map((name) => `\`${name}\``).join(' and ');
      if (grant.decision !== 'deny')
        lose('name', `stricter: denied, because ${same} have one name in Copilot`, 'rename it in the manifest');
      continue;
    }
    names[found.name] = tool;
    if (grant.decision !== 'deny') granted.set(found.name, { tool, decision: grant.decision });
  }
  if (Object.keys(own.subagents).length > 0) {
    const message = 'stricter: no subagents, because Copilot cannot hold one to rights of its own';
    losses.push({ what: 'subagents', agent: policy.root, message, instead: 'start each one by a launcher of its own' });
  }
  return { id: policy.root, policy: own, aliases, granted, names, losses };
}

type Found = { name: string } | { what: string; why: string; instead: string };

function serverTool(tool: string, aliases: ReadonlyMap<string, string>, { servers }: AgentPolicy): Found {
  const [server, name] = [tool.slice(0, tool.indexOf('/')), tool.slice(tool.indexOf('/') + 1)];
  if (name.startsWith('@'))
    return {
      what: 'server-features',
      why: `Copilot has no right for ${name.slice(1)} of a server`,
      instead: 'use a tool',
    };
  if (name === '*')
    return { what: 'wildcard', why: 'only tools by name can be offered', instead: `list the tools of \`${server}\`` };
  const alias = aliases.get(server);
  if (alias === undefined || !Object.hasOwn(servers, server))
    return { what: 'servers', why: 'its server is not in the manifest', instead: 'add it to `mcpServers`' };
  const whole = `${alias}-${kept(name)}`;
  if (whole.length > LONGEST)
    return {
      what: 'name',
      why: `its name has more than ${LONGEST} characters`,
      instead: 'shorten the name of the server',
    };
  return { name: whole };
}

function ownTool(tool: string, { decision }: Grant, { filesystem }: AgentPolicy): Found {
  const name = Object.hasOwn(READERS, tool) ? READERS[tool] : undefined;
  const instead = 'grant a tool of an MCP server that does this and no more';
  if (tool === 'Bash')
    return {
      what: 'built-in',
      why: 'Copilot runs commands that it takes for harmless whatever the rules say',
      instead,
    };
  if (name === undefined) return { what: 'built-in', why: 'no rule for it was seen to hold', instead };
  const whole =
    filesystem.read === null || filesystem.read.some((path) => /^\.?\/?(\*\*)?$/.test(path) && path !== '/');
  if (!whole && decision !== 'deny')
    return { what: 'filesystem', why: 'it reads all of the project', instead: 'list the project in `filesystem.read`' };
  return { name };
}

/** Copilot writes `-` for what it does not keep. */
export function kept(name: string): string {
  return name.replace(/[^a-zA-Z0-9_-]/g, '-');
}

/** Names without `-`, so that the first one in a tool's name always ends that of its server. */
function aliasesOf(servers: readonly string[]): Map<string, string> {
  const taken = new Set(KINDS);
  return new Map(
    [...servers].sort().map((server) => {
      const base = server.replace(/[^a-zA-Z0-9]+/g, '_').replace(/^_|_$/g, '') || 'server';
      let alias = base;
      for (let count = 2; taken.has(alias.toLowerCase()); count += 1) alias = `${base}_${count}`;
      taken.add(alias.toLowerCase());
      return [server, alias];
    }),
  );
}
