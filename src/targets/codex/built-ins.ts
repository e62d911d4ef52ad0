import type { AgentPolicy, Grant } from '../../model/policy.ts';
import { byName } from '../../source/order.ts';
import type { Lose, OwnRights } from './rights.ts';

/** Codex's own tools, by its names and by those that other hosts have for the same thing. */
const KINDS: Readonly<Record<string, keyof OwnRights>> = {
  shell: 'shell',
  exec_command: 'shell',
  Bash: 'shell',
  apply_patch: 'edits',
  Edit: 'edits',
  MultiEdit: 'edits',
  Write: 'edits',
  web_search: 'search',
  WebSearch: 'search',
};

/** Names of which Codex has a tool, or had one, that no setting narrows. */
const UNPROVEN = ['view_image', 'spawn_agent', 'js_repl'];

export function ownToolRights(agent: AgentPolicy, lose: Lose): OwnRights {
  const named = Object.entries(agent.tools)
    .filter(([tool]) => !tool.includes('/'))
    .sort(byName);
  const isGranted = (kind: keyof OwnRights): boolean => {
    const all = named.filter(([tool]) => kindOf(tool) === kind);
    // Two names of one tool: what either refuses is refused.
    const denied = all.some(([, { decision }]) => decision === 'deny');
    const able = all.map(([tool, grant]) => grant.decision !== 'deny' && isSayable(agent, tool, kind, grant, lose));
    if (denied) {
      for (const [tool, { decision }] of all)
        if (decision !== 'deny')
          lose(tool, 'built-in', 'stricter: denied, as another name of it is', 'keep one of them');
    }
    return all.length > 0 && !denied && able.every(Boolean);
  };
  for (const [tool, { decision }] of named) {
    if (decision === 'deny' || kindOf(tool) !== undefined) continue;
    const reason = UNPROVEN.includes(tool) ? 'no setting keeps it to what is granted' : reasonOf(tool);
    lose(tool, 'built-in', `stricter: denied: ${reason}`, 'grant a tool of an MCP server that does this and no more');
  }
  const rights = { shell: isGranted('shell'), edits: isGranted('edits'), search: isGranted('search') };
  if (rights.shell && !rights.edits && (agent.filesystem.write ?? []).length > 0)
    lose(
      'apply_patch',
      'built-in',
      'edits land unasked wherever a command may write',
      'give the shell no folder to write',
    );
  return rights;
}

function kindOf(tool: string): keyof OwnRights | undefined {
  return Object.hasOwn(KINDS, tool) ? KINDS[tool] : undefined;
}

function isSayable(agent: AgentPolicy, tool: string, kind: keyof OwnRights, grant: Grant, lose: Lose): boolean {
  const refuse = (what: string, reason: string, instead: string): boolean => {
    lose(tool, what, `stricter: denied: ${reason}`, instead);
    return false;
  };
  if (grant.arguments !== null)
    return refuse(
      'arguments',
      'Codex does not check arguments',
      'grant a tool of an MCP server, behind the `gate` target',
    );
  if (grant.decision === 'ask')
    return refuse(
      'approval-gates',
      'Codex runs it in its sandbox without asking',
      'grant a tool of an MCP server instead',
    );
  if (kind === 'search' && agent.network.egress !== 'open')
    return refuse('egress-allowlist', 'a search goes wherever the search engine goes', 'set `network.egress: open`');
  if (kind === 'edits' && (agent.filesystem.write ?? []).length === 0)
    return refuse('filesystem', '`filesystem.write` lists no folder', 'list the folders it may write');
  return true;
}

function reasonOf(tool: string): string {
  if (/^(?:Read|Grep|Glob|LS|NotebookRead)$/.test(tool)) return 'Codex reads files through its shell alone';
  if (/^(?:Agent|Task)$/.test(tool)) return 'a subagent of Codex has every right of the session';
  return 'it is not a tool of Codex';
}
