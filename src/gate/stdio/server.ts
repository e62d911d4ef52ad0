import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { expectGroup, forgetGroup, killGroup, watchGroup } from '../../probe/groups.ts';
import { faultOf } from '../../source/fault-code.ts';
import { chunkCutter, MOST_LINE } from '../lines.ts';
import type { Side } from '../sides.ts';
import { writerTo } from './writer.ts';

/** Milliseconds that a server has to end by itself once its input has, and again once it was told to. */
const GRACE = 2_000;

/** How a server ended: its exit code, or what kept it from running. */
export type End = { code: number | null } | { fault: string };

export interface ServerCommand {
  command: readonly string[];
  env: Record<string, string>;
  cwd: string;
  /** Where its own words go. */
  error: Writable;
}

export interface ServerHeard {
  messages(lines: readonly string[]): void;
  end(end: End): void;
  tell(text: string): void;
}

export interface StartedServer extends Side {
  listen(heard: ServerHeard): void;
  /** Ends its input, and it where it does not end by itself. */
  stop(): void;
}

/** Starts a server in a group of its own, which ends with this process. */
export function startServer({ command: [command = '', ...args], env, cwd, error }: ServerCommand): StartedServer {
  expectGroup();
  const child = spawn(command, args, { cwd, env, shell: false, detached: true, windowsHide: true });
  if (child.pid !== undefined) watchGroup(child.pid);
  const { add, flush, onceFree } = writerTo(child.stdin);
  let grace: NodeJS.Timeout | undefined;
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined) killGroup(child.pid, name);
  };
  const stop = () => {
    child.stdin.end();
    grace ??= setTimeout(() => {
      signal('SIGTERM');
      grace = setTimeout(signal, GRACE, 'SIGKILL').unref();
    }, GRACE).unref();
  };
  child.stderr.pipe(error, { end: false });
  // What it did not read is told by its end.
  child.stdin.on('error', () => undefined);
  return {
    send: (message) => add(message),
    flush,
    onceFree,
    pause: () => void child.stdout.pause(),
    resume: () => void child.stdout.resume(),
    stop,
    listen({ messages, end, tell }) {
      const cutter = chunkCutter();
      child.stdout.on('data', (chunk: Buffer) => {
        const lines = cutter.push(chunk);
        if (lines !== undefined) return messages(lines);
        tell(`the server sent a message of more than ${MOST_LINE} bytes, so the connection ends`);
        stop();
      });
      const over = (how: End) => {
        clearTimeout(grace);
        if (child.pid !== undefined) {
          killGroup(child.pid);
          forgetGroup(child.pid);
        }
        end(how);
      };
      child.on('error', (problem) => over({ fault: faultOf(problem) }));
      child.on('close', (code) => over({ code }));
    },
  };
}
