import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { stringify, type TomlTable } from 'smol-toml';
import { asText, type Json, type JsonRecord } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { isRecord } from '../../../source/record.ts';
import { UNLISTED } from '../../server-calls.ts';
import { split } from '../names.ts';
import type { Plan } from '../plan.ts';
import { placesOf } from '../profile.ts';

/** Names that a server's settings may have besides those that say how it is reached. */
const TRANSPORT = [
  'command',
  'args',
  'env',
  'env_vars',
  'cwd',
  'url',
  'bearer_token_env_var',
  'http_headers',
  'env_http_headers',
];

/** A project to throw away, with things to reach for. */
export interface Stage {
  workspace: Workspace;
  /** A file of the project that may be read, if any may. */
  readable: { path: string; text: string } | undefined;
  /** A folder of the project that may be written, if any may. */
  writable: string | undefined;
  outside: { path: string; text: string };
}

export function stageOf(workspace: Workspace, { agent: { filesystem } }: Plan): Stage {
  const mark = (): string => `STAKES-${randomBytes(6).toString('hex')}`;
  const inProject = (paths: readonly string[]): string | undefined =>
    placesOf(paths).find((place) => place.inProject && /^[\w./-]+$/.test(place.path))?.path;
  const folder = inProject(filesystem.read ?? ['.']);
  const writable = inProject(filesystem.write ?? []);
  for (const name of [folder, writable, '.stakes'])
    if (name !== undefined) mkdirSync(join(workspace.project, name), { recursive: true });
  const [within, without] = [mark(), mark()];
  const path = folder === undefined ? undefined : join(folder, 'stakes-inside.txt');
  if (path !== undefined) writeIn(workspace.project, path, `${within}\n`);
  return {
    workspace,
    readable: path === undefined ? undefined : { path, text: within },
    writable,
    outside: { path: writeIn(workspace.home, 'outside.txt', `${without}\n`), text: without },
  };
}

/** What a description of a stub's tool is, so that a name that Codex made of it can be told. */
export function descriptionOf(server: string, tool: string): string {
  return `${UNLISTED} ${server}/${tool}`;
}

/** The settings under test, with stubs for every server and a scripted model. */
export function stagedConfig(
  table: Record<string, unknown>,
  plan: Plan,
  workspace: Workspace,
  about: { url: string; model: string; programs: string },
): string {
  const servers = isRecord(table.mcp_servers) ? table.mcp_servers : {};
  const model = about.model === '' ? table.model : about.model;
  return stringify({
    ...table,
    ...(typeof model === 'string' ? { model } : {}),
    ...withPrograms(table, about.programs),
    mcp_servers: Object.fromEntries(
      Object.entries(servers).map(([name, entry]) => [name, stubbed(name, entry, plan, workspace)]),
    ),
    model_provider: 'stakes',
    model_providers: {
      stakes: { name: 'stakes', base_url: `${about.url}/v1`, wire_api: 'responses', env_key: 'STAKES_MODEL_KEY' },
    },
  } as TomlTable);
}

function stubbed(alias: string, entry: unknown, plan: Plan, workspace: Workspace): JsonRecord {
  const kept = Object.entries(isRecord(entry) ? entry : {}).filter(([key]) => !TRANSPORT.includes(key));
  const server = plan.servers.find((one) => one.alias === alias)?.server ?? alias;
  const listed = Object.keys(plan.agent.tools).flatMap((tool) => {
    if (!tool.includes('/') || /\/[*@]/.test(tool)) return [];
    const parts = split(tool);
    return parts.server === server ? [parts.name] : [];
  });
  const tools = [...new Set([...listed, UNLISTED])].map((name) => ({
    name,
    description: descriptionOf(alias, name),
    // What a server says of itself must change nothing.
    annotations: { readOnlyHint: true },
  }));
  return { ...(Object.fromEntries(kept) as Record<string, Json>), ...stubEntry(alias, tools, workspace.log) };
}

function withPrograms(table: Record<string, unknown>, folder: string): object {
  const profile = asText(table.default_permissions as Json);
  const all = isRecord(table.permissions) ? table.permissions : {};
  const own = all[profile];
  if (!isRecord(own) || !isRecord(own.filesystem)) return {};
  return { permissions: { ...all, [profile]: { ...own, filesystem: { ...own.filesystem, [folder]: 'read' } } } };
}
