import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { ModelUsage, ToolCall } from '../../../probe/anthropic-wire.ts';
import { type BoundedResult, runBounded } from '../../../probe/bounded.ts';
import { asList, asRecord, asText, type JsonRecord, parseJson } from '../../../probe/json.ts';
import { type ModelRequest, type Script, startModelServer } from '../../../probe/model-server.ts';
import { type ExecutedCall, readExecuted } from '../../../probe/stub.ts';
import { type Workspace, writeIn } from '../../../probe/workspace.ts';
import { PROGRAM } from './runner.program.generated.ts';

const ROOT_PROMPT = 'play the root script';
const LIMIT_MS = 120_000;

export interface SdkRun {
  /** Absolute path of the SDK's package. */
  sdk: string;
  /** The client, where the package does not bring its own. */
  claude?: string;
  workspace: Workspace;
  /** Folder of `options.mjs`. */
  folder: string;
  mcpServers: JsonRecord;
  calls: readonly ToolCall[];
  subagents?: readonly Script[];
  env?: Readonly<Record<string, string>>;
  /** What the person says to all that asks; no unless told. */
  approves?: boolean;
  usage?: ModelUsage;
}

export interface SdkOutcome extends BoundedResult {
  /** What the stub servers really ran. */
  calls: ExecutedCall[];
  requests: ModelRequest[];
  /** Tools that `approve` was asked about, by the SDK's name. */
  asked: string[];
  result: JsonRecord;
  /** What `query` threw at the end; empty when it did not. */
  thrown: string;
}

/** Plays `calls` through the real SDK. Throws when it gave no result. */
export async function runSdk(run: SdkRun): Promise<SdkOutcome> {
  const { workspace, sdk, folder, calls, subagents = [] } = run;
  const model = await startModelServer([{ marker: ROOT_PROMPT, calls }, ...subagents], run.usage);
  try {
    const earlier = readExecuted(workspace.log).length;
    const job = {
      prompt: ROOT_PROMPT,
      project: workspace.project,
      mcpServers: run.mcpServers,
      approves: run.approves === true,
      model: 'claude-sonnet-4-5',
      ...(run.claude === undefined ? {} : { claude: run.claude }),
    };
    const ended = await runBounded({
      command: process.execPath,
      args: [writeIn(workspace.root, 'runner.mjs', PROGRAM), sdk, folder],
      env: { ...environment(workspace), ANTHROPIC_BASE_URL: model.url, ...run.env },
      cwd: workspace.project,
      limitMs: LIMIT_MS,
      stdin: JSON.stringify(job),
    });
    const said = asRecord(ended.stdout.trim().startsWith('{') ? parseJson(ended.stdout) : {});
    // A client that never started runs nothing either, and must not read as one that refused.
    if (asRecord(said.result).type !== 'result')
      throw new Error(`the SDK gave no result (exit ${ended.code}): ${asText(said.thrown)}${ended.stderr}`);
    return {
      ...ended,
      calls: readExecuted(workspace.log).slice(earlier),
      requests: model.requests,
      asked: asList(said.asked).map((call) => asText(asRecord(call).tool)),
      result: asRecord(said.result),
      thrown: asText(said.thrown),
    };
  } finally {
    await model.close();
  }
}

/** The client that the package brings, for this machine: a package of its own beside it. */
export function bringsClient(sdk: string): boolean {
  return existsSync(join(dirname(sdk), `claude-agent-sdk-${process.platform}-${process.arch}`));
}

function environment({ root, home }: Workspace): Record<string, string> {
  mkdirSync(join(root, 'tmp'), { recursive: true });
  return {
    HOME: home,
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
    TMPDIR: join(root, 'tmp'),
    LANG: 'C.UTF-8',
    ANTHROPIC_API_KEY: 'dummy',
    DISABLE_AUTOUPDATER: '1',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  };
}
