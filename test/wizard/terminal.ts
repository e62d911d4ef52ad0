import { join } from 'node:path';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';
import { folderWith } from '../cli/fake-io.ts';

type Pty = typeof import('@lydell/node-pty');

/** What gives programs a terminal of their own; or why there is none here. */
export const pty: Pty | { none: string } = await import('@lydell/node-pty').catch((error: unknown) => ({
  none: `no pseudo-terminal on ${process.platform} ${process.arch}: ${String(error).split('\n')[0]}`,
}));

export const KEYS = {
  enter: '\r',
  up: '\u001b[A',
  down: '\u001b[B',
  left: '\u001b[D',
  space: ' ',
  ctrlC: '\u0003',
} as const;

const PATIENCE = 30_000;
const PROGRAM = join(process.cwd(), 'bin', 'stakes.js');

export interface Terminal {
  cwd: string;
  /** All lines from the first to the last that is not empty. */
  screen(): string;
  /** Everything that was written, with what moves the cursor and paints. */
  raw(): string;
  /** Once it is on the screen below what was there at the last call. */
  sees(text: string): Promise<void>;
  press(...keys: string[]): void;
  /** The exit code. */
  ended: Promise<number>;
}

export interface TerminalWays {
  columns?: number;
  /** Absent: an empty folder. */
  cwd?: string;
  /** Absent: one of its own. */
  state?: string;
  env?: Record<string, string>;
}

/** The built program in a terminal that a person could sit at. */
export function terminal(argv: readonly string[], ways: TerminalWays = {}): Terminal {
  if ('none' in pty) throw new Error(pty.none);
  const { columns = 80, cwd = join(folderWith({ 'shop/.keep': '' }), 'shop'), state = folderWith(), env = {} } = ways;
  const view = new xterm.Terminal({ cols: columns, rows: 50, scrollback: 500, allowProposedApi: true });
  const own = { PATH: process.env.PATH ?? '', HOME: state, XDG_STATE_HOME: state, LOCALAPPDATA: state, TERM: 'xterm' };
  const program = pty.spawn(process.execPath, [PROGRAM, ...argv], {
    ...{ name: 'xterm', cols: columns, rows: 50, cwd },
    env: { ...own, ...env },
  });
  let written = '';
  let from = 0;
  program.onData((data) => {
    written += data;
    view.write(data);
  });
  let isOver = false;
  const ended = new Promise<number>((resolve) =>
    program.onExit(({ exitCode, signal }) => {
      isOver = true;
      // What it wrote last may come after the news that it is over.
      setTimeout(() => resolve(signal ? 128 + signal : exitCode), 150);
    }),
  );
  onTestFinished(() => {
    if (!isOver) program.kill();
    view.dispose();
  });
  const lines = () => {
    const { active } = view.buffer;
    const all = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
  };
  return {
    cwd,
    screen: () => `${lines().join('\n')}\n`,
    raw: () => written,
    press: (...keys) => {
      from = lines().length;
      for (const key of keys) program.write(key);
    },
    sees: async (text) => {
      const until = Date.now() + PATIENCE;
      // What is asked again stands where it stood, so that only the end of the screen tells.
      while (
        !lines()
          .slice(Math.max(0, from - ROWS_OF_A_QUESTION))
          .join('\n')
          .includes(text)
      ) {
        if (Date.now() > until) throw new Error(`\`${text}\` did not come:\n${lines().join('\n')}`);
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      // Painted in several steps: what is asked takes keys only once it is whole.
      await new Promise((resolve) => setTimeout(resolve, 60));
    },
    ended,
  };
}

const ROWS_OF_A_QUESTION = 14;
