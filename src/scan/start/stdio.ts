import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import { expectGroup, forgetGroup, killGroup, watchGroup } from '../../probe/groups.ts';
import type { Failure, Launch } from './launch.ts';
import { lineReader } from './lines.ts';

/** Milliseconds that a server has to end by itself, and then again after it was asked to. */
const GRACE_MS = 1_000;
/** Characters of its last words. */
const LAST_WORDS = 400;
/** Messages that a server has not read. */
const MOST_WAITING = 1024 * 1024;

/** What the SDK takes for a process: it then waits for answers as one does. */
type ProcessTransport = Transport & { readonly stderr: null; readonly pid: number | null };

/**
 * A server as a process, in a group of its own that is gone when the transport is closed. Not the SDK's own transport,
 * which ends only the process that it started: `npx` starts others.
 */
export function stdioTransport(
  launch: Extract<Launch, { kind: 'stdio' }>,
  fail: (failure: Failure) => void,
): ProcessTransport {
  let child: ChildProcessWithoutNullStreams | undefined;
  let words = '';
  let ended: Promise<void> | undefined;
  let closing = false;
  const reader = lineReader();
  const transport: ProcessTransport = {
    stderr: null,
    get pid() {
      return child?.pid ?? null;
    },
    start: () =>
      new Promise((resolve, reject) => {
        expectGroup();
        const { command, cwd, env } = launch;
        const started = spawn(command, [...launch.args], { cwd, env, detached: true, shell: false, windowsHide: true });
        child = started;
        if (started.pid !== undefined) watchGroup(started.pid);
        started.on('spawn', resolve);
        started.on('error', (error) => {
          fail(notStarted(error, launch));
          reject(error);
        });
        ended = new Promise((over) => started.on('exit', () => over()));
        started.on('exit', (code, signal) => {
          // What it wrote last comes after its end.
          setTimeout(() => {
            if (!closing) fail(died(code, signal, words));
            transport.onclose?.();
          }, 50);
        });
        // A server that does not read is told by the time-out.
        started.stdin.on('error', () => undefined);
        started.stderr.on('data', (chunk: Buffer) => {
          words = (words + chunk.toString('utf8')).slice(-LAST_WORDS);
        });
        started.stdout.on('data', (chunk: Buffer) => {
          if (closing) return;
          const taken = reader.take(chunk);
          if ('code' in taken) {
            started.stdout.destroy();
            fail(taken);
          } else for (const message of taken.messages) transport.onmessage?.(message as unknown as JSONRPCMessage);
        });
      }),
    send: async (message) => {
      if (child?.stdin.writable !== true || child.stdin.writableLength > MOST_WAITING) return;
      child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    async close() {
      if (closing) return;
      closing = true;
      const group = child?.pid;
      if (child === undefined || group === undefined || ended === undefined) return;
      child.stdin.end();
      if (!(await within(ended))) {
        killGroup(group, 'SIGTERM');
        await within(ended);
      }
      killGroup(group);
      forgetGroup(group);
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      transport.onclose?.();
    },
  };
  return transport;
}

async function within(ended: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, GRACE_MS, false);
  });
  const over = await Promise.race([ended.then(() => true as const), late]);
  clearTimeout(timer);
  return over;
}

function notStarted(error: Error & { code?: string }, { command }: { command: string }): Failure {
  if (error.code === 'ENOENT')
    return { code: 'not-started', says: `cannot be started: there is no program \`${command}\`, or no such folder` };
  return { code: 'not-started', says: `cannot be started (${error.code ?? 'unknown error'})` };
}

function died(code: number | null, signal: string | null, words: string): Failure {
  const said = words.trim().split('\n').slice(-2).join(' ').trim();
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return {
    code: 'server-died',
    says: `ended ${how} before it gave its list`,
    ...(said === '' ? {} : { help: `its last words: ${said}` }),
  };
}
