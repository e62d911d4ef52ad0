import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { asRecord, type Json, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { offeredBy } from '../../server-calls.ts';
import type { Plan } from '../plan.ts';

/** Settings that only say what is allowed; every other one that was edited could start a program. Servers are replaced. */
const HARMLESS = ['general', 'security', 'experimental', 'model', 'mcp', 'mcpServers'];

/** Settings as they are on disk, if they can start nothing that the planned ones do not. */
export function readHarmless(found: string, planned: string): { settings: JsonRecord } | { reason: string } {
  let settings: JsonRecord;
  try {
    settings = asRecord(parseJson(found));
  } catch {
    return { reason: 'is no JSON' };
  }
  const own = asRecord(parseJson(planned));
  const strange = Object.keys(settings).find(
    (key) => !HARMLESS.includes(key) && !isDeepStrictEqual(settings[key], own[key]),
  );
  return strange === undefined
    ? { settings }
    : { reason: `has \`${strange}\`, which \`stakes generate\` never writes` };
}

/** The settings under test, with a stub for every server that they start. */
export function stagedSettings(settings: JsonRecord, plan: Plan, workspace: Workspace): JsonRecord {
  const entries = Object.entries(asRecord(settings.mcpServers)).map(([alias, entry]): [string, Json] => {
    const server = plan.servers.find((one) => one.alias === alias)?.server ?? alias;
    const tools = offeredBy(server, [plan.agent]).map((name) => ({ name, description: name }));
    const { trust = false, includeTools, excludeTools } = asRecord(entry);
    const kept = Object.fromEntries(
      Object.entries({ trust, includeTools, excludeTools }).filter(([, value]) => value !== undefined),
    ) as JsonRecord;
    return [alias, { ...stubEntry(alias, tools, workspace.log), ...kept }];
  });
  return {
    ...settings,
    // Which way it signs in is the user's own setting.
    security: { ...asRecord(settings.security), auth: { selectedType: 'gemini-api-key' } },
    // It would ask a model whether calls that are all alike lead anywhere.
    model: { ...asRecord(settings.model), disableLoopDetection: true },
    mcpServers: Object.fromEntries(entries),
  };
}

/** Things to reach for in a project to throw away. */
export interface Stage {
  workspace: Workspace;
  inside: { path: string; text: string };
  outside: { path: string; text: string };
}

export function stageOf(workspace: Workspace): Stage {
  const mark = (): string => `STAKES-${randomBytes(6).toString('hex')}`;
  const [within, without] = [mark(), mark()];
  return {
    workspace,
    inside: { path: writeIn(workspace.project, 'inside.txt', `${within}\n`), text: within },
    outside: { path: writeIn(workspace.home, 'outside.txt', `${without}\n`), text: without },
  };
}
