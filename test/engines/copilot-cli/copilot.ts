import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '../../../src/model/policy.ts';
import type { ToolCall } from '../../../src/probe/anthropic-wire.ts';
import { asRecord, type JsonRecord, parseJson } from '../../../src/probe/json.ts';
import { type StubTool, stubEntry } from '../../../src/probe/stub.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { planOf } from '../../../src/targets/copilot-cli/plan.ts';
import { type CopilotOutcome, runCopilot } from '../../../src/targets/copilot-cli/proof/session.ts';
import { withStubs } from '../../../src/targets/copilot-cli/proof/staging.ts';
import { target } from '../../../src/targets/copilot-cli/target.ts';

/** The pinned program. */
export const copilot = fileURLToPath(new URL('./node_modules/@github/copilot-linux-x64/copilot', import.meta.url));

export interface Play {
  made: Policy;
  calls: readonly ToolCall[];
  /** What a server says of its tools, by Copilot's name of the server. */
  tools?: Readonly<Record<string, readonly StubTool[]>>;
  /** Options as people give them, in place of the launcher; `folder` has the generated files, for them to change. */
  naive?: (folder: string) => readonly string[];
  prepare?: (workspace: Workspace) => void;
}

/** Plays calls with the generated files, or as somebody starts it who knows no better. */
export async function playCopilot({ made, calls, tools, naive, prepare }: Play): Promise<CopilotOutcome> {
  const workspace = createWorkspace();
  try {
    prepare?.(workspace);
    const folder = join(workspace.project, '.stakes', made.root, 'copilot-cli');
    const plan = planOf(made);
    for (const { path, content } of target.emit(made).files) {
      const config = path === 'mcp.json' ? withStubs(content, plan, workspace) : undefined;
      writeIn(folder, path, config === undefined ? content : saying(config, tools ?? {}, workspace));
    }
    writeIn(folder, '../policy.json', JSON.stringify(made));
    const options = naive?.(folder);
    const mcp = join(folder, 'mcp.json');
    if (options !== undefined) openUp(mcp);
    const start =
      options === undefined
        ? { script: join(folder, 'launch.sh') }
        : { args: ['--disable-builtin-mcps', `--additional-mcp-config=@${mcp}`, ...options] };
    const env = { XDG_STATE_HOME: join(workspace.root, 'state') };
    return await runCopilot({ binary: copilot, workspace, start, calls, env });
  } finally {
    workspace.remove();
  }
}

function saying(config: JsonRecord, tools: NonNullable<Play['tools']>, { log }: Workspace): JsonRecord {
  const servers = Object.entries(asRecord(config.mcpServers)).map(([name, entry]) => {
    const said = tools[name];
    return [name, said === undefined ? entry : { ...asRecord(entry), ...stubEntry(name, said, log) }] as const;
  });
  return { mcpServers: Object.fromEntries(servers) };
}

/** All tools of the servers, as people leave it. */
function openUp(file: string): void {
  const text = readFileSync(file, 'utf8');
  const servers = Object.entries(asRecord(asRecord(parseJson(text)).mcpServers));
  const open = servers.map(([name, entry]) => [name, { ...asRecord(entry), tools: ['*'] }] as const);
  writeFileSync(file, JSON.stringify({ mcpServers: Object.fromEntries(open) }));
}
