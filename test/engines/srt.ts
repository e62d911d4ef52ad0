import { readFileSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SandboxRuntimeConfigSchema } from '@anthropic-ai/sandbox-runtime';
import { type BoundedResult, runBounded } from '../../src/probe/bounded.ts';
import { asRecord, type Json, type JsonRecord, parseJson } from '../../src/probe/json.ts';
import { type Workspace, writeIn } from '../../src/probe/workspace.ts';

export const srtCli = fileURLToPath(
  new URL('./node_modules/@anthropic-ai/sandbox-runtime/dist/cli.js', import.meta.url),
);

export type SrtRun = {
  workspace: Workspace;
  settings: string;
  command: string;
  env?: Record<string, string>;
  /** Where allowed traffic goes; without it the settings are used as they stand. */
  parentProxy?: string;
  limitMs?: number;
};

/** Runs a shell command in the workspace's project under srt. */
export function runInSrt(run: SrtRun): Promise<BoundedResult> {
  return runBounded({
    command: process.execPath,
    args: [srtCli, '--settings', settingsFor(run), '-c', run.command],
    env: {
      HOME: run.workspace.home,
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      LANG: 'C.UTF-8',
      ...run.env,
    },
    cwd: run.workspace.project,
    limitMs: run.limitMs ?? 60_000,
  });
}

/** What srt would reject, and what it would drop in silence. Empty means that every key of the file is in force. */
export function checkSrtSettings(file: string): string[] {
  const settings = parseJson(readFileSync(file, 'utf8'));
  const parsed = SandboxRuntimeConfigSchema.safeParse(settings);
  if (!parsed.success) return parsed.error.issues.map((issue) => `/${issue.path.join('/')}: ${issue.message}`);
  // The schema drops what it does not know, so what is missing from its output is what srt never sees.
  return missingKeys(settings, parseJson(JSON.stringify(parsed.data)), '').map((path) => `${path}: unknown key`);
}

function missingKeys(before: Json, after: Json | undefined, path: string): string[] {
  if (Array.isArray(before))
    return before.flatMap((item, index) =>
      missingKeys(item, Array.isArray(after) ? after[index] : undefined, `${path}/${index}`),
    );
  return Object.entries(asRecord(before)).flatMap(([key, value]) => {
    const inner = asRecord(after);
    const here = `${path}/${key}`;
    return Object.hasOwn(inner, key) ? missingKeys(value, inner[key], here) : [here];
  });
}

function settingsFor(run: SrtRun): string {
  if (run.parentProxy === undefined) return run.settings;
  const settings = asRecord(parseJson(readFileSync(run.settings, 'utf8')));
  const network: JsonRecord = { ...asRecord(settings.network), parentProxy: { http: run.parentProxy } };
  return writeIn(run.workspace.root, 'srt-with-parent-proxy.json', { ...settings, network });
}
