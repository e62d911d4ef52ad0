import { isRecord } from '../../../source/record.ts';
import { plainText } from '../words.ts';
import { type DockerPermissions, permissionNotes } from './permissions.ts';
import type { Toolset } from './servers.ts';

/** What no field can say of an agent; `away`: agents that it hands work to and that are not in the file. */
export function notesOf(
  agent: Record<string, unknown>,
  toolsets: readonly Toolset[],
  rules: DockerPermissions,
  away: readonly string[],
): Record<string, string> {
  const shown = away.slice(0, 20).map((name) => plainText(name, 60) ?? '…');
  const lines = [
    ...(agent.skills === true ? ['skills are loaded, which may run scripts'] : []),
    ...(toolsets.some(({ post_edit }) => post_edit !== undefined) ? ['commands run after its edits, unasked'] : []),
    ...(isRecord(agent.hooks) ? ['programs run on what happens, without being asked for'] : []),
    ...(agent.code_mode_tools === true ? ['one script may call all of its tools'] : []),
  ];
  return {
    '/tools': permissionNotes(rules).join('; '),
    ...(away.length > 0
      ? { '/tools/agents~1*': `hands work to agents that are not in the file: ${shown.join(', ')}` }
      : {}),
    ...(lines.length > 0 ? { '/agent': lines.join('; ') } : {}),
  };
}
