import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

export interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A folder that is gone after the test, holding these files. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stakes-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** One command line in a folder, with nothing of the real process. */
export async function run(
  cwd: string,
  argv: readonly string[],
  more: Partial<Io> & { stdin?: string | Uint8Array } = {},
): Promise<Ran> {
  const ran: Ran = { code: -1, out: '', err: '' };
  const { stdin = '', ...rest } = more;
  const io: Io = {
    cwd,
    env: {},
    out: (text) => {
      ran.out += text;
    },
    err: (text) => {
      ran.err += text;
    },
    readStdin: async (limit) => Buffer.from(stdin as string).subarray(0, limit + 1),
    stdoutIsTty: false,
    stdinIsTty: false,
    columns: 80,
    ...rest,
  };
  ran.code = await main(argv, io);
  return ran;
}

/** The smallest manifest, with more lines below it. */
export function manifest(id: string, ...lines: string[]): string {
  return ['schemaVersion: 1', `agent: { id: ${id} }`, ...lines, ''].join('\n');
}

export const GOOD = manifest('good', 'tools: { look: { effect: read, data: [], egress: none } }');
