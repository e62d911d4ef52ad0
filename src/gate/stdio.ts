import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { expectGroup, forgetGroup, killGroup, watchGroup } from '../probe/groups.ts';
import { faultOf } from '../source/fault-code.ts';
import { fromClient } from './from-client.ts';
import { fromServer, serverGone } from './from-server.ts';
import { lineCutter, MOST_LINE } from './lines.ts';
import type { Setting } from './ports.ts';
import type { Sent, Session } from './session.ts';

/** Milliseconds that a server has to end by itself once its input has. */
const GRACE = 2_000;

export interface Pipes {
  input: Readable;
  output: Writable;
  error: Writable;
}

/** How a gate ended: the server's exit code, or what kept it from running. */
export type End = { code: number | null } | { fault: string };

/** Stands between a client on this process's own pipes and a server that it starts. Ends when either does. */
export function serveStdio(
  setting: Setting,
  [command = '', ...args]: readonly string[],
  env: Record<string, string>,
  cwd: string,
  { input, output, error }: Pipes,
): Promise<End> {
  return new Promise((resolve) => {
    expectGroup();
    const child = spawn(command, args, { cwd, env, shell: false, detached: true, windowsHide: true });
    if (child.pid !== undefined) watchGroup(child.pid);
    const tell = (text: string) => void error.write(`stakes gate: ${text}\n`);
    const toClient = batch((text) => slowedBy(output.write(text), output, child.stdout));
    const toServer = batch((text) => {
      if (child.stdin.writable) slowedBy(child.stdin.write(text), child.stdin, input);
    });
    const put = (sent: Sent): void => {
      if (sent === undefined) return;
      if ('client' in sent) toClient.add(sent.client);
      else toServer.add(sent.server);
    };
    const flush = () => {
      toClient.flush();
      toServer.flush();
    };
    const send = (sent: Sent): void => {
      put(sent);
      flush();
    };
    const session: Session = { setting, pending: new Map(), questions: new Map(), send, tell };
    let grace: NodeJS.Timeout | undefined;
    const stop = () => {
      child.stdin.end();
      grace ??= setTimeout(() => child.pid !== undefined && killGroup(child.pid, 'SIGTERM'), GRACE);
      grace.unref();
    };
    const fromTheClient = lineCutter((line) => put(fromClient(session, line)));
    const fromTheServer = lineCutter((line) => put(fromServer(session, line)));
    const tooLong = (who: string) => {
      tell(`${who} sent a message of more than ${MOST_LINE} bytes, so the connection ends`);
      stop();
    };
    input.on('data', (chunk: Buffer) => {
      if (!fromTheClient.push(chunk)) tooLong('the client');
      flush();
    });
    input.on('end', stop);
    input.on('error', stop);
    output.on('error', stop);
    child.stdout.on('data', (chunk: Buffer) => {
      if (!fromTheServer.push(chunk)) tooLong('the server');
      flush();
    });
    child.stderr.pipe(error, { end: false });
    // What it did not read is told by its end.
    child.stdin.on('error', () => undefined);
    const over = (end: End) => {
      clearTimeout(grace);
      if (child.pid !== undefined) {
        killGroup(child.pid);
        forgetGroup(child.pid);
      }
      serverGone(session);
      input.pause();
      resolve(end);
    };
    child.on('error', (problem) => over({ fault: faultOf(problem) }));
    child.on('close', (code) => over({ code }));
  });
}

/** Lines that came of one chunk are written at once: a write costs more than all that is thought about a line. */
function batch(write: (text: string) => void): { add(line: string): void; flush(): void } {
  let text = '';
  return {
    add(line) {
      text += `${line}\n`;
    },
    flush() {
      if (text === '') return;
      const all = text;
      text = '';
      write(all);
    },
  };
}

/** A side that does not read must not fill this process's memory with what the other writes. */
function slowedBy(isFree: boolean, full: Writable, source: Readable): void {
  if (isFree || source.isPaused()) return;
  source.pause();
  full.once('drain', () => source.resume());
}
