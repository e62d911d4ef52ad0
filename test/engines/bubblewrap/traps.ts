import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../../../src/model/policy.ts';
import { startStandInInternet } from '../../../src/probe/stand-in-internet.ts';
import { createWorkspace, type Workspace, writeIn } from '../../../src/probe/workspace.ts';
import { target } from '../../../src/targets/bubblewrap/target.ts';

/** Something to try inside, and how to see that it came through: its text, a file of the project, or a call. */
export type Attempt = { line: string } & ({ shows: string } | { makes: string } | { reaches: string });

/** A way in which bubblewrap lets an attempt through, and the guard that keeps it from that. */
export type Trap = {
  made: Policy;
  /** Which of the files is run. */
  script: string;
  /** The same file as people write it. */
  naive: (script: string) => string;
  /** A harmless one and then a dangerous one. */
  attempts: [Attempt, Attempt];
};

/** The attempts that came through, by index. */
export async function cameOf({ made, script, naive, attempts }: Trap, guarded: boolean): Promise<number[]> {
  const workspace = createWorkspace();
  const internet = await startStandInInternet();
  // Whoever starts it has a folder open, as a shell or a server of theirs may.
  const open = openSync(workspace.home, 'r');
  try {
    const file = install(made, script, workspace, guarded ? undefined : naive);
    const lines = ['echo started', ...attempts.map(({ line }) => line.replace('INTERNET', new URL(internet.url).port))];
    const said = await run(file, lines.join('\n'), workspace, open);
    // A sandbox that never starts would look like one that stops everything.
    if (!said.startsWith('started')) throw new Error(`the sandbox did not start: ${said}`);
    const came = (attempt: Attempt): boolean => {
      if ('shows' in attempt) return said.includes(attempt.shows);
      if ('reaches' in attempt) return internet.reached.includes(attempt.reaches);
      return existsSync(join(workspace.project, attempt.makes));
    };
    return [...attempts.entries()].flatMap(([at, attempt]) => (came(attempt) ? [at] : []));
  } finally {
    closeSync(open);
    await internet.close();
    workspace.remove();
  }
}

function install(made: Policy, script: string, { project, home }: Workspace, naive: Trap['naive'] | undefined): string {
  writeIn(home, '.ssh/id', 'PRIVATE-KEY\n');
  writeIn(project, 'kb/page.md', 'PUBLIC-PAGE\n');
  mkdirSync(join(project, 'out'));
  const folder = join(project, '.stakes', made.root, 'bubblewrap');
  for (const { path, content } of target.emit(made).files) writeIn(folder, path, content);
  const file = join(folder, script);
  const before = readFileSync(file, 'utf8');
  const after = naive?.(before) ?? before;
  // A generator that words it in another way would turn both halves into one.
  if (naive !== undefined && after === before) throw new Error(`nothing to change in ${script}`);
  writeFileSync(file, after);
  chmodSync(file, 0o755);
  return file;
}

async function run(file: string, lines: string, { project, home }: Workspace, open: number): Promise<string> {
  const child = spawn(file, ['/bin/sh', '-c', lines], {
    cwd: project,
    env: { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin', TOKEN: 'SECRET-TOKEN', OTHER: 'OTHER-SECRET' },
    stdio: ['ignore', 'pipe', 'inherit', open],
    timeout: 60_000,
  });
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await once(child, 'close');
  return said;
}
