import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { isRecord } from '../../../source/record.ts';
import type { ProofJob } from '../../prover.ts';
import { policyPath } from '../entries.ts';

/** Why these files must not be run, in words; undefined: they may. */
export function refusalOf({ bundle, files }: ProofJob): string | undefined {
  const wrong = files.find(({ path, content }) => readIfThere(join(bundle, 'gate', path)) !== content);
  return wrong && `\`gate/${wrong.path}\` is not what \`stakes generate\` writes, and running it could start anything`;
}

/**
 * The policy as it lies in the bundle, where the files say that it is. Its caps would stop the attempts at the first
 * dozen, and the servers here are not those that were pinned.
 */
export function stagePolicy({ bundle, policy }: ProofJob, workspace: Workspace): void {
  const text = readIfThere(join(bundle, 'policy.json')) ?? '';
  writeIn(workspace.project, policyPath(policy), uncapped(text));
}

function uncapped(text: string): string {
  try {
    const uncap = (key: string, value: unknown): unknown => {
      if (key === 'maxCallsPerDay') return null;
      if (key === 'pins') return undefined;
      return key === 'limits' && isRecord(value)
        ? Object.fromEntries(Object.keys(value).map((limit) => [limit, null]))
        : value;
    };
    return JSON.stringify(JSON.parse(text), uncap);
  } catch {
    // The gate has to say what it thinks of it.
    return text;
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
