import { spawn } from 'node:child_process';
import { MAX_OUTPUT } from '../../../probe/bounded.ts';
import { expectGroup, forgetGroup, killGroup, watchGroup } from '../../../probe/groups.ts';

export interface Talk {
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  limitMs: number;
  lines: readonly string[];
  /** What the answer to the last line begins with: nothing more is waited for then. */
  last: string;
}

export interface Said {
  lines: string[];
  error: string;
  timedOut: boolean;
}

/** Says all lines to a program, and ends its input once it has answered the last: one that starts slowly is waited for. */
export function converse({ command, args, env, cwd, limitMs, lines, last }: Talk): Promise<Said> {
  return new Promise((resolve, reject) => {
    expectGroup();
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const group = child.pid;
    if (group !== undefined) watchGroup(group);
    let [text, error, timedOut] = ['', '', false];
    const timer = setTimeout(() => {
      timedOut = true;
      if (group !== undefined) killGroup(group);
    }, limitMs);
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (text.length > MAX_OUTPUT && group !== undefined) killGroup(group);
      if (text.includes(last)) child.stdin.end();
    });
    child.stderr.setEncoding('utf8').on('data', (more: string) => {
      error = (error + more).slice(0, MAX_OUTPUT);
    });
    child.stdin.on('error', () => undefined).write(lines.map((line) => `${line}\n`).join(''));
    child.on('error', (fault) => {
      clearTimeout(timer);
      reject(fault);
    });
    child.on('close', () => {
      clearTimeout(timer);
      if (group !== undefined) {
        killGroup(group);
        forgetGroup(group);
      }
      resolve({ lines: text.split('\n'), error, timedOut });
    });
  });
}
