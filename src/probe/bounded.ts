import { spawn } from 'node:child_process';
import { expectGroup, forgetGroup, killGroup, watchGroup } from './groups.ts';

export type BoundedRun = {
  command: string;
  args: readonly string[];
  env: Record<string, string>;
  cwd: string;
  limitMs: number;
  /** Handed to it on standard input; nothing otherwise. */
  stdin?: string;
};

export type BoundedResult = {
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  /** True when it printed more than `MAX_OUTPUT` and was stopped for that. */
  flooded: boolean;
};

/** Characters of either stream; a session's result is a few thousand. */
export const MAX_OUTPUT = 8_000_000;

/** Milliseconds for what a program wrote last to come through, once it has ended. */
const DRAIN_MS = 2_000;

/** Runs a program to its end or to the limit. Its whole process group is gone when this resolves. */
export function runBounded(run: BoundedRun): Promise<BoundedResult> {
  return new Promise((resolve, reject) => {
    expectGroup();
    const child = spawn(run.command, run.args, {
      cwd: run.cwd,
      env: run.env,
      detached: true,
      stdio: [run.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    let flooded = false;
    const group = child.pid;
    if (group !== undefined) watchGroup(group);
    const timer = setTimeout(() => {
      timedOut = true;
      if (group !== undefined) killGroup(group);
    }, run.limitMs);
    const kept = (all: string, text: string): string => {
      if (all.length + text.length <= MAX_OUTPUT) return all + text;
      flooded = true;
      if (group !== undefined) killGroup(group);
      return all;
    };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout = kept(stdout, text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = kept(stderr, text);
    });
    // A program that does not read is no fault of ours.
    child.stdin?.on('error', () => undefined).end(run.stdin);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    let drain: NodeJS.Timeout | undefined;
    // A grandchild that outlives its parent holds the pipes open, so the group goes at `exit` and we finish at `close`.
    child.on('exit', () => {
      if (group === undefined) return;
      killGroup(group);
      forgetGroup(group);
      // One that has left the group holds them as long as it likes.
      drain = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, DRAIN_MS);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      clearTimeout(drain);
      resolve({ code, stdout, stderr, timedOut, flooded });
    });
  });
}
