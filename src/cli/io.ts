import type { Readable, Writable } from 'node:stream';

/** Everything a command may know of the world around it; tests pass their own. */
export interface Io {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Where the file system begins, with what holds for everybody on this machine. Absent: it is not looked at. */
  machine?: string;
  /** Data. */
  out(text: string): void;
  /** When there is room for more data; absent: always. */
  drained?(): Promise<void>;
  /** Everything else. */
  err(text: string): void;
  /** All of standard input, at most `limit` bytes plus one. */
  readStdin(limit: number): Promise<Uint8Array>;
  /** One line that a person types; undefined: interrupted. Absent: nobody can be asked. */
  question?(text: string): Promise<string | undefined>;
  /** The same without anything that repaints a line. */
  plainQuestion?(text: string): Promise<string | undefined>;
  /** The three streams themselves, for what talks for as long as it runs. */
  pipes?(): { input: Readable; output: Writable; error: Writable };
  /** Where keys are read and questions are painted. Absent or undefined: there is no such place. */
  terminal?(): { input: NodeJS.ReadStream; output: NodeJS.WriteStream } | undefined;
  /** What lists of processes show instead of the command line; absent: they show that. */
  rename?(title: string): void;
  stdoutIsTty: boolean;
  stdinIsTty: boolean;
  columns: number;
}

export function processIo(): Io {
  return {
    cwd: process.cwd(),
    env: process.env,
    machine: process.platform === 'win32' ? `${process.env.SystemDrive ?? 'C:'}\\` : '/',
    out: (text) => void process.stdout.write(text),
    drained: () =>
      process.stdout.writableNeedDrain
        ? new Promise((done) => process.stdout.once('drain', () => done()))
        : Promise.resolve(),
    err: (text) => void process.stderr.write(text),
    readStdin,
    question: async (text) => (await import('./ask.ts')).askLine(text, process.stdin, process.stderr),
    pipes: () => ({ input: process.stdin, output: process.stdout, error: process.stderr }),
    plainQuestion: async (text) =>
      (await import('./ask.ts')).askLine(text, process.stdin, process.stderr, { whenInterrupted }),
    terminal: () => (process.stderr.isTTY ? { input: process.stdin, output: process.stderr } : undefined),
    rename(title) {
      process.title = title;
    },
    stdoutIsTty: process.stdout.isTTY === true,
    // Opening standard input costs milliseconds, and most commands never ask.
    get stdinIsTty() {
      return process.stdin.isTTY === true;
    },
    // Some pseudo-terminals say that they have none.
    columns: process.stdout.columns || 80,
  };
}

function whenInterrupted(stop: () => void): { release(): void } {
  process.once('SIGINT', stop);
  return { release: () => void process.removeListener('SIGINT', stop) };
}

async function readStdin(limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limit) break;
  }
  return Buffer.concat(chunks);
}
