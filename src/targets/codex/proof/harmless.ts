import { isDeepStrictEqual } from 'node:util';
import { parse } from 'smol-toml';
import { isRecord } from '../../../source/record.ts';

/** Settings that only say what is allowed; every other one that was edited could start a program. */
const HARMLESS = [
  ...['model', 'approval_policy', 'web_search', 'allow_login_shell', 'default_permissions', 'permissions', 'agents'],
  ...['features', 'shell_environment_policy', 'sandbox_mode', 'sandbox_workspace_write'],
  // Every server in it is replaced.
  'mcp_servers',
];

/** Settings as they are on disk, if they can start nothing that the planned ones do not. */
export function readHarmless(found: string, planned: string): { table: Record<string, unknown> } | { reason: string } {
  const [table, own] = [tableOf(found), tableOf(planned)];
  if (table === undefined) return { reason: 'is no TOML' };
  const strange = Object.keys(table).find(
    (key) => !HARMLESS.includes(key) && !isDeepStrictEqual(table[key], own?.[key]),
  );
  if (strange === undefined) return { table };
  return { reason: `has \`${strange}\`, which \`stakes generate\` never writes` };
}

function tableOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = parse(text, { maxDepth: 64 });
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
