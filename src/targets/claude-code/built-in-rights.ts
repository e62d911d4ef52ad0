import type { AgentPolicy } from '../../model/policy.ts';
import type { Access } from '../../model/vocabulary.ts';
import { EDITORS, GRANTABLE, isBuiltIn, isOneOf, READERS } from './built-ins.ts';
import { readFolder, shellFolder, writableFolders } from './folder.ts';
import type { Agent, Lose, Right } from './rights.ts';

const NARROWER = 'list one folder for all file tools, and start with `launch.sh`; or grant a server that reads for it';

/** Undefined where no rule is needed: the tool is unknown here, or its own list of agents speaks for it. */
export function builtInRight(agent: Agent, tool: string, decision: Access, lose: Lose): Right | undefined {
  const denied: Right = { tool, decision: 'deny', name: tool, rules: [tool] };
  if (decision === 'deny') return isDeniable(tool) ? denied : undefined;
  if (tool === 'Agent' || tool === 'Task') {
    if (Object.keys(agent.policy.subagents).length === 0) {
      lose('built-in', 'denied: the agents that come with it inherit every right', 'list subagents in the manifest');
    }
    return undefined;
  }
  if (!isOneOf(GRANTABLE, tool)) {
    const reason = isBuiltIn(tool) ? 'its rules are not proven to hold' : 'it is not a tool of Claude Code';
    lose('built-in', `denied: ${reason}`, 'grant a tool of an MCP server that does this and no more');
    return isDeniable(tool) ? denied : undefined;
  }
  const rules = rulesOf(agent, tool, lose);
  return rules.length === 0 ? denied : { tool, decision, name: tool, rules: decision === 'ask' ? [tool] : rules };
}

/** A later version may have the tool; but a name with parentheses, or of a server, would be another rule. */
function isDeniable(tool: string): boolean {
  return /^[A-Za-z][\w-]*$/.test(tool) && !tool.startsWith('mcp__');
}

function rulesOf(agent: Agent, tool: string, lose: Lose): string[] {
  const { policy, folder } = agent;
  if (isOneOf(READERS, tool)) return reads(tool, readFolder(policy) === folder, lose);
  if (isOneOf(EDITORS, tool)) return editRules(agent, lose);
  if (tool === 'Bash') return shellRules(policy, folder, lose);
  if (tool === 'WebFetch') return fetchRules(policy, lose);
  if (tool !== 'WebSearch' || policy.network.egress === 'open') return [tool];
  lose('egress-allowlist', 'denied: a search goes wherever the search engine goes', 'fetch from listed hosts instead');
  return [];
}

function reads(tool: string, held: boolean, lose: Lose): string[] {
  if (held) return [tool === 'Read' ? 'Read(./**)' : tool];
  lose('filesystem', 'denied: no rule keeps it inside the folders of `filesystem.read`', NARROWER);
  return [];
}

function editRules({ policy, folder }: Agent, lose: Lose): string[] {
  if ((policy.tools.Read?.decision ?? 'deny') === 'deny' || readFolder(policy) !== folder) {
    lose('built-in', 'denied: Claude Code writes no file that it may not read', 'grant `Read` as well');
    return [];
  }
  const folders = writableFolders(policy, folder);
  const inside = folders.filter((path) => path !== undefined);
  if (inside.length < folders.length) {
    lose('filesystem', 'stricter: folders outside of where the session works are not writable', NARROWER);
  }
  if (folders.length === 0) lose('filesystem', 'denied: `filesystem.write` lists no folder', NARROWER);
  return inside.map((path) => (path === '.' ? 'Edit(./**)' : `Edit(./${path}/**)`)).sort();
}

function shellRules(policy: AgentPolicy, folder: string, lose: Lose): string[] {
  if (shellFolder(policy) !== folder) {
    lose('filesystem', 'denied: a shell reads and writes all of the folder that the session works in', NARROWER);
    return [];
  }
  const message =
    'the sandbox keeps a shell from writing elsewhere, but it can read the machine outside of the home folder';
  lose('filesystem', message, 'start `launch.sh` in a container, or through the `srt` target');
  return ['Bash'];
}

function fetchRules({ network }: AgentPolicy, lose: Lose): string[] {
  if (network.egress === 'open') return ['WebFetch'];
  const hosts = network.egress === 'listed' ? network.allowedHosts : [];
  const sayable = hosts.filter(isPlainHost);
  if (hosts.length === 0) lose('egress-allowlist', 'denied: `network` lists no host', 'list hosts in `network`');
  if (sayable.length < hosts.length) {
    lose('egress-allowlist', 'stricter: hosts with a wildcard or a port are left out', 'list each host by its name');
  }
  return sayable.map((host) => `WebFetch(domain:${host})`).sort();
}

export function isPlainHost(host: string): boolean {
  return /^[a-z0-9.-]+$/i.test(host);
}
