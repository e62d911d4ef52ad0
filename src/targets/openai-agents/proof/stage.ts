import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../../model/policy.ts';
import type { JsonRecord } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import type { ProofJob } from '../../prover.ts';
import { offeredBy } from '../../server-calls.ts';
import { aliasesOf } from '../names.ts';

/** Why these files must not be run, in words; undefined: they may. Servers of the JSON are never started. */
export function refusalOf({ bundle, files }: ProofJob): string | undefined {
  for (const { path, content } of files) {
    const found = readIfThere(join(bundle, 'openai-agents', path));
    if (found === undefined) return `\`openai-agents/${path}\` is gone`;
    if (found !== content && path.endsWith('.mjs'))
      return `\`openai-agents/${path}\` is not what \`stakes generate\` writes, and running it could do anything`;
  }
  return undefined;
}

/** The bundle as it lies on disk, in a project to throw away; the path of its folder. */
export function stage({ bundle, files, policy }: ProofJob, workspace: Workspace): string {
  const folder = join(workspace.project, '.stakes', policy.root, 'openai-agents');
  for (const { path } of files) writeIn(folder, path, readIfThere(join(bundle, 'openai-agents', path)) ?? '');
  writeIn(folder, '../policy.json', readIfThere(join(bundle, 'policy.json')) ?? '');
  return folder;
}

/** A stub for each server of an agent, whether or not the policy starts it. */
export function stubsOf(policy: Policy, agent: string, workspace: Workspace): JsonRecord {
  const agents = Object.values(policy.agents);
  const entries = [...aliasesOf(Object.keys(policy.agents[agent]?.servers ?? {}))].map(([server, alias]) => [
    alias,
    stubEntry(alias, offeredBy(server, agents), workspace.log),
  ]);
  return Object.fromEntries(entries);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
