import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../../../src/model/policy.ts';
import type { ModelUsage, ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { runSdk, type SdkOutcome } from '../../../src/targets/agent-sdk/proof/session.ts';
import { stubsOf } from '../../../src/targets/agent-sdk/proof/stage.ts';
import { target } from '../../../src/targets/agent-sdk/target.ts';
import { planOf } from '../../../src/targets/claude-code/plan.ts';
import { claudeBinary } from '../claude.ts';

/** The pinned package. */
export const sdk = fileURLToPath(new URL('./node_modules/@anthropic-ai/claude-agent-sdk', import.meta.url));

export interface Play {
  made: Policy;
  calls: readonly ToolCall[];
  /** Options as people write them: JavaScript that gets the generated ones as `options`, and gives others. */
  naive?: string;
  prepare?: (workspace: Workspace) => void;
  approves?: boolean;
  usage?: ModelUsage;
}

/** Plays calls with the generated options, or with those of somebody who knows no better. */
export async function playSdk({ made, calls, naive, prepare, approves, usage }: Play): Promise<SdkOutcome> {
  const workspace = createWorkspace();
  try {
    prepare?.(workspace);
    const bundle = join(workspace.project, '.stakes', made.root);
    for (const { path, content } of target.emit(made).files) writeIn(bundle, `agent-sdk/${path}`, content);
    writeIn(bundle, 'policy.json', JSON.stringify(made));
    const careless = [
      "import { optionsFor as ours } from '../agent-sdk/options.mjs';",
      `const change = (options) => (${naive});`,
      'export const optionsFor = (how) => change(ours(how));',
    ];
    if (naive !== undefined) writeIn(bundle, 'naive/options.mjs', careless.join('\n'));
    return await runSdk({
      sdk,
      claude: claudeBinary,
      workspace,
      folder: join(bundle, naive === undefined ? 'agent-sdk' : 'naive'),
      mcpServers: stubsOf(planOf(made, 'launcher'), workspace),
      calls,
      env: { XDG_STATE_HOME: join(workspace.root, 'state') },
      ...(approves === undefined ? {} : { approves }),
      ...(usage === undefined ? {} : { usage }),
    });
  } finally {
    workspace.remove();
  }
}

export const textsOf = ({ requests }: SdkOutcome): string[] =>
  (requests.filter(({ script }) => script === 0).at(-1)?.toolResults ?? []).map(({ text }) => text);
