import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../../../src/model/policy.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { asRecord, type JsonRecord, parseJson } from '../../../src/probe/json.ts';
import type { Script } from '../../../src/probe/model-server.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { planOf } from '../../../src/targets/opencode/plan.ts';
import { type OpenCodeOutcome, runOpenCode } from '../../../src/targets/opencode/proof/session.ts';
import { stagedConfig } from '../../../src/targets/opencode/proof/staging.ts';
import { target } from '../../../src/targets/opencode/target.ts';

/** The pinned program. */
export const openCode = fileURLToPath(new URL('./node_modules/opencode-linux-x64/bin/opencode', import.meta.url));

export interface Play {
  made: Policy;
  calls: readonly ToolCall[];
  subagents?: readonly Script[];
  /** The configuration as people write it, started as such: with `OPENCODE_CONFIG` and no launcher. */
  naive?: (config: JsonRecord) => JsonRecord;
  /** The naive configuration as text, for what JSON would spell in another way. */
  rewritten?: (text: string) => string;
  /** What a user's own configuration says besides. */
  user?: JsonRecord;
  prepare?: (workspace: Workspace) => void;
  limitMs?: number;
}

/** Plays calls with the generated files, or with those of somebody who knows no better. */
export async function playOpenCode(play: Play): Promise<OpenCodeOutcome> {
  const workspace = createWorkspace();
  try {
    play.prepare?.(workspace);
    const { made, naive, rewritten = (text: string) => text } = play;
    const files = new Map(target.emit(made).files.map(({ path, content }) => [path, content]));
    const generated = asRecord(parseJson(files.get('opencode.json') ?? '{}'));
    const staged = stagedConfig(naive?.(generated) ?? generated, planOf(made), workspace);
    const folder = join(workspace.project, '.stakes', made.root, 'opencode');
    const config = writeIn(folder, 'opencode.json', naive === undefined ? staged : rewritten(staged));
    const script = writeIn(folder, 'launch.sh', files.get('launch.sh') ?? '');
    chmodSync(script, 0o755);
    return await runOpenCode({
      binary: openCode,
      workspace,
      start: naive === undefined ? { script } : { config },
      calls: play.calls,
      models: [],
      ...(play.subagents === undefined ? {} : { subagents: play.subagents }),
      ...(play.user === undefined ? {} : { user: play.user }),
      ...(play.limitMs === undefined ? {} : { limitMs: play.limitMs }),
    });
  } finally {
    workspace.remove();
  }
}
