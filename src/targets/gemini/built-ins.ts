import type { AgentPolicy, Grant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import { placesOfProject } from './folders.ts';
import type { Lose, Rule } from './rights.ts';

/** Gemini CLI's own tools, by its names and by those that other hosts have for the same thing. */
const TOOLS: Readonly<Record<string, { kind: 'read' | 'edit' | 'web'; tools: readonly string[] }>> = {
  read_file: { kind: 'read', tools: ['read_file'] },
  Read: { kind: 'read', tools: ['read_file'] },
  read_many_files: { kind: 'read', tools: ['read_many_files'] },
  list_directory: { kind: 'read', tools: ['list_directory'] },
  LS: { kind: 'read', tools: ['list_directory'] },
  glob: { kind: 'read', tools: ['glob'] },
  Glob: { kind: 'read', tools: ['glob'] },
  grep_search: { kind: 'read', tools: ['grep_search'] },
  search_file_content: { kind: 'read', tools: ['grep_search'] },
  Grep: { kind: 'read', tools: ['grep_search'] },
  write_file: { kind: 'edit', tools: ['write_file'] },
  Write: { kind: 'edit', tools: ['write_file'] },
  replace: { kind: 'edit', tools: ['replace'] },
  Edit: { kind: 'edit', tools: ['replace'] },
  web_fetch: { kind: 'web', tools: ['web_fetch'] },
  WebFetch: { kind: 'web', tools: ['web_fetch'] },
  google_web_search: { kind: 'web', tools: ['google_web_search'] },
  WebSearch: { kind: 'web', tools: ['google_web_search'] },
};

/**
 * Tools of its own that Gemini CLI 0.61 knows. Where one is denied, it leaves out every tool of a server that is called so.
 */
export const OWN_TOOLS: readonly string[] = [
  ...['activate_skill', 'ask_user', 'complete_task', 'enter_plan_mode', 'exit_plan_mode', 'get_internal_docs', 'glob'],
  ...['google_web_search', 'grep_search', 'invoke_agent', 'list_directory', 'list_mcp_resources', 'read_file'],
  ...['read_many_files', 'read_mcp_resource', 'replace', 'run_shell_command', 'save_memory', 'search_file_content'],
  ...['tracker_add_dependency', 'tracker_create_task', 'tracker_get_task', 'tracker_list_tasks', 'tracker_update_task'],
  ...['tracker_visualize', 'update_topic', 'web_fetch', 'write_file', 'write_todos'],
];

export const EDITORS = ['write_file', 'replace'] as const;

/** Does some rule grant this tool of Gemini CLI's own? A tool of a server may have the same name. */
export function isGranted(rules: readonly Rule[], tool: string): boolean {
  return rules.some(
    ({ mcpName, toolName, decision }) => mcpName === undefined && toolName === tool && decision !== 'deny',
  );
}

const INSTEAD = 'grant a tool of an MCP server that does this and no more';

export function ownToolRules(agent: AgentPolicy, lose: Lose): Rule[] {
  const named = Object.entries(agent.tools)
    .filter(([tool]) => !tool.includes('/'))
    .sort(byName);
  const decisions = new Map<string, Set<Grant['decision']>>();
  for (const [tool, grant] of named) {
    const known = Object.hasOwn(TOOLS, tool) ? TOOLS[tool] : undefined;
    const reason = grant.decision === 'deny' ? undefined : reasonAgainst(agent, tool, known?.kind, grant);
    if (reason !== undefined) lose(tool, reason.what, `stricter: denied: ${reason.why}`, reason.instead);
    for (const name of known?.tools ?? []) {
      const all = decisions.get(name) ?? new Set();
      decisions.set(name, all.add(reason === undefined ? grant.decision : 'deny'));
    }
  }
  for (const [tool, { decision }] of named) {
    const [name] = Object.hasOwn(TOOLS, tool) ? (TOOLS[tool]?.tools ?? []) : [];
    const all = name === undefined ? undefined : decisions.get(name);
    // Two names of one tool: the stricter one counts.
    if (all === undefined || all.size < 2 || decision === 'deny' || (decision === 'ask' && !all.has('deny'))) continue;
    lose(tool, 'built-in', 'stricter: as another name of it is', 'keep one of them');
  }
  return [...decisions].sort(byName).flatMap(([name, all]): Rule[] => {
    if (all.has('deny')) return [];
    return [{ toolName: name, decision: all.has('ask') ? 'ask_user' : 'allow', priority: 300 }];
  });
}

interface Reason {
  what: string;
  why: string;
  instead: string;
}

function reasonAgainst(
  { filesystem, network }: AgentPolicy,
  tool: string,
  kind: 'read' | 'edit' | 'web' | undefined,
  grant: Grant,
): Reason | undefined {
  if (/^(?:Bash|shell|run_shell_command)$/.test(tool))
    return { what: 'filesystem', why: 'nothing keeps a command inside of the folders of the policy', instead: INSTEAD };
  if (/^(?:Agent|Task|invoke_agent)$/.test(tool))
    return { what: 'subagents', why: 'the agents that come with it have the rights of the session', instead: INSTEAD };
  if (kind === undefined)
    return { what: 'built-in', why: 'it is no tool of Gemini CLI that a rule holds', instead: INSTEAD };
  if (grant.arguments !== null)
    return { what: 'arguments', why: 'arguments of its own tools are other ones in Gemini CLI', instead: INSTEAD };
  if (kind === 'web' && network.egress !== 'open')
    return {
      what: 'egress-allowlist',
      why: 'no rule keeps it to hosts',
      instead: 'fetch by a server, or set `network.egress: open`',
    };
  const paths = kind === 'read' ? (filesystem.read ?? ['.']) : (filesystem.write ?? []);
  if (kind === 'web' || placesOfProject(paths)) return undefined;
  const why = `its file tools ${kind === 'read' ? 'read' : 'write'} in all of the project`;
  return { what: 'filesystem', why, instead: 'list `.`, or start it in a project of its own' };
}
