import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Policy } from '../../src/model/policy.ts';
import { target } from '../../src/targets/claude-code/target.ts';

export interface Installed {
  bundle: string;
  state: string;
  remove: () => void;
}

export interface Answer {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A bundle as it would lie in a project, with a state folder of its own. */
export function install(policy: Policy): Installed {
  const root = mkdtempSync(join(tmpdir(), 'stakes-hook-'));
  const bundle = join(root, 'project/.stakes', policy.root);
  const files = [...target.emit(policy).files, { path: '../policy.json', content: JSON.stringify(policy, null, 2) }];
  for (const { path, content } of files) {
    const file = join(bundle, 'claude-code', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { bundle, state: join(root, 'state'), remove: () => rmSync(root, { recursive: true, force: true }) };
}

export function counters({ state }: Installed): string {
  const folder = join(state, 'stakes/counters');
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? 'none');
}

/** Claude Code's own words for a call, as version 2.1.330 writes them. */
export function described(tool: string, input: unknown, more: object = {}): string {
  return JSON.stringify({
    session_id: 'fc713484-29cd-47b3-aa3b-58e462063a2c',
    transcript_path: '/home/me/.claude/projects/p/fc713484.jsonl',
    cwd: '/home/me/p',
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input,
    tool_use_id: 'toolu_1',
    ...more,
  });
}

export function ask(
  installed: Installed,
  text: string,
  env: Record<string, string> = {},
  way = 'launcher',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const script = join(installed.bundle, 'claude-code/hook.sh');
    const child = spawn('/bin/sh', [script, way], {
      env: {
        PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
        HOME: installed.state,
        XDG_STATE_HOME: installed.state,
        ...env,
      },
    });
    const answer: Answer = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      answer.stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      answer.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...answer, code }));
    // A hook that has seen enough closes its end first.
    child.stdin.on('error', () => {});
    child.stdin.end(text);
  });
}

/** Silent: the hook has nothing against the call. */
export const SILENT: Answer = { code: 10, stdout: '', stderr: '' };

export function reasonOf({ code, stdout }: Answer): string {
  if (code !== 2) throw new Error(`the call was not refused (exit ${code})`);
  const { hookSpecificOutput: answer } = JSON.parse(stdout) as { hookSpecificOutput: Record<string, string> };
  if (answer.hookEventName !== 'PreToolUse' || answer.permissionDecision !== 'deny') throw new Error(stdout);
  return answer.permissionDecisionReason ?? '';
}
