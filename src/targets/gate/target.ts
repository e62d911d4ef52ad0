import type { AgentPolicy, Policy } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { defineTarget, type EmittedFile, type Installation } from '../define.ts';
import { fileNameOf } from '../srt/file-name.ts';
import { CLAUDE_CODE, CURSOR, clientFile, usedServers, VS_CODE } from './entries.ts';
import { lossesOf } from './losses.ts';
import { usageOf } from './usage.ts';

const CAUTION =
  'servers that the manifest does not list are no longer in the file, and the client needs `stakes` on its PATH: without it no server starts';

const whole = (id: string, from: string, into: string): Installation => {
  return { way: 'file', id, from, to: {}, into, caution: CAUTION };
};

export const target = defineTarget({
  id: 'gate',
  title: 'MCP gate (stakes gate)',
  summary: 'the configuration of an MCP client with every server behind `stakes gate`',
  standard: true,
  revision: 1,
  installs: [
    { way: 'in-place', id: 'in-place' },
    whole('mcp-json', 'mcp.json', '.mcp.json'),
    whole('cursor', 'cursor.json', '.cursor/mcp.json'),
    whole('vscode', 'vscode.json', '.vscode/mcp.json'),
  ],
  // Not `deny-by-default`: what a host can do by itself, listed or not, passes a gate by.
  enforces: ['rate-limit', 'loop-limit', 'audit-log', 'approval-gates', 'signed-audit'],
  seesToolsOf: 'servers',
  proof: 'engine',
  usage: usageOf,
  emit: (policy) => ({ files: filesOf(policy), losses: lossesOf(policy) }),
});

/** A subagent that has servers of its own gets a file of its own, in the form that most clients read. */
function filesOf(policy: Policy): EmittedFile[] {
  const others = Object.entries(policy.agents)
    .filter(([id, agent]) => id !== policy.root && usedServers(agent).length > 0)
    .sort(byName);
  return [...ofRoot(policy, policy.agents[policy.root]), ...others.map(([id, agent]) => ofSubagent(policy, id, agent))];
}

function ofRoot(policy: Policy, root: AgentPolicy | undefined): EmittedFile[] {
  if (root === undefined) return [];
  return [
    { path: 'cursor.json', content: clientFile(policy, root, CURSOR) },
    { path: 'mcp.json', content: clientFile(policy, root, CLAUDE_CODE) },
    { path: 'vscode.json', content: clientFile(policy, root, VS_CODE) },
  ];
}

function ofSubagent(policy: Policy, id: string, agent: AgentPolicy): EmittedFile {
  return { path: `mcp/${fileNameOf(id)}.json`, content: clientFile(policy, agent, CLAUDE_CODE) };
}
