import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonRecord } from '../../../probe/json.ts';
import { stubEntry } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import type { Plan } from '../../claude-code/plan.ts';
import type { Stage } from '../../claude-code/proof/staging.ts';
import { mcpServersOf } from '../../claude-code/servers.ts';
import type { ProofJob } from '../../prover.ts';
import { offeredBy } from '../../server-calls.ts';

/** Why these files must not be run, in words; undefined: they may. */
export function refusalOf({ bundle, files }: ProofJob): string | undefined {
  for (const { path, content } of files) {
    const found = readIfThere(join(bundle, 'agent-sdk', path));
    if (found === undefined) return `\`agent-sdk/${path}\` is gone`;
    // The rest are programs, and the folder may be anybody's.
    if (found !== content && path !== 'hook.json')
      return `\`agent-sdk/${path}\` is not what \`stakes generate\` writes, and running it could do anything`;
  }
  return undefined;
}

/** The bundle in a project to throw away, with things to reach for. */
export function stageOf(workspace: Workspace, { bundle, files, policy }: ProofJob, plan: Plan): Stage {
  const folder = join(workspace.project, '.stakes', policy.root);
  for (const { path } of files)
    writeIn(folder, `agent-sdk/${path}`, readIfThere(join(bundle, 'agent-sdk', path)) ?? '');
  writeIn(folder, 'policy.json', readIfThere(join(bundle, 'policy.json')) ?? '');
  const here = join(workspace.project, plan.folder);
  mkdirSync(here, { recursive: true });
  const mark = (): string => `STAKES-${randomBytes(6).toString('hex')}`;
  const [within, without] = [mark(), mark()];
  writeIn(here, 'peek.sh', 'cat ~/outside.txt\n');
  return {
    workspace,
    bundle: folder,
    inside: { path: writeIn(here, 'inside.txt', `${within}\n`), name: 'inside.txt', text: within },
    outside: { path: writeIn(workspace.home, 'outside.txt', `${without}\n`), text: without },
    file: (path) => join(here, path),
  };
}

/** Stubs by the names that the options give to the servers. */
export function stubsOf(plan: Plan, workspace: Workspace): JsonRecord {
  const agents = [plan.root, ...plan.subagents];
  const policies = agents.map(({ policy }) => policy);
  const entries = Object.keys(mcpServersOf(plan)).map((name) => {
    const aliased = agents.flatMap(({ serverNames }) => [...serverNames].filter(([, alias]) => alias === name));
    const stub = stubEntry(name, offeredBy(aliased[0]?.[0] ?? name, policies), workspace.log);
    return [name, { type: 'stdio', ...stub }] as const;
  });
  return Object.fromEntries(entries);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
